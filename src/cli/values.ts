/** How the values of flags are read; each throws a UsageError that says what would be right. */
import { isIpLiteral, normalizeHost } from '../connect/target.ts'
import { UsageError } from '../errors.ts'
import type { Threshold } from '../facts/facts.ts'
import { DAY_MS } from '../text.ts'

/** Ten seconds as `10`, `10s`, `10000ms` or `1m`. */
export function parseDuration(text: string): number {
  const [, value, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text) ?? []
  const ms = Number(value) * { ms: 1, s: 1000, m: 60_000 }[unit as 'ms' | 's' | 'm']
  if (ms >= 1 && ms <= 3_600_000) return ms
  throw new UsageError({
    en: `not a time: ${text} (write 10s, 500ms or 1m)`,
    'zh-CN': `无效的时长：${text}（请写 10s、500ms 或 1m）`,
  })
}

/** A day (its first moment, UTC) or a moment in ISO 8601. */
export function parseDate(text: string): number {
  const iso =
    /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(text)
  const ms = iso ? Date.parse(text) : Number.NaN
  // Date.parse lets the 31st of February pass into March.
  if (
    !Number.isNaN(ms) &&
    new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() === Number(text.slice(8, 10))
  )
    return ms
  throw new UsageError({
    en: `not a date: ${text} (write 2027-03-15 or 2027-03-15T08:00:00Z)`,
    'zh-CN': `无效的日期：${text}（请写 2027-03-15 或 2027-03-15T08:00:00Z）`,
  })
}

export function parseThreshold(text: string): Threshold {
  const [, value, unit] = /^(\d+(?:\.\d+)?)(d|h|%)$/.exec(text) ?? []
  const number = Number(value)
  if (unit === '%' && number <= 100) return { part: number / 100 }
  if (unit === 'd') return { days: number }
  if (unit === 'h') return { days: (number * 3_600_000) / DAY_MS }
  throw new UsageError({
    en: `not a limit: ${text} (write 30d, 12h or 25%)`,
    'zh-CN': `无效的阈值：${text}（请写 30d、12h 或 25%）`,
  })
}

export function parseMaxConnections(text: string): number {
  return countFrom('--max-connections', text, 100)
}

export function parseRate(text: string): number {
  return countFrom('--rate', text, 10_000)
}

function countFrom(flag: string, text: string, most: number): number {
  const count = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (count >= 1 && count <= most) return count
  throw new UsageError({
    en: `${flag} ${text}: a number from 1 to ${most}`,
    'zh-CN': `${flag} ${text}：应为 1 到 ${most} 的整数`,
  })
}

export function parseList(text: string): readonly string[] {
  return text
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '')
}

/** `host:port:address`, as curl has it; an IPv6 address in brackets or not. */
export function parseResolve(
  text: string,
): readonly [authority: string, addresses: readonly string[]] {
  const [, host, port, rest = ''] = /^(\[[^\]]+\]|[^:]+):(\d+):(.+)$/.exec(text) ?? []
  const addresses = rest.split(',').map(address => address.replace(/^\[(.*)\]$/, '$1'))
  if (!host || !port || !addresses.every(isIpLiteral))
    throw new UsageError({
      en: `not host:port:address: ${text}`,
      'zh-CN': `格式应为“主机:端口:地址”：${text}`,
    })
  return [`${normalizeHost(host)}:${port}`, addresses]
}

export function parseAppid(text: string): string {
  if (isAppid(text)) return text
  throw new UsageError({
    en: `not an appid: ${text} (wx and 16 hexadecimal digits)`,
    'zh-CN': `不是 appid：${text}（wx 加 16 位十六进制字符）`,
  })
}

export function isAppid(text: string): boolean {
  return /^wx[0-9a-f]{16}$/i.test(text)
}

export function parseListenPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1
  if (port >= 0 && port <= 65_535) return port
  throw new UsageError({
    en: `--port ${text}: a number from 0 to 65535`,
    'zh-CN': `--port ${text}：应为 0 到 65535 的整数`,
  })
}

export function parseListenHost(text: string): string {
  if (isIpLiteral(text)) return text
  throw new UsageError({
    en: `--host ${text}: an address of this machine, or 0.0.0.0 for all of them`,
    'zh-CN': `--host ${text}：应为本机地址，或以 0.0.0.0 表示全部`,
  })
}

export function parseName(text: string): string {
  return normalizeHost(text)
}

/** A name, or all of one label below it: `*.example.com`. */
export function parseNameOrWildcard(text: string): string {
  return text.startsWith('*.') ? `*.${normalizeHost(text.slice(2), text)}` : normalizeHost(text)
}
