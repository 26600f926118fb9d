/** Client and server share no signature. */
import { speakModernTls } from '../advice.ts'
import { comparableFlights, serverChoice } from '../facts/refusal.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  severity: 'error',
  rank: 1,
  statement: {
    en: 'The server must sign with a scheme that the client offers.',
    'zh-CN': '服务器必须使用客户端支持的签名算法。',
  },
  sources: ['RFC 8446 section 4.2.3'],
  title: { en: 'No common signature scheme', 'zh-CN': '没有共同的签名算法' },
  needs: ['refusal', 'objection', 'accepted'],
  check({ refusal, objection, accepted }, { stack }) {
    if (objection?.to === 'signature')
      return [{ args: { server: objection.choice, objects: true } }]
    if (refusal !== 'signature') return []
    const server = serverChoice(comparableFlights(accepted, stack.hello), 'signature')
    return [{ args: { server, objects: false } }]
  },
  example: { server: 'rsa_pkcs1_sha1', objects: true },
  message: ({ server, objects }) =>
    objects
      ? {
          en: `the server signs its key exchange with ${server}; this client refuses that and breaks off`,
          'zh-CN': `服务器使用 ${server} 为密钥交换签名；该客户端拒绝并中断`,
        }
      : {
          en: `the server signs with ${server}; this client does not accept that`,
          'zh-CN': `服务器使用 ${server} 签名；该客户端不接受`,
        },
  fix: () =>
    speakModernTls({
      en: 'Use an RSA or P-256 certificate and sign with SHA-256.',
      'zh-CN': '使用 RSA 或 P-256 证书，并以 SHA-256 签名。',
    }),
})
