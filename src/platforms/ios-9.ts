/** Reference: iOS 9, outside App Transport Security. */
import { appleLimits, applePolicy, appleSources } from '../families/ios.ts'
import { reference } from '../families/reference.ts'
import ios9 from '../hellos/ios-9.ts'

export default reference({
  id: 'ios-9',
  family: 'ios',
  title: 'iOS 9',
  since: '9',
  store: { name: 'apple', version: '9' },
  name: 'NSURLSession',
  hello: ios9,
  policy: applePolicy('9'),
  limits: appleLimits('9'),
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
