/** Row 30: the leaf is not for TLS servers. */
import { reissue } from '../advice.ts'
import { defineRule } from '../rule.ts'
import { apple13, platformDocument, rfc5280 } from '../sources.ts'

export default defineRule({
  severity: 'error',
  rank: 14,
  statement: {
    en: 'The certificate must be valid: its extended key usage must allow TLS servers.',
    'zh-CN': '证书必须有效：扩展密钥用途须包含服务器身份验证。',
  },
  sources: [platformDocument, apple13, rfc5280('4.2.1.12')],
  title: { en: 'Not a certificate for TLS servers', 'zh-CN': '不能用作服务器证书' },
  needs: ['leaf', 'faults'],
  check({ leaf, faults }) {
    if (!faults.some(({ code }) => code === 'EKU')) return []
    return [{ args: { usages: leaf.extendedKeyUsage ?? [] } }]
  },
  example: { usages: [] },
  message: ({ usages }) =>
    usages.length === 0
      ? {
          en: 'the certificate has no extended key usage; this client demands serverAuth',
          'zh-CN': '证书没有扩展密钥用途；该客户端要求 serverAuth',
        }
      : {
          en: `the certificate is for ${usages.join(', ')}, not for serverAuth`,
          'zh-CN': `证书用途为 ${usages.join('、')}，不含 serverAuth`,
        },
  fix: () =>
    reissue({
      en: 'Issue it again with extendedKeyUsage = serverAuth.',
      'zh-CN': '以 extendedKeyUsage = serverAuth 重新签发。',
    }),
})
