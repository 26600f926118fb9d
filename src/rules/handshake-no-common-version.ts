/** Client and server share no version. */
import { speakModernTls } from '../advice.ts'
import { acceptedVersions } from '../facts/objection.ts'
import { clientOffer, serverChoice } from '../facts/refusal.ts'
import { defineRule } from '../rule.ts'
import { versionName } from '../wire/names.ts'

export default defineRule({
  severity: 'error',
  rank: 1,
  statement: {
    en: 'Client and server must share a TLS version.',
    'zh-CN': '客户端与服务器必须有共同的 TLS 版本。',
  },
  sources: ['RFC 8446 section 4.2.1'],
  title: { en: 'No common TLS version', 'zh-CN': '没有共同的 TLS 版本' },
  needs: ['refusal', 'objection', 'accepted'],
  check({ refusal, objection, accepted }, { stack: { hello, limits } }) {
    if (objection?.to === 'version') {
      const takes = acceptedVersions({ spec: hello.spec, limits }).map(versionName).join(', ')
      return [{ args: { offers: takes, server: objection.choice, objects: true } }]
    }
    if (refusal !== 'version') return []
    return [
      {
        args: {
          offers: clientOffer(hello, 'version'),
          server: serverChoice(accepted, 'version'),
          objects: false,
        },
      },
    ]
  },
  example: { offers: 'TLS 1.2', server: 'TLS 1.3', objects: false },
  message: ({ offers, server, objects }) =>
    objects
      ? {
          en: `the server chooses ${server}; this client goes through with ${offers} only and breaks off`,
          'zh-CN': `服务器选择 ${server}；该客户端只接受 ${offers}，因而中断`,
        }
      : {
          en: `this client speaks ${offers}; the server speaks ${server}`,
          'zh-CN': `该客户端支持 ${offers}；服务器支持 ${server}`,
        },
  fix: () =>
    speakModernTls({
      en: 'Offer TLS 1.2 beside TLS 1.3.',
      'zh-CN': '在 TLS 1.3 之外同时提供 TLS 1.2。',
    }),
})
