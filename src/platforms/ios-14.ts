/** iOS 14: 398 days. */
import { ats13 } from '../families/ats.ts'
import { ios } from '../families/ios.ts'
import ios14 from '../hellos/ios-14.ts'

export default ios({
  since: '14',
  hello: ios14,
  ats: ats13,
  notes: [
    {
      en: 'Certificates issued from 2020-09-01 may last 398 days at most.',
      'zh-CN': '2020-09-01 起签发的证书有效期至多 398 天。',
    },
    {
      en: 'An intermediate that limits its usages must list serverAuth.',
      'zh-CN': '限定了用途的中间证书必须包含 serverAuth。',
    },
    {
      en: 'AddTrust External CA Root leaves the store.',
      'zh-CN': '根证书库移除 AddTrust External CA Root。',
    },
  ],
})
