/** Row 34: an expired certificate is sent that this client does not need. */
import { serveFullChain } from '../advice.ts'
import { chainEntries } from '../facts/sent-chain.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'
import { formatDay } from '../text.ts'

export default defineRule({
  severity: 'info',
  rank: 61,
  statement: {
    en: 'The certificate must not have expired: what the path does not need does no harm here, but trips some older programs.',
    'zh-CN': '证书不得过期：证书路径用不到的过期证书通常无碍，但会使部分老程序出错。',
  },
  sources: [platformDocument],
  title: { en: 'An expired certificate is sent along', 'zh-CN': '附带了过期证书' },
  needs: ['chain', 'trust'],
  check({ chain, trust }, { at }) {
    if (trust.path === null) return []
    const used = new Set(trust.path.map(({ sha256 }) => sha256))
    return chainEntries(chain)
      .filter(
        ({ role, certificate }) =>
          role !== 'leaf' && !used.has(certificate.sha256) && certificate.notAfter < at,
      )
      .map(({ certificate: { subject, notAfter } }) => ({
        args: { subject: subject.text, notAfter: formatDay(notAfter) },
      }))
  },
  example: { subject: 'CN=Example CA', notAfter: '2021-09-30' },
  message: ({ subject, notAfter }) => ({
    en: `${subject} ended on ${notAfter}; the path does not need it`,
    'zh-CN': `${subject} 已于 ${notAfter} 到期；证书路径不需要它`,
  }),
  fix: () =>
    serveFullChain({
      en: 'Take it out of the chain file.',
      'zh-CN': '从证书链文件中删去。',
    }),
})
