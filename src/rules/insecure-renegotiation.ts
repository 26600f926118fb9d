/** TLS 1.2 and older without the renegotiation fix of 2010. */
import { defineRule } from '../rule.ts'

export default defineRule({
  severity: 'warn',
  rank: 47,
  statement: {
    en: 'A server without secure renegotiation lets an attacker prefix a session (CVE-2009-3555); newer clients refuse it.',
    'zh-CN':
      '攻击者可在不支持安全重协商的服务器的会话开头注入数据（CVE-2009-3555）；新版客户端会拒绝。',
  },
  sources: ['RFC 5746 section 4.1'],
  title: { en: 'No secure renegotiation', 'zh-CN': '不支持安全重协商' },
  needs: ['objection'],
  uses: ['flight'],
  check({ objection, flight }) {
    if (objection?.to === 'renegotiation') return [{ args: { refused: true }, severity: 'error' }]
    const older = flight !== undefined && flight.version !== null && flight.version < 0x0304
    return older && !flight.secureRenegotiation ? [{ args: { refused: false } }] : []
  },
  example: { refused: false },
  message: ({ refused }) =>
    refused
      ? {
          en: 'the server does not confirm secure renegotiation; this client breaks off',
          'zh-CN': '服务器未确认安全重协商；该客户端因而中断',
        }
      : {
          en: 'the server does not confirm secure renegotiation',
          'zh-CN': '服务器未确认安全重协商',
        },
  fix: () => ({
    text: {
      en: 'Update the TLS library of the server: OpenSSL has it since 0.9.8m.',
      'zh-CN': '升级服务器的 TLS 库：OpenSSL 自 0.9.8m 起支持。',
    },
  }),
})
