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
  needs: ['refusal', 'objection', 'accepted'],
  check({ refusal, objection, accepted }, { stack }) {
    if (objection?.to === 'cipher') return [{ args: { server: objection.choice, objects: true } }]
    if (refusal !== 'cipher' || stack.ats) return []
    const server = serverChoice(comparableFlights(accepted, stack.hello), 'cipher')
    return [{ args: { server, objects: false } }]
  },
  example: { server: 'TLS_RSA_WITH_ARIA_128_GCM_SHA256', objects: false },
  message: ({ server, objects }) =>
    objects
      ? {
          en: `the server chooses ${server}, which this client did not offer: it breaks off`,
          'zh-CN': `服务器选择了该客户端没有提供的 ${server}：客户端中断`,
        }
      : {
          en: `the server chooses ${server} with others; this client offers none of that`,
          'zh-CN': `服务器与其他客户端协商的是 ${server}；该客户端均不支持`,
        },
  fix: () =>
    speakModernTls({
      en: 'Offer ECDHE suites with AES-GCM.',
      'zh-CN': '提供 ECDHE + AES-GCM 套件。',
    }),
})
