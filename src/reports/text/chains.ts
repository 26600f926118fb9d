/** The chain as sent, drawn: each certificate on a line, what is missing, and where it leads. */
import type { CertificateResult, ChainResult, MissingResult, ReportOptions } from '../../report.ts'
import { DAY_MS, formatDay, type Locale, type Text } from '../../text.ts'
import { cut, displayWidth, indent, labelled, padEnd, wrap } from './layout.ts'
import { dash, paintVerdict, verdictSign, WORDS } from './words.ts'

/** What is odd about a certificate's place; null where nothing is. */
export const ROLES: Readonly<Record<CertificateResult['role'], Text | null>> = {
  leaf: null,
  issuer: null,
  root: { en: 'root, need not be sent', 'zh-CN': '根证书，无需发送' },
  duplicate: { en: 'sent before', 'zh-CN': '重复' },
  unrelated: { en: 'unrelated', 'zh-CN': '无关' },
}

export function drawChain(chain: ChainResult, at: number, options: ReportOptions): string[] {
  const { locale } = options
  const all: Line[] = [
    ...chain.sent.map(certificate => certificateLine(certificate, at, options)),
    ...chain.missing.map(missing => missingLine(missing, options)),
    ...chain.anchors.map(({ label, trustedBy }): Line => ['pass', label, trustedBy[locale]]),
    ...(chain.trustedBy && chain.anchors.length > 1
      ? [['pass', WORDS.trustedOn[locale], chain.trustedBy[locale]] as const]
      : []),
  ]
  // Whoever makes a certificate may name it at any length.
  const lines = all.map(([mark, label, rest]): Line => [mark, cut(label, MOST_COLUMNS), rest])
  const width = Math.min(40, Math.max(...lines.map(([, label]) => displayWidth(label))))
  return lines.flatMap(line => draw(line, width, options))
}

/** X.520 gives a commonName no more characters. */
const MOST_COLUMNS = 64

type Line = readonly [mark: 'pass' | 'warn' | 'fail', label: string, rest: string]

function draw([mark, label, rest]: Line, width: number, { style }: ReportOptions): string[] {
  const sign = paintVerdict(mark, verdictSign(mark, style), style)
  const margin = ' '.repeat(verdictSign(mark, style).length + width + 4)
  const [first = '', ...more] = wrap(rest, style.width - displayWidth(margin))
  return [` ${sign} ${padEnd(label, width)}  ${first}`, ...indent(more, margin)]
}

function certificateLine(
  certificate: CertificateResult,
  at: number,
  { style, locale }: ReportOptions,
): Line {
  const { label, key, signatureAlgorithm, notBefore, notAfter, role, fault } = certificate
  if (fault !== null || notBefore === null || notAfter === null)
    return ['fail', WORDS.unreadable[locale], fault ?? '']
  const dates = `${formatDay(notBefore)} ${dash(style)} ${formatDay(notAfter)}`
  const remark = ROLES[role]
  const parts = [
    `${key}, ${hashOf(signatureAlgorithm)}`,
    dates,
    timeLeft(notBefore, notAfter, at, locale),
    ...(remark ? [remark[locale]] : []),
  ]
  const dated = at >= notBefore && at <= notAfter
  return [dated ? 'pass' : role === 'leaf' ? 'fail' : 'warn', label, parts.join('  ')]
}

function missingLine(
  { subject, keyId, issuerUrl, sha256 }: MissingResult,
  { locale }: ReportOptions,
): Line {
  const parts = [
    issuerUrl,
    keyId && `${WORDS.keyId[locale]} ${keyId}`,
    sha256 && `SHA-256 ${sha256}`,
  ].filter(part => part !== null)
  return ['fail', labelled(WORDS.missing[locale], commonNameOf(subject), locale), parts.join('\n')]
}

export function timeLeft(notBefore: number, notAfter: number, at: number, locale: Locale): string {
  const days = Math.floor((notAfter - at) / DAY_MS)
  const part = Math.max(0, Math.round((100 * (notAfter - at)) / (notAfter - notBefore)))
  if (at > notAfter) return { en: 'expired', 'zh-CN': '已过期' }[locale]
  if (at < notBefore) return { en: 'not valid yet', 'zh-CN': '尚未生效' }[locale]
  return { en: `${days} days left (${part} %)`, 'zh-CN': `剩余 ${days} 天（${part}%）` }[locale]
}

/** The part of a signature algorithm that ages. */
export function hashOf(algorithm: string): string {
  return /(?:SHA|MD|SM)-?\d+/.exec(algorithm)?.[0] ?? algorithm
}

export function commonNameOf(subject: string): string {
  return /(?:^|, )CN=((?:\\.|[^,\\])+)/.exec(subject)?.[1] ?? subject
}
