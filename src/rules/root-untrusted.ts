/** Row 31: the chain ends at a root that this system does not hold. */
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'error',
  rank: 16,
  statement: {
    en: 'Use a trusted certificate: its root must be built into the system.',
    'zh-CN': '使用可信证书：根证书必须已内置于系统中。',
  },
  sources: [platformDocument],
  title: { en: 'The root is not trusted', 'zh-CN': '根证书不受信任' },
  needs: ['trust', 'listing'],
  check({ trust: { lacking } }) {
    if (lacking === null || lacking.onlyOldLack) return []
    return [{ args: { root: lacking.name, trustedBy: lacking.trustedBy }, about: lacking.name }]
  },
  example: { root: 'Example Root', trustedBy: null },
  message: ({ root, trustedBy }) =>
    trustedBy === null
      ? {
          en: `the chain leads to ${root}, which no known store holds`,
          'zh-CN': `证书链指向 ${root}，已知的任何系统都未内置该根证书`,
        }
      : {
          en: `the chain leads to ${root}, which this system does not hold; trusted on ${trustedBy.en}`,
          'zh-CN': `证书链指向 ${root}，该系统未内置；受信任范围：${trustedBy['zh-CN']}`,
        },
  fix: ({ trustedBy }) => ({
    text:
      trustedBy === null
        ? {
            en: 'Get a certificate from a public CA whose root the phones hold.',
            'zh-CN': '换用根证书已内置于手机系统的公共 CA。',
          }
        : {
            en: 'Also send the cross-certificate that leads from this root to an older one, if the CA has it; else use another CA.',
            'zh-CN': '若 CA 提供该根证书到更老根证书的交叉证书，请一并发送；否则请更换 CA。',
          },
  }),
})
