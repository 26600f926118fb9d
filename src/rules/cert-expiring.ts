/** Row 33: the path ends soon. */
import { reissue } from '../advice.ts'
import { isWithin } from '../facts/thresholds.ts'
import { belowAnchor } from '../facts/trust.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'
import { DAY_MS, formatDay } from '../text.ts'

export default defineRule({
  severity: 'warn',
  rank: 30,
  statement: { en: 'The certificate must not have expired.', 'zh-CN': '证书不得过期。' },
  sources: [platformDocument],
  title: { en: 'The certificate ends soon', 'zh-CN': '证书即将到期' },
  needs: ['leaf'],
  uses: ['trust'],
  check({ leaf, trust }, { at, thresholds }) {
    return belowAnchor(leaf, trust)
      .filter(certificate => at <= certificate.notAfter)
      .filter(certificate => isWithin(thresholds.warning, certificate, at))
      .map(certificate => ({
        args: {
          subject: certificate.subject.text,
          notAfter: formatDay(certificate.notAfter),
          days: Math.floor((certificate.notAfter - at) / DAY_MS),
        },
        breaksSoon: isWithin(thresholds.critical, certificate, at),
        about: certificate === leaf ? 'leaf' : 'intermediate',
      }))
  },
  example: { subject: 'CN=api.example.com', notAfter: '2026-12-01', days: 8 },
  message: ({ subject, notAfter, days }) => ({
    en: `${subject} ends on ${notAfter}, in ${days} days`,
    'zh-CN': `${subject} 将于 ${notAfter} 到期，剩余 ${days} 天`,
  }),
  fix: () =>
    reissue({
      en: 'Renew now, and see why it was not renewed at a third of its lifetime.',
      'zh-CN': '立即续期，并排查为何剩余三分之一有效期时没有自动续期。',
    }),
})
