/** iOS 18.2: the end of Entrust. */
import { ats154 } from '../families/ats.ts'
import { ios } from '../families/ios.ts'
import ios184 from '../hellos/ios-18.4.ts'

export default ios({
  since: '18.2',
  hello: ios184,
  ats: ats154,
  notes: [
    {
      en: 'TLS certificates of Entrust, AffirmTrust and Camerfirma issued after 2024-11-15 are refused.',
      'zh-CN': '拒绝 Entrust、AffirmTrust 与 Camerfirma 在 2024-11-15 之后签发的 TLS 证书。',
    },
  ],
  sources: [
    'https://support.apple.com/121668',
    'https://www.sectigo.com/root-causes/root-causes-458-apple-extends-entrust-distrust-to-smime-and-vmc (18.2)',
  ],
})
