/** Row 34: the root is sent, which no client needs. */
import { serveFullChain } from '../advice.ts'
import { chainEntries } from '../facts/sent-chain.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'info',
  rank: 63,
  statement: {
    en: 'The trust chain of the certificate must be complete (server configuration): what is sent should be what is needed.',
    'zh-CN': '证书的信任链必须完整（需要服务器配置）：发送的证书应不多不少、顺序正确。',
  },
  sources: [platformDocument, 'RFC 5246 section 7.4.2', 'RFC 8446 section 4.4.2'],
  title: { en: 'The root is sent along', 'zh-CN': '发送了根证书' },
  needs: ['chain'],
  check({ chain }) {
    return chainEntries(chain)
      .filter(entry => entry.role === 'root')
      .map(({ certificate }) => ({ args: { subject: certificate.subject.text } }))
  },
  example: { subject: 'CN=Example Root' },
  message: ({ subject }) => ({
    en: `${subject} is a root: clients have it or do not trust it`,
    'zh-CN': `${subject} 是根证书：客户端要么已内置，要么不信任`,
  }),
  fix: () =>
    serveFullChain({
      en: 'Take the root out of the chain file; it only costs bytes.',
      'zh-CN': '从证书链文件中删去根证书，它只会增加流量。',
    }),
})
