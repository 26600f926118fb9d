/** Row 40: iOS refuses SHA-1 and older below the root. */
import { reissue } from '../advice.ts'
import { belowAnchor } from '../facts/trust.ts'
import { defineRule } from '../rule.ts'
import { apple13, atsCode, platformDocument } from '../sources.ts'

const WEAK = ['MD2', 'MD5', 'SHA-1']

export default defineRule({
  severity: 'error',
  rank: 22,
  statement: {
    en: 'Certificates in iOS must meet App Transport Security: signed with SHA-256 or better, leaf and intermediates.',
    'zh-CN': 'iOS 必须满足 ATS：站点证书与中间证书须使用 SHA-256 或更强的签名。',
  },
  sources: [platformDocument, apple13, atsCode],
  title: { en: 'The signature is too weak for iOS', 'zh-CN': '签名算法不满足 iOS 要求' },
  needs: ['leaf'],
  uses: ['trust'],
  check({ leaf, trust }, { family, stack }) {
    if (family !== 'ios') return []
    const weak = stack.policy.sha1 === 'refused' ? WEAK : WEAK.filter(hash => hash !== 'SHA-1')
    return belowAnchor(leaf, trust)
      .filter(({ signatureAlgorithm }) => weak.includes(signatureAlgorithm.hash))
      .map(({ subject, signatureAlgorithm }) => ({
        args: { subject: subject.text, signature: signatureAlgorithm.label },
      }))
  },
  example: { subject: 'CN=api.example.com', signature: 'SHA-1 with RSA' },
  message: ({ subject, signature }) => ({
    en: `${subject} is signed with ${signature}; iOS wants SHA-256 or better`,
    'zh-CN': `${subject} 使用 ${signature} 签名；iOS 要求 SHA-256 或更强`,
  }),
  fix: () =>
    reissue({
      en: 'Have the certificate issued again; every public CA signs with SHA-256 since 2016.',
      'zh-CN': '重新签发证书；2016 年起所有公共 CA 均使用 SHA-256。',
    }),
})
