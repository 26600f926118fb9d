/** Row 44: the root ends before the certificate does, or soon, and no other path is left to this client. */
import { defineRule } from '../rule.ts'
import { platformDocument, rfc5280 } from '../sources.ts'
import { DAY_MS, formatDay } from '../text.ts'

const CRITICAL_MS = 7 * DAY_MS

export default defineRule({
  severity: 'warn',
  rank: 32,
  statement: {
    en: 'Some CAs are not trusted by some systems: watch the notices of the systems.',
    'zh-CN': '部分 CA 不被某些操作系统信任：请关注各系统的公告。',
  },
  sources: [platformDocument, rfc5280('6.1.1')],
  title: { en: 'The root ends soon', 'zh-CN': '根证书即将到期' },
  needs: ['trust'],
  check({ trust: { rootEnd } }, { at }) {
    if (!rootEnd) return []
    const { root, notAfter } = rootEnd
    const args = { root, notAfter: formatDay(notAfter), days: Math.floor((notAfter - at) / DAY_MS) }
    return [{ args, about: root, breaksSoon: notAfter - at < CRITICAL_MS }]
  },
  example: { root: 'Example Root', notAfter: '2028-01-28', days: 40 },
  message: ({ root, notAfter, days }) => ({
    en: `${root} ends on ${notAfter}, in ${days} days; this client checks that, and has no other path then`,
    'zh-CN': `${root} 将于 ${notAfter} 到期（剩余 ${days} 天）；该客户端会检查根证书有效期，届时没有其他可用路径`,
  }),
  fix: () => ({
    text: {
      en: 'Before that day, send the intermediate that leads to a newer root of the CA, or renew with another CA.',
      'zh-CN': '请在此之前改为发送通向该 CA 新根证书的中间证书，或更换 CA。',
    },
  }),
})
