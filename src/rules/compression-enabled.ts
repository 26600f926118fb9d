/** The server compresses what it encrypts. */
import { defineRule } from '../rule.ts'

export default defineRule({
  severity: 'warn',
  rank: 48,
  statement: {
    en: 'TLS compression lets an attacker read secrets off the length of messages (CRIME).',
    'zh-CN': 'TLS 压缩会让攻击者从报文长度推断出机密内容（CRIME）。',
  },
  sources: ['RFC 9325 section 3.3', 'CVE-2012-4929'],
  title: { en: 'TLS compression is on', 'zh-CN': '启用了 TLS 压缩' },
  needs: ['server'],
  check: ({ server: { compression } }) => (compression ? [{ args: {} }] : []),
  example: {},
  message: () => ({
    en: 'the server compresses within TLS where a client offers it',
    'zh-CN': '客户端提供压缩时，服务器会启用 TLS 压缩',
  }),
  fix: () => ({
    text: {
      en: 'Switch compression off in the TLS library, or update it; compression in HTTP is another matter.',
      'zh-CN': '在 TLS 库中关闭压缩，或升级 TLS 库；这与 HTTP 层的压缩无关。',
    },
    snippets: { apache: 'SSLCompression off' },
  }),
})
