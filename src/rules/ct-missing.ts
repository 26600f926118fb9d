/** Row 41: too few signed certificate timestamps, even if every one of them is good. */

import { reissue } from '../advice.ts'
import { countScts } from '../facts/transparency.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  severity: 'error',
  rank: 24,
  statement: {
    en: 'Configure the certificate by the highest standard: Apple demands Certificate Transparency under built-in roots.',
    'zh-CN': '按照最高标准配置证书：Apple 要求内置根证书下的证书满足证书透明度（CT）。',
  },
  sources: [
    'https://support.apple.com/en-us/103214',
    'apple-oss-distributions/Security 61901 trust/trustd/CertificateTransparency.m',
  ],
  title: { en: 'Certificate Transparency is missing', 'zh-CN': '缺少证书透明度（CT）信息' },
  needs: ['leaf', 'trust', 'flight'],
  check({ leaf, trust, flight }, { at, stack }) {
    const demand = stack.ct
    if (!demand || !trust.builtIn || leaf.notBefore < demand.notBeforeFrom || at > leaf.notAfter)
      return []
    const { embedded, needed, delivered } = countScts(leaf, flight, demand)
    if (embedded >= needed || delivered >= demand.delivered) return []
    return [{ args: { embedded, needed, delivered }, severity: demand.severity }]
  },
  example: { embedded: 0, needed: 2, delivered: 0 },
  message: ({ embedded, needed, delivered }) => ({
    en: `the certificate holds ${embedded} SCTs of ${needed} needed, and ${delivered} came with the handshake`,
    'zh-CN': `证书内含 ${embedded} 个 SCT，需要 ${needed} 个；握手中另有 ${delivered} 个`,
  }),
  fix: () =>
    reissue({
      en: 'Every public CA embeds them: have it issued again without opting out of transparency logs.',
      'zh-CN': '公共 CA 均会嵌入 SCT：请重新签发，且不要选择不记录 CT 日志。',
    }),
})
