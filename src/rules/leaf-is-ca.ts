/** Row 30: the server shows a CA's certificate as its own. */
import { reissue } from '../advice.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  // No client here documents a refusal; CAs may not issue it.
  severity: 'warn',
  rank: 35,
  statement: {
    en: 'The certificate must be valid: a server certificate is no CA.',
    'zh-CN': '证书必须有效：站点证书不应是 CA 证书。',
  },
  sources: [platformDocument, 'CA/Browser Forum Baseline Requirements section 7.1.2.7'],
  title: { en: 'The server certificate is a CA', 'zh-CN': '站点证书是 CA 证书' },
  needs: ['leaf'],
  check: ({ leaf }) =>
    leaf.basicConstraints?.ca ? [{ args: { subject: leaf.subject.text } }] : [],
  example: { subject: 'CN=Example CA' },
  message: ({ subject }) => ({
    en: `${subject} is marked as a CA`,
    'zh-CN': `${subject} 被标记为 CA`,
  }),
  fix: () =>
    reissue({
      en: "Issue a certificate for the server; keep the CA's key off it. If the chain file begins with an intermediate, put the leaf first.",
      'zh-CN':
        '请为服务器单独签发证书，CA 私钥不应放在服务器上；若证书链文件以中间证书开头，请将站点证书放在最前。',
    }),
})
