/** Reference: iOS 9 under App Transport Security. */
import { ats9 } from '../families/ats.ts'
import { appleLimits, applePolicy, appleSources } from '../families/ios.ts'
import { reference } from '../families/reference.ts'
import ios9Ats from '../hellos/ios-9-ats.ts'

const policy = applePolicy('9')

export default reference({
  id: 'ios-9-ats',
  family: 'ios',
  title: 'iOS 9 (ATS)',
  since: '9',
  store: { name: 'apple', version: '9' },
  name: 'NSURLSession',
  hello: ios9Ats,
  ats: ats9,
  policy: {
    ...policy,
    sha1: 'refused',
    keys: { ...policy.keys, rsaMinBits: ats9.rsaMinBits, ecMinBits: ats9.ecMinBits },
  },
  limits: appleLimits('9'),
  ct: null,
  fetchesIssuers: 'yes',
  notes: [
    {
      en: 'App Transport Security in its first form: 11 suites, TLS 1.2 alone.',
      'zh-CN': 'ATS 最初版本：11 个套件，仅 TLS 1.2。',
    },
    {
      en: "WeChat of today no longer runs on it: its system's own stack alone is shown.",
      'zh-CN': '当前微信已不支持该系统：仅展示系统自带的 TLS 栈。',
    },
  ],
  sources: appleSources,
})
