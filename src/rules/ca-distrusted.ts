/** Row 44: the system holds the root, and refuses this certificate all the same. */
import { pathErrorText } from '../chain/path-error.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'error',
  rank: 15,
  statement: {
    en: 'Some CAs are not trusted by some systems: watch the notices of the systems.',
    'zh-CN': '部分 CA 不被某些操作系统信任：请关注各系统的公告。',
  },
  sources: [
    platformDocument,
    'https://support.apple.com/en-us/121668 (Entrust, AffirmTrust, AC Camerfirma)',
  ],
  title: { en: 'The CA is distrusted', 'zh-CN': 'CA 已不受信任' },
  needs: ['trust'],
  check({ trust: { error } }) {
    if (error?.code !== 'DISTRUSTED') return []
    return [{ args: { text: pathErrorText(error) }, about: error.certificate?.subject.text ?? '' }]
  },
  example: {
    text: {
      en: 'Example Root: what it issued after 2024-11-15 is not trusted',
      'zh-CN': 'Example Root: 其在 2024-11-15 之后签发的证书不受信任',
    },
  },
  message: ({ text }) => text,
  fix: () => ({
    text: {
      en: 'Get a certificate from another CA, whose root the systems trust without a date.',
      'zh-CN': '改用其他 CA 签发的证书，且各系统对其根证书没有日期限制。',
    },
  }),
})
