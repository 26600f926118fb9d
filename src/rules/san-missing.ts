/** Row 32: no subject alternative name, and this client does not look at the common name. */
import { defineRule } from '../rule.ts'
import { apple13, platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'error',
  rank: 11,
  statement: {
    en: 'The name of the site must be the one the certificate was issued for; newer clients read subjectAltName alone.',
    'zh-CN': '站点域名必须与证书颁发的域名一致；新版客户端只读取 subjectAltName。',
  },
  sources: [platformDocument, apple13, 'RFC 9525 section 2'],
  title: { en: 'No subject alternative name', 'zh-CN': '缺少 subjectAltName' },
  needs: ['leaf'],
  check({ leaf }, { stack }) {
    if (leaf.subjectAltName !== null || stack.policy.commonName === 'fallback') return []
    return [{ args: { commonName: leaf.subject.commonName } }]
  },
  example: { commonName: 'api.example.com' },
  message: ({ commonName }) => ({
    en: `the certificate names ${commonName ?? 'nobody'} in the common name alone, which this client ignores`,
    'zh-CN': `证书仅在 commonName 中写有 ${commonName ?? '（空）'}，该客户端不读取 commonName`,
  }),
  fix: () => ({
    text: {
      en: 'Issue it again with the names as subjectAltName.',
      'zh-CN': '重新签发，并将域名写入 subjectAltName。',
    },
    snippets: {
      openssl:
        'openssl req -new -key privkey.pem -subj /CN=api.example.com -addext subjectAltName=DNS:api.example.com',
    },
  }),
})
