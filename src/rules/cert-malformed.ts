/** Row 30: the leaf, or a certificate above it, is no valid DER certificate. */
import { reissue } from '../advice.ts'
import { pathErrorText } from '../chain/path-error.ts'
import { defineRule } from '../rule.ts'
import { platformDocument, rfc5280 } from '../sources.ts'

export default defineRule({
  severity: 'error',
  rank: 8,
  statement: { en: 'The certificate must be valid.', 'zh-CN': 'HTTPS 证书必须有效。' },
  sources: [platformDocument, rfc5280('4.1'), 'ITU-T X.690'],
  title: { en: 'A certificate cannot be read', 'zh-CN': '证书无法解析' },
  needs: ['chain', 'faults'],
  check({ chain, faults }) {
    const unread = chain.entries.flatMap(({ fault }, index) =>
      fault === null ? [] : [{ index, text: fault.text }],
    )
    const form = faults
      .filter(({ code, reason }) => code === 'PROFILE' && reason !== 'lifetime')
      .map(fault => ({ index: 0, text: pathErrorText(fault) }))
    return [...unread, ...form].map(args => ({
      args,
      severity: args.index === 0 ? ('error' as const) : ('warn' as const),
      about: String(args.index),
    }))
  },
  example: {
    index: 0,
    text: {
      en: 'certificate.tbsCertificate.validity: 12 bytes expected, 3 left at byte 88',
      'zh-CN': 'certificate.tbsCertificate.validity 偏移 88 字节处：应有 12 字节，仅剩 3 字节',
    },
  },
  message: ({ index, text }) => ({
    en: `certificate ${index + 1} of the chain: ${text.en}`,
    'zh-CN': `证书链中第 ${index + 1} 张证书：${text['zh-CN']}`,
  }),
  fix: ({ index }) =>
    reissue({
      en: index === 0 ? 'Have the certificate issued again.' : 'Take it out of the chain file.',
      'zh-CN': index === 0 ? '重新签发证书。' : '将其从证书链文件中移除。',
    }),
})
