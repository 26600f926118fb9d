/** iOS 13: Apple's rules for certificates. */
import { ats13 } from '../families/ats.ts'
import { ios } from '../families/ios.ts'
import ios13 from '../hellos/ios-13.ts'

export default ios({
  since: '13',
  hello: ios13,
  ats: ats13,
  notes: [
    {
      en: 'Certificates need a dNSName, the serverAuth usage, RSA 2048 or EC 256, and at most 825 days.',
      'zh-CN':
        '证书须含 dNSName 与 serverAuth 用途，密钥至少 RSA 2048 或 EC 256，有效期至多 825 天。',
    },
    {
      en: 'App Transport Security takes ChaCha20 and ECDHE-RSA-AES256-SHA too.',
      'zh-CN': 'App Transport Security 增加 ChaCha20 与 ECDHE-RSA-AES256-SHA。',
    },
  ],
})
