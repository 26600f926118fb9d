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
  needs: ['objection'],
  uses: ['flight'],
  check({ objection, flight }, { stack }) {
    if (objection?.to === 'small-dh') {
      const args = { bits: Number(objection.choice), least: stack.limits.dhBits.min }
      return [{ args, severity: 'error' }]
    }
    const bits = flight?.dhBits ?? ENOUGH_BITS
    return bits < ENOUGH_BITS ? [{ args: { bits, least: 0 } }] : []
  },
  example: { bits: 1024, least: 0 },
  message: ({ bits, least }) =>
    least > 0
      ? {
          en: `the server uses a DH prime of ${bits} bits; this client wants ${least} at least and breaks off`,
          'zh-CN': `服务器使用 ${bits} 位的 DH 素数；该客户端要求至少 ${least} 位，因而中断`,
        }
      : {
          en: `the server uses a DH prime of ${bits} bits with this client`,
          'zh-CN': `服务器与该客户端使用 ${bits} 位的 DH 素数`,
        },
  fix: () =>
    speakModernTls({
      en: 'Prefer ECDHE, and give DHE a group of 2048 bits or drop it.',
      'zh-CN': '优先使用 ECDHE；DHE 使用 2048 位参数，或直接停用。',
    }),
})
