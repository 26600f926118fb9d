/** Row 30: a new certificate for the key that is in use. */
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'info',
  rank: 71,
  statement: {
    en: 'The certificate must be valid: what a leaked key gives away ends only where the key is changed.',
    'zh-CN': '证书必须有效：只有更换私钥，泄露的旧私钥才会失去作用。',
  },
  sources: [platformDocument, 'NIST SP 800-57 part 1 section 5.3'],
  title: { en: 'The key of the certificate in use', 'zh-CN': '沿用线上证书的密钥' },
  needs: ['leaf', 'live'],
  check({ leaf, live }) {
    const isRenewed = leaf.sha256 !== live.leaf.sha256
    return isRenewed && leaf.spkiSha256 === live.leaf.spkiSha256
      ? [{ args: { key: leaf.publicKey.label } }]
      : []
  },
  example: { key: 'RSA 2048' },
  message: ({ key }) => ({
    en: `the certificate in use has the same ${key} key`,
    'zh-CN': `与线上证书使用同一个 ${key} 密钥`,
  }),
  fix: () => ({
    text: {
      en: 'Fine where the key is pinned; else make a new key with each certificate.',
      'zh-CN': '若客户端固定了公钥，则无需更改；否则建议每次签发时更换密钥。',
    },
  }),
})
