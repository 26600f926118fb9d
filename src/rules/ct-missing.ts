/** Row 41: too few certificate timestamps, even if those of logs that are not known here all count. */
import { reissue } from '../advice.ts'
import { isDoubtful, type SctOutcome, sctLogName, sctOutcomeText } from '../chain/sct.ts'
import { type Transparency, weighScts } from '../facts/transparency.ts'
import { defineRule } from '../rule.ts'
import { join, same, type Text } from '../text.ts'

interface Args extends Pick<Transparency, 'embedded' | 'needed' | 'delivered'> {
  readonly lacks: Exclude<Transparency['state'], 'met' | 'unverified'>
  /** Those that no client counts, and why. */
  readonly ignored: readonly { readonly log: string; readonly outcome: SctOutcome }[]
}

const MOST_NAMED = 5

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
    'RFC 6962 section 3',
  ],
  title: { en: 'Certificate Transparency is missing', 'zh-CN': '缺少证书透明度（CT）信息' },
  needs: ['leaf', 'scts'],
  check({ leaf, scts }, { at, stack }) {
    const weighed = stack.ct && weighScts(leaf, scts, stack.ct, at)
    if (!stack.ct || !weighed || weighed.state === 'met' || weighed.state === 'unverified')
      return []
    const { state, embedded, needed, delivered } = weighed
    const ignored = scts
      .filter(sct => sct.outcome !== 'good' && !isDoubtful(sct))
      .slice(0, MOST_NAMED)
      .map(sct => ({ log: sctLogName(sct), outcome: sct.outcome }))
    const args: Args = { lacks: state, embedded, needed, delivered, ignored }
    // Documents ask for several operators; Apple's code counts logs alone.
    return [{ args, severity: state === 'one-operator' ? 'warn' : stack.ct.severity }]
  },
  example: {
    lacks: 'too-few',
    embedded: 1,
    needed: 2,
    delivered: 0,
    ignored: [{ log: 'Example Log 2026', outcome: 'bad-signature' }],
  },
  message: (args: Args) => join([lackText(args), ignoredText(args)]),
  fix: () =>
    reissue({
      en: 'Every public CA embeds them: have it issued again without opting out of transparency logs.',
      'zh-CN': '公共 CA 均会嵌入 SCT：请重新签发，并且不要选择“不写入 CT 日志”。',
    }),
})

function lackText({ lacks, embedded, needed, delivered }: Args): Text {
  if (lacks === 'none-approved')
    return {
      en: `none of its ${embedded} SCTs is from a log that is approved today`,
      'zh-CN': `其 ${embedded} 个 SCT 均非来自目前获批的日志`,
    }
  if (lacks === 'one-operator')
    return {
      en: 'all its SCTs are from logs of one operator; two are asked for',
      'zh-CN': '其 SCT 全部来自同一运营方的日志；要求至少两个运营方',
    }
  return {
    en: `SCTs in the certificate that count: ${embedded} of ${needed} needed; with the handshake: ${delivered}`,
    'zh-CN': `证书内可计入的 SCT 为 ${embedded} 个，需要 ${needed} 个；握手中另有 ${delivered} 个`,
  }
}

function ignoredText({ ignored }: Args): Text {
  if (ignored.length === 0) return same('')
  const each = ignored.map(({ log, outcome }) => {
    const { en, 'zh-CN': zh } = sctOutcomeText({ outcome })
    return { en: `${log} (${en})`, 'zh-CN': `${log}（${zh}）` }
  })
  return {
    en: `; not counted: ${join(each, ', ').en}`,
    'zh-CN': `；未计入：${join(each, '、')['zh-CN']}`,
  }
}
