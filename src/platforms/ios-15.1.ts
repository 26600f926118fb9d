/** iOS 15.1: a store change. */
import { ats13 } from '../families/ats.ts'
import { ios } from '../families/ios.ts'
import ios14 from '../hellos/ios-14.ts'

export default ios({
  since: '15.1',
  hello: ios14,
  ats: ats13,
  notes: [
    {
      en: 'Microsoft RSA and ECC Root 2017 and Entrust G4 join the store.',
      'zh-CN': '根证书库加入 Microsoft RSA、ECC Root 2017 与 Entrust G4。',
    },
  ],
})
