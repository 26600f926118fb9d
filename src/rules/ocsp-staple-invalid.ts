/** The server staples an OCSP response that nobody can use. */
import { troubleText } from '../chain/status.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  severity: 'warn',
  rank: 47,
  statement: {
    en: "A stapled OCSP response must be current, about this certificate, and signed by its issuer or for it. Android's own stack checks it, and may refuse the connection.",
    'zh-CN':
      '装订的 OCSP 响应必须在有效期内、针对该证书，并由其颁发者或授权者签名。Android 系统自身的协议栈会校验它，并可能拒绝连接。',
  },
  sources: [
    'RFC 6960 section 3.2',
    'RFC 6066 section 8',
    'google/conscrypt TrustManagerImpl.java (setOcspResponses)',
  ],
  title: { en: 'The stapled OCSP response is of no use', 'zh-CN': 'OCSP 装订无效' },
  needs: ['revocation'],
  check: ({ revocation: { staple } }) =>
    staple?.state === 'unknown' ? [{ args: { trouble: staple.trouble } }] : [],
  example: {
    trouble: {
      code: 'ocsp-late',
      detail: { en: '2026-11-20T08:00Z', 'zh-CN': '2026-11-20T08:00Z' },
    },
  },
  message: ({ trouble }) => {
    const { en, 'zh-CN': zh } = troubleText(trouble)
    return {
      en: `what the server staples is of no use: ${en}`,
      'zh-CN': `服务器装订的响应无效：${zh}`,
    }
  },
  fix: () => ({
    text: {
      en: 'Let the server check what it staples and fetch it anew: it must reach the OCSP responder, and its clock must be right.',
      'zh-CN': '让 Web 服务器重新获取并校验 OCSP 响应：它须能访问 CA 的 OCSP 服务器，且时钟准确。',
    },
    snippets: {
      nginx:
        'ssl_stapling on;\nssl_stapling_verify on;\nssl_trusted_certificate /etc/ssl/issuers.pem;  # intermediates and root\nresolver 127.0.0.53;  # a resolver that this server can reach',
      apache: 'SSLUseStapling on\nSSLStaplingCache shmcb:logs/ssl_stapling(32768)',
    },
  }),
})
