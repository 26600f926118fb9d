/** The server negotiates Diffie-Hellman over a small prime. */
import { speakModernTls } from '../advice.ts'
import { defineRule } from '../rule.ts'

const ENOUGH_BITS = 2048

export default defineRule({
  severity: 'warn',
  rank: 46,
  statement: {
    en: 'A DH prime under 2048 bits is within reach of large attackers (Logjam); under 1024 clients refuse it.',
    'zh-CN':
      '小于 2048 位的 DH 素数可能被实力雄厚的攻击者破解（Logjam）；小于 1024 位会被客户端拒绝。',
  },
  sources: ['https://weakdh.org/', 'RFC 9325 section 4.1'],
  title: { en: 'A small DH group', 'zh-CN': 'DH 参数过小' },
  needs: ['flight'],
  check: ({ flight: { dhBits } }) =>
    dhBits !== null && dhBits < ENOUGH_BITS ? [{ args: { bits: dhBits } }] : [],
  example: { bits: 1024 },
  message: ({ bits }) => ({
    en: `the server uses a DH prime of ${bits} bits with this client`,
    'zh-CN': `服务器与该客户端使用 ${bits} 位的 DH 素数`,
  }),
  fix: () =>
    speakModernTls({
      en: 'Prefer ECDHE, and give DHE a group of 2048 bits or drop it.',
      'zh-CN': '优先使用 ECDHE；DHE 使用 2048 位参数，或直接停用。',
    }),
})
