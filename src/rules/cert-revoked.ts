/** Row 30: the CA has revoked a certificate of the path. */
import { reissue } from '../advice.ts'
import { certificateLabel } from '../facts/leaf.ts'
import { defineRule } from '../rule.ts'
import { platformDocument, rfc5280 } from '../sources.ts'
import { formatDay } from '../text.ts'

export default defineRule({
  severity: 'error',
  rank: 10,
  statement: {
    en: 'The certificate must be valid: its CA has not revoked it. Not every client asks (Android looks at a staple alone), but nobody may rely on that.',
    'zh-CN':
      '证书必须有效：未被 CA 吊销。并非所有客户端都会查询（Android 只看装订的响应），但不能以此为依靠。',
  },
  sources: [
    platformDocument,
    rfc5280('6.3'),
    'RFC 6960 section 3.2',
    'google/conscrypt TrustManagerImpl.java (setRevocationEnabled(false), setOcspResponses)',
  ],
  title: { en: 'A certificate has been revoked', 'zh-CN': '证书已被吊销' },
  needs: ['revocation'],
  check: ({ revocation: { certificates } }) =>
    certificates.flatMap(({ certificate, role, heard }) => {
      for (const { source, status } of heard)
        if (status.state === 'revoked') {
          const { revokedAt, reason } = status
          const name = certificateLabel(certificate)
          const args = { name, role, date: formatDay(revokedAt), reason, source }
          return [{ args, about: role === 'leaf' ? role : certificate.subject.text }]
        }
      return []
    }),
  example: {
    name: 'api.example.com',
    role: 'leaf',
    date: '2026-11-20',
    reason: 'keyCompromise',
    source: 'ocsp',
  },
  message: ({ name, date, reason, source }) => ({
    en: `${name} was revoked on ${date} (${reason}), says ${SOURCES[source].en}`,
    'zh-CN': `${name} 已于 ${date} 被吊销（${reason}），依据：${SOURCES[source]['zh-CN']}`,
  }),
  fix: ({ role }) =>
    role === 'leaf'
      ? reissue({
          en: 'Have the certificate issued again, for a new key, and reload every node.',
          'zh-CN': '更换新密钥后重新签发证书，并重载所有节点。',
        })
      : reissue({
          en: 'The CA has withdrawn an intermediate: have the certificate issued again, under another one.',
          'zh-CN': '该中间证书已被 CA 吊销：请改由另一张中间证书重新签发站点证书。',
        }),
})

const SOURCES = {
  staple: { en: 'the OCSP response the server staples', 'zh-CN': '服务器装订的 OCSP 响应' },
  ocsp: { en: 'its OCSP responder', 'zh-CN': '其 OCSP 服务器' },
  crl: { en: "its issuer's CRL", 'zh-CN': '其颁发者的吊销列表' },
} as const
