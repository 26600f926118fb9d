/** Row 5: the port answers a ClientHello with plain text. */
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'
import { same } from '../text.ts'

const NAMES = { http: same('HTTP'), ssh: same('SSH'), text: { en: 'plain text', 'zh-CN': '明文' } }

export default defineRule({
  severity: 'error',
  rank: 0,
  statement: {
    en: 'Mini Programs use https for request, upload and download, and wss for sockets: the port must speak TLS.',
    'zh-CN': '小程序的 request、upload、download 使用 https，socket 使用 wss：端口必须提供 TLS。',
  },
  sources: [platformDocument],
  title: { en: 'The port does not speak TLS', 'zh-CN': '端口没有提供 TLS' },
  needs: ['attempt'],
  check({ attempt }, { target }) {
    if (attempt.kind !== 'not-tls' || attempt.looksLike === 'binary') return []
    const { looksLike, firstBytes } = attempt
    return [{ args: { port: target.port, looksLike, firstLine: firstLine(firstBytes) } }]
  },
  example: { port: 443, looksLike: 'http', firstLine: 'HTTP/1.1 400 Bad Request' },
  message: ({ port, looksLike, firstLine }) => {
    const name = NAMES[looksLike]
    return {
      en: `port ${port} answers with ${name.en} instead of TLS: ${JSON.stringify(firstLine)}`,
      'zh-CN': `端口 ${port} 返回的是 ${name['zh-CN']} 而不是 TLS：${JSON.stringify(firstLine)}`,
    }
  },
  fix: ({ port }) => ({
    text: {
      en: `Switch TLS on for port ${port}, or name the port that has it.`,
      'zh-CN': `在端口 ${port} 上启用 TLS，或改用已启用 TLS 的端口。`,
    },
    snippets: {
      nginx: `listen ${port} ssl;`,
      apache: `Listen ${port} https\nSSLEngine on`,
    },
  }),
})

function firstLine(bytes: Uint8Array): string {
  return (
    Buffer.from(bytes)
      .toString('latin1')
      .split(/[\r\n]/, 1)[0] ?? ''
  )
}
