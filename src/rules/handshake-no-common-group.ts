/** Client and server share no group. */
import { speakModernTls } from '../advice.ts'
import { clientOffer, comparableFlights, serverChoice } from '../facts/refusal.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  severity: 'error',
  rank: 1,
  statement: {
    en: 'Client and server must share a named group, and the client must know the curve of the certificate.',
    'zh-CN': '客户端与服务器必须有共同的命名曲线，且客户端须支持证书所用的曲线。',
  },
  sources: [
    'RFC 8422 section 5.1',
    'https://code.google.com/p/android/issues/detail?id=224438 (Android 7.0)',
  ],
  title: { en: 'No common curve', 'zh-CN': '没有共同的曲线' },
  needs: ['refusal', 'objection', 'accepted'],
  check({ refusal, objection, accepted }, { stack }) {
    const offers = clientOffer(stack.hello, 'group')
    if (objection?.to === 'group')
      return [{ args: { offers, server: objection.choice, objects: true } }]
    if (refusal !== 'group') return []
    const server = serverChoice(comparableFlights(accepted, stack.hello), 'group')
    return [{ args: { offers, server, objects: false } }]
  },
  example: { offers: 'secp256r1', server: 'secp384r1', objects: false },
  message: ({ offers, server, objects }) =>
    objects
      ? {
          en: `the server chooses ${server} for its key exchange or its certificate; this client breaks off: it takes ${offers}`,
          'zh-CN': `服务器的密钥交换或证书使用 ${server}；该客户端只接受 ${offers}，因而中断`,
        }
      : {
          en: `the server needs ${server}; this client offers only ${offers}`,
          'zh-CN': `服务器需要 ${server}；该客户端只支持 ${offers}`,
        },
  fix: () =>
    speakModernTls({
      en: 'Allow prime256v1 (P-256) for the key exchange, and use a P-256 or RSA certificate.',
      'zh-CN': '密钥交换允许 prime256v1（P-256），证书使用 P-256 或 RSA。',
    }),
})
