/** A published address of the name does not answer. */
import { defineRule } from '../rule.ts'

export default defineRule({
  severity: 'warn',
  rank: 42,
  statement: {
    en: 'Every published address should answer: which one a phone takes is chance.',
    'zh-CN': '域名解析出的每个地址都应可用：手机使用哪一个是随机的。',
  },
  sources: ['RFC 8305 section 5'],
  title: { en: 'An address does not answer', 'zh-CN': '有地址无法连接' },
  needs: ['nodes'],
  check({ nodes }) {
    return nodes.flatMap(({ address, state, error }) =>
      state === 'unreachable' && error ? [{ args: { ip: address.ip, error: error.text } }] : [],
    )
  },
  example: {
    ip: '203.0.113.7',
    error: { en: '203.0.113.7:443 did not answer', 'zh-CN': '203.0.113.7:443 没有应答' },
  },
  message: ({ error }) => error,
  fix: ({ ip }) => ({
    text: {
      en: `Mend the node at ${ip}, or take the address out of DNS.`,
      'zh-CN': `修复 ${ip} 上的节点，或将该地址从 DNS 中移除。`,
    },
  }),
})
