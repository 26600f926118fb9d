/** Row 38: App Transport Security allows forward-secret suites alone, by a list that changed twice. */
import { speakModernTls } from '../advice.ts'
import { comparableFlights, serverChoice } from '../facts/refusal.ts'
import { defineRule } from '../rule.ts'
import { atsCode, atsDocument, platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'error',
  rank: 5,
  statement: {
    en: 'Certificates in iOS must meet App Transport Security: a suite of its list. Which exceptions WeChat declares is not known.',
    'zh-CN': 'iOS 必须满足 ATS：使用其列表中的加密套件。微信自身声明了哪些 ATS 例外尚不可知。',
  },
  sources: [platformDocument, atsDocument, atsCode],
  title: {
    en: 'App Transport Security does not allow the cipher suite',
    'zh-CN': 'ATS 不允许该加密套件',
  },
  needs: ['refusal', 'accepted'],
  check({ refusal, accepted }, { stack }) {
    if (!stack.ats || refusal !== 'cipher') return []
    const server = serverChoice(comparableFlights(accepted, stack.hello), 'cipher')
    return [{ args: { server } }]
  },
  example: { server: 'TLS_RSA_WITH_AES_128_GCM_SHA256' },
  message: ({ server }) => ({
    en: `the server chooses ${server}; App Transport Security allows none of that`,
    'zh-CN': `服务器选用 ${server}，ATS 不允许`,
  }),
  fix: () =>
    speakModernTls({
      en: 'Offer ECDHE suites with AES-GCM: static RSA, DHE and CBC-SHA256 are outside the list.',
      'zh-CN': '提供 ECDHE + AES-GCM 套件：静态 RSA、DHE 与 CBC-SHA256 均不在列表内。',
    }),
})
