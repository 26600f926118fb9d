/** Row 43: TLS 1.0 or 1.1 is still on. Never demanded, and no Mini Program client of today needs it. */
import { speakModernTls } from '../advice.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'info',
  rank: 60,
  statement: {
    en: 'TLS 1.2 or above is required; TLS 1.0 and 1.1 are deprecated.',
    'zh-CN': '必须支持 TLS 1.2 及以上版本；TLS 1.0 与 1.1 已被弃用。',
  },
  sources: [platformDocument, 'RFC 8996'],
  title: { en: 'Deprecated TLS versions are on', 'zh-CN': '仍启用已弃用的 TLS 版本' },
  needs: ['legacyProtocols'],
  check({ legacyProtocols: protocols }) {
    const on = (['TLSv1', 'TLSv1.1'] as const).filter(version => protocols[version])
    const modern = protocols['TLSv1.2'] || protocols['TLSv1.3']
    return on.length > 0 && modern ? [{ args: { versions: on.join(', ') } }] : []
  },
  example: { versions: 'TLSv1, TLSv1.1' },
  message: ({ versions }) => ({
    en: `the server still accepts ${versions}`,
    'zh-CN': `服务器仍接受 ${versions}`,
  }),
  fix: () =>
    speakModernTls({
      en: 'Switch TLS 1.0 and 1.1 off, unless you know a client that needs them.',
      'zh-CN': '除非确有客户端需要，请关闭 TLS 1.0 与 1.1。',
    }),
})
