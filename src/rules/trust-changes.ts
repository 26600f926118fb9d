/** Row 31: where the deploy begins or ends the trust of a client. */
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'warn',
  rank: 42,
  statement: {
    en: 'The root must be built into the system: a deploy should lose no system that trusts the chain today.',
    'zh-CN': '根证书必须为系统内置：部署新证书不应使原本信任证书链的系统不再信任。',
  },
  sources: [platformDocument],
  title: { en: 'Trust changes with the deploy', 'zh-CN': '部署后信任情况改变' },
  needs: ['trust', 'live'],
  check({ trust, live }) {
    const isTrusted = trust.path !== null
    if (isTrusted === live.trusted) return []
    const severity = isTrusted ? 'info' : 'warn'
    return [{ args: { gained: isTrusted }, severity, about: isTrusted ? 'gained' : 'lost' }]
  },
  example: { gained: false },
  message: ({ gained }) =>
    gained
      ? {
          en: 'this chain is trusted here; the one in use is not',
          'zh-CN': '新证书链受信任，线上证书链不受信任',
        }
      : {
          en: 'the chain in use is trusted here; this one is not',
          'zh-CN': '线上证书链受信任，新证书链不受信任',
        },
  fix: ({ gained }) =>
    gained
      ? null
      : {
          text: {
            en: 'Send the same intermediates as today, such as the cross-sign for old phones, or take a certificate of the same CA.',
            'zh-CN': '沿用线上的中间证书（例如供旧手机使用的交叉签名证书），或向同一 CA 申请证书。',
          },
        },
})
