/** Row 36: the leaf is its own issuer, and no system trusts it. */
import { reissue } from '../advice.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'error',
  rank: 12,
  statement: {
    en: 'Self-signed certificates are not supported on iOS; no phone accepts them unasked.',
    'zh-CN': 'iOS 不支持自签名证书；其他手机默认也不接受。',
  },
  sources: [platformDocument],
  title: { en: 'The certificate is self-signed', 'zh-CN': '自签名证书' },
  needs: ['trust', 'leaf'],
  check: ({ trust, leaf }) => (trust.selfSigned ? [{ args: { subject: leaf.subject.text } }] : []),
  example: { subject: 'CN=api.example.com' },
  message: ({ subject }) => ({
    en: `${subject} signed itself`,
    'zh-CN': `${subject} 由其自身签发`,
  }),
  fix: () =>
    reissue({
      en: 'Get a certificate from a public CA; a private CA cannot be installed for the users of a Mini Program.',
      'zh-CN': '向公共 CA 申请证书；小程序用户的手机上无法安装私有 CA。',
    }),
})
