/** Client and server share no cipher suite. */
import { speakModernTls } from '../advice.ts'
import { comparableFlights, serverChoice } from '../facts/refusal.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  severity: 'error',
  rank: 1,
  statement: {
    en: 'Client and server must share a cipher suite.',
    'zh-CN': '客户端与服务器必须有共同的加密套件。',
  },
  sources: ['RFC 5246 section 7.4.1.2'],
  title: { en: 'No common cipher suite', 'zh-CN': '没有共同的加密套件' },
  needs: ['refusal', 'accepted'],
  check({ refusal, accepted }, { stack }) {
    if (refusal !== 'cipher' || stack.ats) return []
    return [
      {
        args: {
          server: serverChoice(comparableFlights(accepted, stack.hello), 'cipher'),
        },
      },
    ]
  },
  example: { server: 'TLS_RSA_WITH_ARIA_128_GCM_SHA256' },
  message: ({ server }) => ({
    en: `the server chooses ${server} with others; this client offers none of that`,
    'zh-CN': `服务器与其他客户端协商的是 ${server}；该客户端均不支持`,
  }),
  fix: () =>
    speakModernTls({
      en: 'Offer ECDHE suites with AES-GCM.',
      'zh-CN': '提供 ECDHE + AES-GCM 套件。',
    }),
})
