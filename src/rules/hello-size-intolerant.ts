/** The server answers a short ClientHello and drops one that takes two segments. */
import { defineRule } from '../rule.ts'
import { isLarge } from '../wire/hello-length.ts'

export default defineRule({
  severity: 'error',
  rank: 1,
  statement: {
    en: 'A ClientHello may take more than one TCP segment: with a post-quantum key share it always does.',
    'zh-CN': 'ClientHello 可能超过一个 TCP 分段：带有后量子密钥份额时必然如此。',
  },
  sources: ['https://tldr.fail/', 'RFC 8446 section 5.1'],
  title: { en: 'Drops large ClientHellos', 'zh-CN': '丢弃较大的 ClientHello' },
  needs: ['server'],
  check({ server: { largeHello } }, { stack }) {
    if (largeHello !== 'dropped' && largeHello !== 'dropped-in-two') return []
    const own = isLarge(stack.hello.spec)
    const args = { own, how: largeHello }
    return [own ? { args } : { args, severity: 'warn', about: 'newer-clients' }]
  },
  example: { own: true, how: 'dropped' },
  message({ own, how }) {
    const [en, zh] =
      how === 'dropped'
        ? ['drops a ClientHello over 1,500 bytes', '丢弃超过 1500 字节的 ClientHello']
        : ['drops a ClientHello that comes in two segments', '丢弃分两段到达的 ClientHello']
    return own
      ? {
          en: `the server ${en}, and this client's is one`,
          'zh-CN': `服务器${zh}，该客户端发送的正是如此`,
        }
      : {
          en: `the server ${en}; newer clients send such`,
          'zh-CN': `服务器${zh}；更新的客户端会发送`,
        }
  },
  fix: () => ({
    text: {
      en: 'Update the server, or the firewall or load balancer in front of it: it must read on until the ClientHello is whole.',
      'zh-CN': '升级服务器，或其前面的防火墙、负载均衡：必须读完整个 ClientHello 再处理。',
    },
  }),
})
