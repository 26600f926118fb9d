/** Row 44: this certificate is still trusted; the next one of its CA is not. */
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'warn',
  rank: 33,
  statement: {
    en: 'Some CAs are not trusted by some systems: watch the notices of the systems.',
    'zh-CN': '部分 CA 不被某些操作系统信任：请关注各系统的公告。',
  },
  sources: [
    platformDocument,
    'https://support.apple.com/en-us/121668 (Entrust, AffirmTrust, AC Camerfirma)',
  ],
  title: { en: 'The CA loses its trust', 'zh-CN': 'CA 即将不受信任' },
  needs: ['trust'],
  check: ({ trust: { distrust } }) =>
    distrust ? [{ args: { ...distrust }, about: distrust.root }] : [],
  example: { root: 'Example Root', date: '2024-11-15' },
  message: ({ root, date }) => ({
    en: `this system refuses certificates under ${root} that were issued after ${date}: this one is older, its renewal will not be`,
    'zh-CN': `该系统不信任 ${root} 在 ${date} 之后签发的证书：当前证书签发较早，续期后将失败`,
  }),
  fix: () => ({
    text: {
      en: 'Renew with another CA.',
      'zh-CN': '下次续期时更换 CA。',
    },
  }),
})
