/** Row 34: a certificate is sent twice. */
import { serveFullChain } from '../advice.ts'
import { chainEntries } from '../facts/sent-chain.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'info',
  rank: 62,
  statement: {
    en: 'The trust chain of the certificate must be complete (server configuration): what is sent should be what is needed.',
    'zh-CN': '证书的信任链必须完整（需要服务器配置）：发送的证书应不多不少、顺序正确。',
  },
  sources: [platformDocument, 'RFC 5246 section 7.4.2', 'RFC 8446 section 4.4.2'],
  title: { en: 'A certificate is sent twice', 'zh-CN': '证书重复' },
  needs: ['chain'],
  check({ chain }) {
    return chainEntries(chain)
      .filter(entry => entry.role === 'duplicate')
      .map(({ certificate }) => ({ args: { subject: certificate.subject.text } }))
  },
  example: { subject: 'CN=Example CA' },
  message: ({ subject }) => ({
    en: `${subject} is sent more than once`,
    'zh-CN': `${subject} 被重复发送`,
  }),
  fix: () =>
    serveFullChain({
      en: 'Take the copy out of the chain file.',
      'zh-CN': '从证书链文件中删去重复的证书。',
    }),
})
