/** Row 41: the leaf lasts longer than this client accepts. */
import { reissue } from '../advice.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'
import { formatDay } from '../text.ts'

export default defineRule({
  severity: 'error',
  rank: 20,
  statement: {
    en: 'Configure the certificate by the highest standard: Apple and Chromium limit how long it may last.',
    'zh-CN': '按照最高标准配置证书：Apple 与 Chromium 限制证书有效期。',
  },
  sources: [
    platformDocument,
    'https://support.apple.com/en-us/103769 (825 days)',
    'https://support.apple.com/en-us/102028 (398 days)',
    'chromium net/cert/cert_verify_proc.cc HasTooLongValidity',
  ],
  title: { en: 'The certificate lasts too long', 'zh-CN': '证书有效期过长' },
  needs: ['leaf', 'faults'],
  check({ leaf, faults }) {
    return faults.flatMap(({ reason, args: { days = '', limit = '' } }) =>
      reason === 'lifetime'
        ? [{ args: { days, limit, notBefore: formatDay(leaf.notBefore) } }]
        : [],
    )
  },
  example: { days: '1825', limit: '398', notBefore: '2026-01-01' },
  message: ({ days, limit, notBefore }) => ({
    en: `the certificate lasts ${days} days; issued on ${notBefore}, ${limit} are allowed`,
    'zh-CN': `证书有效期为 ${days} 天；${notBefore} 签发的证书最长允许 ${limit} 天`,
  }),
  fix: ({ limit }) =>
    reissue({
      en: `Issue it for ${Number(limit) - 1} days at most and renew it by machine.`,
      'zh-CN': `有效期不超过 ${Number(limit) - 1} 天，并启用自动续期。`,
    }),
})
