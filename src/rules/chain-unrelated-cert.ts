/** Row 34: a certificate that has nothing to do with the leaf. */
import { serveFullChain } from '../advice.ts'
import { chainEntries } from '../facts/sent-chain.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'info',
  rank: 61,
  statement: {
    en: 'The trust chain of the certificate must be complete (server configuration): what is sent should be what is needed.',
    'zh-CN': '证书的信任链必须完整（需要服务器配置）：发送的证书应不多不少、顺序正确。',
  },
  sources: [platformDocument, 'RFC 5246 section 7.4.2', 'RFC 8446 section 4.4.2'],
  title: { en: 'An unrelated certificate is sent', 'zh-CN': '发送了无关证书' },
  needs: ['chain'],
  check({ chain }) {
    return chainEntries(chain)
      .filter(entry => entry.role === 'unrelated')
      .map(({ certificate }) => ({ args: { subject: certificate.subject.text } }))
  },
  example: { subject: 'CN=Other CA' },
  message: ({ subject }) => ({
    en: `${subject} belongs to no path from the leaf`,
    'zh-CN': `${subject} 与站点证书没有签发关系`,
  }),
  fix: () =>
    serveFullChain({
      en: 'Take it out of the chain file; often it is an intermediate of the CA used before.',
      'zh-CN': '从证书链文件中删去；它通常是之前所用 CA 的中间证书。',
    }),
})
