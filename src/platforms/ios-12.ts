/** Reference: iOS 12.0 and 12.1. */
import { appleLimits, applePolicy, appleSources } from '../families/ios.ts'
import { reference } from '../families/reference.ts'
import ios121 from '../hellos/ios-12.1.ts'

export default reference({
  id: 'ios-12',
  family: 'ios',
  title: 'iOS 12.0–12.1',
  since: '12',
  store: { name: 'apple', version: '12' },
  name: 'NSURLSession',
  hello: ios121,
  policy: applePolicy('12'),
  limits: appleLimits('12'),
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
