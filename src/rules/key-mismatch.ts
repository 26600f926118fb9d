/** Row 30: the private key is another certificate's. */
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'error',
  rank: 0,
  statement: {
    en: 'The certificate must be valid: a server can only use it with its own private key.',
    'zh-CN': '证书必须有效：服务器只能以与之配对的私钥使用该证书。',
  },
  sources: [platformDocument, 'RFC 8446 section 4.4.2.2'],
  title: { en: 'The private key is not that of the certificate', 'zh-CN': '私钥与证书不匹配' },
  needs: ['leaf', 'keyPair'],
  check({ leaf, keyPair }) {
    return keyPair ? [] : [{ args: { subject: leaf.subject.text, key: leaf.publicKey.label } }]
  },
  example: { subject: 'CN=api.example.com', key: 'EC P-256' },
  message: ({ subject, key }) => ({
    en: `the private key does not belong to ${subject} (${key})`,
    'zh-CN': `私钥与 ${subject}（${key}）不匹配`,
  }),
  fix: () => ({
    text: {
      en: 'Take the key with which this certificate was requested, or have the certificate issued again for this key.',
      'zh-CN': '使用申请该证书时的私钥，或以现有私钥重新签发证书。',
    },
    snippets: {
      openssl:
        'openssl x509 -in fullchain.pem -noout -pubkey | openssl sha256\nopenssl pkey -in privkey.pem -pubout | openssl sha256  # must be the same',
    },
  }),
})
