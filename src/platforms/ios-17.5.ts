/** iOS 17.5: a store change. */
import { ats154 } from '../families/ats.ts'
import { ios } from '../families/ios.ts'
import ios15417 from '../hellos/ios-15.4-17.ts'

export default ios({
  since: '17.5',
  hello: ios15417,
  ats: ats154,
  notes: [
    {
      en: 'GTS Root R1 to R4 and GlobalSign ECC R4 join again with new certificates of the same keys.',
      'zh-CN': 'GTS Root R1–R4 与 GlobalSign ECC R4 以相同密钥的新证书重新加入。',
    },
  ],
})
