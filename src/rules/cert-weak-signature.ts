/** Below the anchor a signature that this client refuses, on systems other than iOS. */
import { reissue } from '../advice.ts'
import { belowAnchor } from '../facts/trust.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  severity: 'error',
  rank: 22,
  statement: {
    en: 'The certificate must be valid: newer clients refuse SHA-1, and all refuse MD5.',
    'zh-CN': '证书必须有效：新版客户端拒绝 SHA-1，所有客户端拒绝 MD5。',
  },
  sources: [
    'https://developer.android.com/about/versions/10/behavior-changes-all (SHA-1)',
    'https://www.chromium.org/Home/chromium-security/education/tls/sha-1/',
  ],
  title: { en: 'The signature is too weak', 'zh-CN': '签名算法过弱' },
  needs: ['leaf'],
  uses: ['trust'],
  check({ leaf, trust }, { family, stack }) {
    if (family === 'ios') return []
    const weak = stack.policy.sha1 === 'refused' ? ['MD2', 'MD5', 'SHA-1'] : ['MD2', 'MD5']
    return belowAnchor(leaf, trust)
      .filter(({ signatureAlgorithm }) => weak.includes(signatureAlgorithm.hash))
      .map(({ subject, signatureAlgorithm }) => ({
        args: { subject: subject.text, signature: signatureAlgorithm.label },
      }))
  },
  example: { subject: 'CN=api.example.com', signature: 'SHA-1 with RSA' },
  message: ({ subject, signature }) => ({
    en: `${subject} is signed with ${signature}, which this client refuses`,
    'zh-CN': `${subject} 使用 ${signature} 签名，该客户端拒绝接受`,
  }),
  fix: () =>
    reissue({
      en: 'Have the certificate issued again; every public CA signs with SHA-256 since 2016.',
      'zh-CN': '重新签发证书；2016 年起所有公共 CA 均使用 SHA-256。',
    }),
})
