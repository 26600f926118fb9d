/** Row 37: App Transport Security demands TLS 1.2. */
import { speakModernTls } from '../advice.ts'
import { newestProtocol } from '../facts/protocols.ts'
import { defineRule } from '../rule.ts'
import { atsCode, atsDocument, platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'error',
  rank: 5,
  statement: {
    en: 'Certificates in iOS must meet App Transport Security: TLS 1.2 or newer.',
    'zh-CN': 'iOS 必须满足 ATS：TLS 1.2 及以上版本。',
  },
  sources: [platformDocument, atsDocument, atsCode],
  title: { en: 'App Transport Security wants TLS 1.2', 'zh-CN': 'ATS 要求 TLS 1.2' },
  needs: ['protocols'],
  check({ protocols }, { stack }) {
    const tooOld = protocols['TLSv1.2'] === false && protocols['TLSv1.3'] === false
    const newest = newestProtocol(protocols)
    return stack.ats && tooOld && newest ? [{ args: { newest } }] : []
  },
  example: { newest: 'TLSv1.1' },
  message: ({ newest }) => ({
    en: `App Transport Security refuses ${newest}`,
    'zh-CN': `ATS 拒绝 ${newest}`,
  }),
  fix: () =>
    speakModernTls({ en: 'Switch on TLS 1.2 and TLS 1.3.', 'zh-CN': '启用 TLS 1.2 与 TLS 1.3。' }),
})
