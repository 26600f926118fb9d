/** Row 39: iOS wants RSA 2048 or EC 256 at least, on the whole path since iOS 13. */
import { reissue } from '../advice.ts'
import { pathCertificates } from '../facts/trust.ts'
import { defineRule } from '../rule.ts'
import { apple13, atsCode, platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'error',
  rank: 22,
  statement: {
    en: 'Certificates in iOS must meet App Transport Security: RSA of at least 2048 bits or EC of at least 256.',
    'zh-CN': 'iOS 必须满足 ATS：RSA 密钥不少于 2048 位，EC 密钥不少于 256 位。',
  },
  sources: [platformDocument, apple13, atsCode],
  title: { en: 'The key is too small for iOS', 'zh-CN': '密钥长度不满足 iOS 要求' },
  needs: ['leaf'],
  uses: ['trust'],
  check({ leaf, trust }, { family, stack }) {
    if (family !== 'ios') return []
    const { rsaMinBits, ecMinBits } = stack.policy.keys
    return pathCertificates(leaf, trust)
      .filter(({ publicKey: { algorithm, bits } }) =>
        algorithm === 'RSA' ? bits < rsaMinBits : isCurve(algorithm) && bits < ecMinBits,
      )
      .map(({ subject, publicKey: { algorithm, label: key } }) => ({
        args: {
          subject: subject.text,
          key,
          least: algorithm === 'RSA' ? `RSA ${rsaMinBits}` : `EC ${ecMinBits}`,
        },
      }))
  },
  example: { subject: 'CN=api.example.com', key: 'RSA 1024', least: 'RSA 2048' },
  message: ({ subject, key, least }) => ({
    en: `${subject} has an ${key} key; iOS wants ${least} at least`,
    'zh-CN': `${subject} 使用 ${key} 密钥；iOS 要求至少 ${least}`,
  }),
  fix: () =>
    reissue({
      en: 'Make a new key (EC P-256 or RSA 2048) and have the certificate issued again.',
      'zh-CN': '生成新密钥（EC P-256 或 RSA 2048）并重新签发证书。',
    }),
})

function isCurve(algorithm: string): boolean {
  return algorithm.startsWith('P-') || algorithm === 'EC-other'
}
