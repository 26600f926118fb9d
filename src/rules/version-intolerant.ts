/** The server refuses a hello for the newer versions in it, where it should choose an older one. */
import { clientOffer, serverChoice } from '../facts/refusal.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  severity: 'error',
  rank: 1,
  statement: {
    en: 'A server must pass over versions it does not know, and choose one that it shares with the client.',
    'zh-CN': '服务器必须忽略其不认识的 TLS 版本，并选择双方共有的版本。',
  },
  sources: ['RFC 8446 section 4.2.1', 'RFC 5246 section E.1'],
  title: { en: 'Refuses newer TLS versions', 'zh-CN': '不兼容更新的 TLS 版本' },
  needs: ['refusal', 'accepted'],
  check({ refusal, accepted }, { stack }) {
    if (refusal !== 'newer-version') return []
    return [
      {
        args: {
          offers: clientOffer(stack.hello, 'version'),
          server: serverChoice(accepted, 'version'),
        },
      },
    ]
  },
  example: { offers: 'TLS 1.3, TLS 1.2', server: 'TLS 1.2' },
  message: ({ offers, server }) => ({
    en: `the client offers ${offers}; the server speaks ${server}, and refuses instead of choosing it`,
    'zh-CN': `客户端支持 ${offers}；服务器支持 ${server}，却拒绝握手而不选用它`,
  }),
  fix: () => ({
    text: {
      en: 'Update the server, or the firewall or load balancer in front of it: it stumbles over a version it does not know.',
      'zh-CN': '升级服务器，或其前面的防火墙、负载均衡：它无法处理不认识的 TLS 版本。',
    },
  }),
})
