/** Row 43: the server speaks TLS 1.3 alone, which older Androids lack. */
import { speakModernTls } from '../advice.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'warn',
  rank: 40,
  statement: {
    en: 'Some older Android models lack newer TLS: the server should also speak TLS 1.2.',
    'zh-CN': '部分老旧 Android 机型不支持新版 TLS：服务器应同时支持 TLS 1.2。',
  },
  sources: [
    platformDocument,
    'https://developer.android.com/about/versions/10/behavior-changes-all (TLS 1.3 since Android 10)',
  ],
  title: { en: 'TLS 1.3 only', 'zh-CN': '仅支持 TLS 1.3' },
  needs: ['protocols'],
  check({ protocols }, { stack }) {
    const only13 = protocols['TLSv1.3'] === true && protocols['TLSv1.2'] === false
    return only13 && !stack.hello.spec.versions.includes(0x0304) ? [{ args: {} }] : []
  },
  example: {},
  message: () => ({
    en: 'the server speaks TLS 1.3 alone; this client ends at TLS 1.2',
    'zh-CN': '服务器仅支持 TLS 1.3；该客户端最高支持 TLS 1.2',
  }),
  fix: () =>
    speakModernTls({
      en: 'Offer TLS 1.2 beside TLS 1.3.',
      'zh-CN': '在 TLS 1.3 之外同时提供 TLS 1.2。',
    }),
})
