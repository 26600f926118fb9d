/** Row 32: who sends no name, or another one, is shown a certificate that does not hold this name. */
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'info',
  rank: 61,
  statement: {
    en: "The certificate's domain must be the site's: also for a client or proxy that sends no SNI.",
    'zh-CN': '证书域名须与网站域名一致：对不发送 SNI 的客户端或代理也是如此。',
  },
  sources: [platformDocument, 'RFC 6066 section 3'],
  title: { en: 'Another certificate without SNI', 'zh-CN': '无 SNI 时返回其他证书' },
  needs: ['server'],
  check({ server: { withoutName, unknownName } }) {
    if (withoutName?.answer === 'other')
      return [{ args: { certificate: withoutName.certificate, unknown: false } }]
    return unknownName?.answer === 'other'
      ? [{ args: { certificate: unknownName.certificate, unknown: true } }]
      : []
  },
  example: { certificate: 'default.example.net', unknown: false },
  message: ({ certificate, unknown }) =>
    unknown
      ? {
          en: `a client that names another host is shown the certificate of ${certificate}`,
          'zh-CN': `客户端发送其他主机名时，服务器返回 ${certificate} 的证书`,
        }
      : {
          en: `a client without SNI is shown the certificate of ${certificate}`,
          'zh-CN': `客户端不发送 SNI 时，服务器返回 ${certificate} 的证书`,
        },
  fix: () => ({
    text: {
      en: 'All clients judged here send SNI. If a proxy in front of the server does not, make this site the default one.',
      'zh-CN': '此处检查的客户端都会发送 SNI。若前置代理不发送 SNI，请将该站点设为默认站点。',
    },
    snippets: { nginx: 'listen 443 ssl default_server;' },
  }),
})
