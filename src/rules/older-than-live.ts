/** Row 33: what is to be deployed ends before what it is to replace. */
import { reissue } from '../advice.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'
import { formatDay } from '../text.ts'

export default defineRule({
  severity: 'warn',
  rank: 41,
  statement: {
    en: 'The certificate must not be expired: a new one should outlast the one it replaces.',
    'zh-CN': '证书必须在有效期内：新证书的到期时间应晚于被替换的证书。',
  },
  sources: [platformDocument],
  title: { en: 'Ends before the certificate in use', 'zh-CN': '早于线上证书到期' },
  needs: ['leaf', 'live'],
  check({ leaf, live }) {
    return leaf.notAfter < live.leaf.notAfter
      ? [{ args: { ends: formatDay(leaf.notAfter), liveEnds: formatDay(live.leaf.notAfter) } }]
      : []
  },
  example: { ends: '2026-11-01', liveEnds: '2027-01-15' },
  message: ({ ends, liveEnds }) => ({
    en: `this certificate ends on ${ends}, the one in use on ${liveEnds}`,
    'zh-CN': `该证书 ${ends} 到期，线上证书 ${liveEnds} 到期`,
  }),
  fix: () =>
    reissue({
      en: 'Check that this is the newest certificate: an old file would shorten what is in use.',
      'zh-CN': '确认这是最新的证书：部署旧文件会使线上证书更早到期。',
    }),
})
