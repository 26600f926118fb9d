/** iOS 17.4: a store change. */
import { ats154 } from '../families/ats.ts'
import { ios } from '../families/ios.ts'
import ios15417 from '../hellos/ios-15.4-17.ts'

export default ios({
  since: '17.4',
  hello: ios15417,
  ats: ats154,
  notes: [
    {
      en: 'Sectigo Public Server Authentication Root R46 and E46 and SSL.com TLS 2022 join the store.',
      'zh-CN':
        '根证书库加入 Sectigo Public Server Authentication Root R46、E46 与 SSL.com TLS 2022。',
    },
    {
      en: 'StartCom G2, all thawte roots and all VeriSign roots but one leave.',
      'zh-CN': '根证书库移除 StartCom G2、全部 thawte 根证书及除一个外的全部 VeriSign 根证书。',
    },
  ],
})
