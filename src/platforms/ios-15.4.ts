/** iOS 15.4: ATS without CBC-SHA2; a store change. */
import { ats154 } from '../families/ats.ts'
import { ios } from '../families/ios.ts'
import ios15417 from '../hellos/ios-15.4-17.ts'

export default ios({
  since: '15.4',
  hello: ios15417,
  ats: ats154,
  notes: [
    {
      en: 'App Transport Security drops the CBC suites with SHA-256 and SHA-384.',
      'zh-CN': 'App Transport Security 移除 SHA-256 与 SHA-384 的 CBC 套件。',
    },
    {
      en: 'ISRG Root X2 and HARICA TLS 2021 join the store; DST Root CA X3 and two of three StartCom roots leave.',
      'zh-CN':
        '根证书库加入 ISRG Root X2 与 HARICA TLS 2021；移除 DST Root CA X3 与三个 StartCom 中的两个。',
    },
  ],
})
