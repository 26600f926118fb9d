/** Row 30: a certificate of the chain is not signed by the issuer it names. */
import { serveFullChain } from '../advice.ts'
import { pathErrorText } from '../chain/path-error.ts'
import { defineRule } from '../rule.ts'
import { platformDocument, rfc5280 } from '../sources.ts'

export default defineRule({
  severity: 'error',
  rank: 12,
  statement: {
    en: "The certificate must be valid: each signature verifies with its issuer's key.",
    'zh-CN': '证书必须有效：每张证书的签名都能用颁发者的公钥验证。',
  },
  sources: [platformDocument, rfc5280('6.1.3')],
  title: { en: 'A signature does not verify', 'zh-CN': '证书签名验证失败' },
  needs: ['faults'],
  uses: ['trust'],
  check({ trust, faults }) {
    const errors = trust?.error ? [trust.error, ...faults] : faults
    return errors
      .filter(({ code }) => code === 'SIGNATURE')
      .map(error => ({ args: { text: pathErrorText(error) } }))
  },
  example: {
    text: {
      en: 'api.example.com: its signature was not made with the key of CN=Example CA',
      'zh-CN': 'api.example.com: 签名与 CN=Example CA 的密钥不匹配',
    },
  },
  message: ({ text }) => text,
  fix: () =>
    serveFullChain({
      en: 'The chain file holds an intermediate of the right name and the wrong key: take the one that came with this leaf.',
      'zh-CN': '证书链文件中的中间证书名称相同但密钥不同：请使用与该站点证书配套的中间证书。',
    }),
})
