/** The server accepts a suite that protects nobody. */
import { speakModernTls } from '../advice.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  severity: 'warn',
  rank: 45,
  statement: {
    en: 'NULL, EXPORT, RC4, DES, 3DES and anonymous suites must not be negotiated.',
    'zh-CN': '不得协商 NULL、EXPORT、RC4、DES、3DES 及匿名套件。',
  },
  sources: ['RFC 9325 section 4.1', 'RFC 7465', 'RFC 8429 section 5', 'https://sweet32.info/'],
  title: { en: 'A weak suite is accepted', 'zh-CN': '接受弱加密套件' },
  needs: ['server'],
  check: ({ server: { weakSuites } }) =>
    weakSuites && weakSuites.length > 0 ? [{ args: { suites: weakSuites.join(', ') } }] : [],
  example: { suites: 'TLS_RSA_WITH_3DES_EDE_CBC_SHA' },
  message: ({ suites }) => ({
    en: `the server accepts ${suites}`,
    'zh-CN': `服务器接受 ${suites}`,
  }),
  fix: () =>
    speakModernTls({
      en: 'Leave only AEAD suites with ECDHE in the list; no client judged here needs another.',
      'zh-CN': '套件列表中只保留使用 ECDHE 的 AEAD 套件；此处检查的客户端都不需要其他套件。',
    }),
})
