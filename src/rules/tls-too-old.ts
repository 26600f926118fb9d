/** Row 42: the server speaks nothing newer than TLS 1.1. */
import { speakModernTls } from '../advice.ts'
import { newestProtocol } from '../facts/protocols.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'error',
  rank: 1,
  statement: { en: 'TLS 1.2 or above is required.', 'zh-CN': '必须支持 TLS 1.2 及以上版本。' },
  sources: [platformDocument],
  title: { en: 'TLS 1.2 is missing', 'zh-CN': '不支持 TLS 1.2' },
  needs: ['protocols'],
  check({ protocols }, { tier }) {
    // A reference runs no Mini Program: it goes by what it accepts itself.
    if (tier === 'reference') return []
    if (protocols['TLSv1.2'] !== false || protocols['TLSv1.3'] !== false) return []
    const newest = newestProtocol(protocols)
    return newest ? [{ args: { newest } }] : []
  },
  example: { newest: 'TLSv1.1' },
  message: ({ newest }) => ({
    en: `the server speaks ${newest} at most`,
    'zh-CN': `服务器最高只支持 ${newest}`,
  }),
  fix: () =>
    speakModernTls({
      en: 'Switch on TLS 1.2 and TLS 1.3; older OpenSSL than 1.0.1 cannot: update it.',
      'zh-CN': '启用 TLS 1.2 与 TLS 1.3；OpenSSL 低于 1.0.1 时需先升级。',
    }),
})
