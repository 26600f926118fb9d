/** Row 31: only systems older than most phones in use lack the root. */
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'
import { same } from '../text.ts'

export default defineRule({
  // It fails the cells it stands in; as no current platform is hit, the finding is a remark.
  severity: 'error',
  rank: 16,
  statement: {
    en: 'Use a trusted certificate: its root must be built into the system.',
    'zh-CN': '使用可信证书：根证书必须已内置于系统中。',
  },
  sources: [platformDocument],
  title: { en: 'Old systems lack the root', 'zh-CN': '老系统缺少该根证书' },
  needs: ['trust', 'listing'],
  check({ trust: { lacking } }) {
    if (!lacking?.onlyOldLack) return []
    return [{ args: { root: lacking.name, trustedBy: lacking.trustedBy }, about: lacking.name }]
  },
  example: { root: 'ISRG Root X1', trustedBy: same('iOS >= 10.1, Android >= 7.1.1') },
  message: ({ root, trustedBy }) => ({
    en: `${root} is unknown to this old system; trusted on ${trustedBy?.en ?? 'newer ones'}`,
    'zh-CN': `老系统未内置 ${root}；受信任范围：${trustedBy?.['zh-CN'] ?? '较新系统'}`,
  }),
  fix: () => ({
    text: {
      en: 'If these phones matter, send the cross-certificate to an older root that the CA offers; else nothing is to be done.',
      'zh-CN': '若需兼容这些手机，请发送 CA 提供的、通向更老根证书的交叉证书；否则无需处理。',
    },
  }),
})
