/** Reference: iOS 10. */
import { appleLimits, applePolicy, appleSources } from '../families/ios.ts'
import { reference } from '../families/reference.ts'
import ios10 from '../hellos/ios-10.ts'

export default reference({
  id: 'ios-10',
  family: 'ios',
  title: 'iOS 10',
  since: '10',
  store: { name: 'apple', version: '10' },
  name: 'NSURLSession',
  hello: ios10,
  policy: applePolicy('10'),
  limits: appleLimits('10'),
  ct: null,
  fetchesIssuers: 'yes',
  notes: [
    {
      en: 'As an app that App Transport Security does not bind.',
      'zh-CN': '按不受 ATS 约束的应用判定。',
    },
    {
      en: "WeChat of today no longer runs on it: its system's own stack alone is shown.",
      'zh-CN': '当前微信已不支持该系统：仅展示系统自带的 TLS 栈。',
    },
  ],
  sources: appleSources,
})
