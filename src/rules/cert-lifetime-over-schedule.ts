/** Row 41: longer than CAs may issue today. No client enforces these steps. */
import { reissue } from '../advice.ts'
import { lifetimeSeconds } from '../facts/leaf.ts'
import { defineRule } from '../rule.ts'
import { formatDay } from '../text.ts'

/** Days a public CA may give, by issue date (CA/Browser Forum ballot SC-081v3). */
const SCHEDULE = [
  { from: Date.parse('2026-03-15'), days: 200 },
  { from: Date.parse('2027-03-15'), days: 100 },
  { from: Date.parse('2029-03-15'), days: 47 },
] as const

export default defineRule({
  severity: 'warn',
  rank: 45,
  statement: {
    en: 'Public CAs may give certificates 200 days since 2026-03-15, 100 since 2027-03-15 and 47 since 2029-03-15; no client enforces it.',
    'zh-CN':
      '公共 CA 签发的证书：自 2026-03-15 起最长 200 天，自 2027-03-15 起 100 天，自 2029-03-15 起 47 天；客户端并不强制。',
  },
  sources: [
    'https://cabforum.org/2025/04/11/ballot-sc081v3-introduce-schedule-of-reducing-validity-and-data-reuse-periods/',
  ],
  title: { en: 'Longer than CAs may issue', 'zh-CN': '有效期超出 CA 的签发上限' },
  needs: ['leaf'],
  check({ leaf }) {
    const step = SCHEDULE.findLast(({ from }) => leaf.notBefore >= from)
    const days = Math.ceil(lifetimeSeconds(leaf) / 86_400)
    if (!step || days <= step.days) return []
    return [{ args: { days, maxDays: step.days, from: formatDay(step.from) } }]
  },
  example: { days: 397, maxDays: 200, from: '2026-03-15' },
  message: ({ days, maxDays, from }) => ({
    en: `the certificate lasts ${days} days; since ${from} CAs may give ${maxDays}`,
    'zh-CN': `证书有效期为 ${days} 天；自 ${from} 起 CA 最长可签发 ${maxDays} 天`,
  }),
  fix: () =>
    reissue({
      en: 'Nothing breaks today; a private CA may go on. Automate renewal before lifetimes shrink.',
      'zh-CN': '目前不影响使用，私有 CA 也不受此限制。请在有效期缩短之前实现自动续期。',
    }),
})
