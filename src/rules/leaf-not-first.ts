/** Row 35: a server takes the first certificate of its file for its own. */
import { serveFullChain } from '../advice.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'error',
  rank: 1,
  statement: {
    en: 'The trust chain of the certificate must be complete (server configuration): the leaf comes first.',
    'zh-CN': '证书的信任链必须完整（需要服务器配置）：站点证书必须排在最前。',
  },
  sources: [
    platformDocument,
    'RFC 8446 section 4.4.2',
    'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_certificate',
  ],
  title: { en: 'The leaf is not the first certificate', 'zh-CN': '站点证书不在最前' },
  needs: ['chain', 'leaf'],
  check({ chain, leaf }) {
    const [first, ...others] = chain.entries
    const place = others.findIndex(({ role }) => role === 'leaf') + 2
    if (!first || first.role === 'leaf') return []
    const before = first.certificate?.subject.text ?? '?'
    return [{ args: { subject: leaf.subject.text, place, before } }]
  },
  example: { subject: 'CN=api.example.com', place: 2, before: 'CN=Example CA' },
  message: ({ subject, place, before }) => ({
    en: `${subject} is certificate ${place} of the file; a server would take the first one, ${before}, for its own`,
    'zh-CN': `${subject} 是文件中的第 ${place} 张证书；服务器会把第一张（${before}）当作自己的证书`,
  }),
  fix: () =>
    serveFullChain({
      en: 'Put the leaf first, then each certificate after the one it certifies; --write-fullchain writes such a file.',
      'zh-CN': '站点证书在最前，其后依次为签发它的各级证书；--write-fullchain 可写出这样的文件。',
    }),
})
