/** Row 33: the leaf has expired. */
import { reissue } from '../advice.ts'
import { defineRule } from '../rule.ts'
import { platformDocument, rfc5280 } from '../sources.ts'
import { DAY_MS, formatDay } from '../text.ts'

export default defineRule({
  severity: 'error',
  rank: 10,
  statement: { en: 'The certificate must not have expired.', 'zh-CN': '证书不得过期。' },
  sources: [platformDocument, rfc5280('4.1.2.5')],
  title: { en: 'The certificate has expired', 'zh-CN': '证书已过期' },
  needs: ['leaf', 'faults'],
  check({ leaf, faults }, { at }) {
    if (!faults.some(({ code }) => code === 'EXPIRED')) return []
    const days = Math.floor((at - leaf.notAfter) / DAY_MS)
    return [{ args: { notAfter: formatDay(leaf.notAfter), days } }]
  },
  example: { notAfter: '2026-11-01', days: 22 },
  message: ({ notAfter, days }) => ({
    en: `the certificate ended on ${notAfter}, ${days} days ago`,
    'zh-CN': `证书已于 ${notAfter} 到期，距今 ${days} 天`,
  }),
  fix: () =>
    reissue({
      en: 'Renew the certificate and reload the server; if it was renewed already, a node was not reloaded.',
      'zh-CN': '续期证书并重载服务器；若已续期，说明有节点没有重载。',
    }),
})
