/** iOS 14.6: another count of SCTs. */
import { ats13 } from '../families/ats.ts'
import { ios } from '../families/ios.ts'
import ios14 from '../hellos/ios-14.ts'

export default ios({
  since: '14.6',
  hello: ios14,
  ats: ats13,
  notes: [
    {
      en: 'A certificate of more than 180 days needs three SCTs instead of two.',
      'zh-CN': '有效期超过 180 天的证书需要三个 SCT，此前为两个。',
    },
  ],
  sources: [
    'apple-oss-distributions/Security 59754.120.12 CertificateTransparency.m (absent in 59754.100.106)',
  ],
})
