/** The certificate promises a stapled OCSP response, and none came. */
import { defineRule } from '../rule.ts'

const STATUS_REQUEST = 5

export default defineRule({
  severity: 'warn',
  rank: 48,
  statement: {
    en: 'A certificate with the must-staple feature promises a stapled OCSP response. No Mini Program client enforces it.',
    'zh-CN': '带有 must-staple 的证书承诺附带 OCSP 响应。小程序的客户端均不强制。',
  },
  sources: ['RFC 7633 section 4.3.3'],
  title: { en: 'Must-staple without a staple', 'zh-CN': '要求 OCSP 装订但未装订' },
  needs: ['leaf', 'objection'],
  uses: ['flight'],
  check({ leaf, flight, objection }, { stack }) {
    if (objection?.to === 'staple') return [{ args: { refused: true }, severity: 'error' }]
    const asked = stack.hello.spec.extensions.includes('status_request')
    const promised = leaf.tlsFeature?.includes(STATUS_REQUEST)
    return asked && promised && flight?.ocspStaple === null ? [{ args: { refused: false } }] : []
  },
  example: { refused: false },
  message: ({ refused }) =>
    refused
      ? {
          en: 'the certificate demands OCSP stapling, and the server staples nothing; this client refuses that',
          'zh-CN': '证书要求 OCSP 装订，但服务器没有装订；该客户端因而拒绝',
        }
      : {
          en: 'the certificate demands OCSP stapling, and the server staples nothing',
          'zh-CN': '证书要求 OCSP 装订，但服务器没有装订',
        },
  fix: () => ({
    text: { en: 'Switch OCSP stapling on.', 'zh-CN': '启用 OCSP 装订。' },
    snippets: {
      nginx: 'ssl_stapling on;\nssl_stapling_verify on;',
      apache: 'SSLUseStapling on\nSSLStaplingCache shmcb:logs/ssl_stapling(32768)',
    },
  }),
})
