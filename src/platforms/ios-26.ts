/** iOS 26: a post-quantum key share; a store change. */
import { ats154 } from '../families/ats.ts'
import { ios } from '../families/ios.ts'
import ios264 from '../hellos/ios-26.4.ts'

export default ios({
  since: '26',
  hello: ios264,
  ats: ats154,
  notes: [
    {
      en: 'The hello carries X25519MLKEM768 and exceeds one TCP segment.',
      'zh-CN': 'ClientHello 携带 X25519MLKEM768，超过一个 TCP 段。',
    },
    {
      en: 'Baltimore CyberTrust Root, TrustCor and the last VeriSign root leave the store.',
      'zh-CN': '根证书库移除 Baltimore CyberTrust Root、TrustCor 与最后一个 VeriSign 根证书。',
    },
  ],
})
