/** Reference: iOS 11. */
import { appleLimits, applePolicy, appleSources } from '../families/ios.ts'
import { reference } from '../families/reference.ts'
import ios11 from '../hellos/ios-11.ts'

export default reference({
  id: 'ios-11',
  family: 'ios',
  title: 'iOS 11',
  since: '11',
  store: { name: 'apple', version: '11' },
  name: 'NSURLSession',
  hello: ios11,
  policy: applePolicy('11'),
  limits: appleLimits('11'),
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
