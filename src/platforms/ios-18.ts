/** iOS 18: a store change. */
import { ats154 } from '../families/ats.ts'
import { ios } from '../families/ios.ts'
import ios184 from '../hellos/ios-18.4.ts'

export default ios({
  since: '18',
  hello: ios184,
  ats: ats154,
  notes: [
    {
      en: 'DigiCert TLS RSA4096 and ECC P384 Root G5 join the store.',
      'zh-CN': '根证书库加入 DigiCert TLS RSA4096、ECC P384 Root G5。',
    },
    { en: 'The hello was captured on 18.4.', 'zh-CN': 'ClientHello 抓自 18.4。' },
  ],
})
