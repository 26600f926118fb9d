/** Row 34: the certificates stand in the wrong order. */
import { serveFullChain } from '../advice.ts'
import { chainEntries } from '../facts/sent-chain.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'warn',
  rank: 50,
  statement: {
    en: 'The trust chain of the certificate must be complete (server configuration): what is sent should be what is needed.',
    'zh-CN': '证书的信任链必须完整（需要服务器配置）：发送的证书应不多不少、顺序正确。',
  },
  sources: [platformDocument, 'RFC 5246 section 7.4.2', 'RFC 8446 section 4.4.2'],
  title: { en: 'The certificates are out of order', 'zh-CN': '证书顺序错误' },
  needs: ['chain'],
  check({ chain }) {
    // What stands before the leaf is told by another rule.
    const entries = chainEntries(chain)
    return entries
      .slice(entries.findIndex(({ role }) => role === 'leaf') + 1)
      .filter(entry => !entry.inOrder && (entry.role === 'issuer' || entry.role === 'root'))
      .map(({ certificate }) => ({ args: { subject: certificate.subject.text } }))
  },
  example: { subject: 'CN=Example CA' },
  message: ({ subject }) => ({
    en: `${subject} stands before the certificate it certifies`,
    'zh-CN': `${subject} 排在了它所签发的证书之前`,
  }),
  fix: () =>
    serveFullChain({
      en: 'Put the leaf first, then each certificate after the one it certifies.',
      'zh-CN': '站点证书在最前，其后依次为签发它的各级证书。',
    }),
})
