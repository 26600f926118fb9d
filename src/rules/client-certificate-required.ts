/** The server demands a client certificate: a Mini Program has none to show. */
import { defineRule } from '../rule.ts'

export default defineRule({
  severity: 'error',
  rank: 4,
  statement: {
    en: 'A Mini Program cannot present a client certificate.',
    'zh-CN': '小程序无法提供客户端证书。',
  },
  sources: ['RFC 8446 section 4.3.2', 'RFC 5246 section 7.4.4'],
  title: { en: 'A client certificate is required', 'zh-CN': '要求客户端证书' },
  needs: ['clientAuth'],
  check: ({ clientAuth }) => (clientAuth === 'required' ? [{ args: {} }] : []),
  example: {},
  message: () => ({
    en: 'the server asks for a client certificate and refuses to go on without one',
    'zh-CN': '服务器要求客户端证书，未提供即拒绝连接',
  }),
  fix: () => ({
    text: {
      en: 'Switch mutual TLS off for this name, or make it optional. What lies behind can be looked at meanwhile: mpcert check --http --client-cert FILE --client-key FILE.',
      'zh-CN':
        '为该域名关闭双向 TLS，或改为可选。在此之前，可用 mpcert check --http --client-cert FILE --client-key FILE 查看其后的服务。',
    },
    snippets: {
      nginx: 'ssl_verify_client off;',
      apache: 'SSLVerifyClient none',
      caddy: 'tls {\n\tclient_auth {\n\t\tmode request\n\t}\n}',
    },
  }),
})
