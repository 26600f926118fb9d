/** Row 33: the leaf is not valid yet. */
import { reissue } from '../advice.ts'
import { defineRule } from '../rule.ts'
import { platformDocument, rfc5280 } from '../sources.ts'
import { formatDay } from '../text.ts'

export default defineRule({
  severity: 'error',
  rank: 10,
  statement: { en: 'The certificate must not have expired.', 'zh-CN': '证书必须在有效期内。' },
  sources: [platformDocument, rfc5280('4.1.2.5')],
  title: { en: 'The certificate is not valid yet', 'zh-CN': '证书尚未生效' },
  needs: ['leaf', 'faults'],
  check: ({ leaf, faults }) =>
    faults.some(({ code }) => code === 'NOT_YET_VALID')
      ? [{ args: { notBefore: formatDay(leaf.notBefore) } }]
      : [],
  example: { notBefore: '2026-12-01' },
  message: ({ notBefore }) => ({
    en: `the certificate begins on ${notBefore}`,
    'zh-CN': `证书自 ${notBefore} 起生效`,
  }),
  fix: () =>
    reissue({
      en: "Deploy it when it begins, or use the certificate before it; check this machine's clock too.",
      'zh-CN': '待生效后再部署，或沿用之前的证书；并检查本机时钟。',
    }),
})
