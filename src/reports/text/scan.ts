/** What a scan found, for people: the suites of each version, then groups, schemes and all else, and what it cost. */
import { formatAuthority } from '../../connect/target.ts'
import type { ReportOptions, TargetResult } from '../../report.ts'
import type { ScanFacts, Scanned, ScannedProtocol } from '../../scan/scan-facts.ts'
import { scannedIp, traitsOf } from '../../scan/scanned-suite.ts'
import type { Locale, Text } from '../../text.ts'
import { groupName, schemeName } from '../../wire/names.ts'
import { findingLines } from './findings.ts'
import { displayWidth, indent, padEnd, wrap } from './layout.ts'
import { paint, WORDS } from './words.ts'

export function scanLines(target: TargetResult, scan: ScanFacts, options: ReportOptions): string[] {
  const { style, locale } = options
  const ip = scannedIp(target.addresses)
  const { host, port, input } = target
  const where = host === null || port === null ? input : formatAuthority(host, port)
  const findings = findingLines(target, options)
  return [
    paint('bold', `${where}   ${ip}`, style),
    ...protocolLines(scan.protocols, options),
    ...rowLines(rowsOf(scan, options), options),
    ...(findings.length > 0 ? [paint('bold', WORDS.findings[locale], style), ...findings] : []),
    ...wrap(costText(scan.cost)[locale], style.width - 1).map(line =>
      paint('dim', ` ${line}`, style),
    ),
  ]
}

/** Newest first; those with the same answer and no suites share a line. */
function protocolLines(protocols: readonly ScannedProtocol[], options: ReportOptions): string[] {
  const { style, locale } = options
  const newest = protocols.toReversed()
  const named = (offered: false | null) =>
    newest.filter(one => one.offered === offered).map(({ version }) => version)
  const shut = [
    [named(false), SCAN_WORDS.notOffered],
    [named(null), SCAN_WORDS.unknown],
  ] as const
  return [
    ...newest.filter(({ offered }) => offered).flatMap(one => suiteLines(one, options)),
    ...shut.flatMap(([versions, words]) =>
      versions.length > 0
        ? [` ${paint('bold', versions.join(', '), style)}  ${words[locale]}`]
        : [],
    ),
  ]
}

function suiteLines(protocol: ScannedProtocol, { style, locale }: ReportOptions): string[] {
  const { version, suites, preference, unknownSuites } = protocol
  const traits = suites.map(({ code }) => traitsOf(version, code))
  const width = Math.max(...traits.map(({ name }) => name.length))
  const who = preference ? `  ${SCAN_WORDS[preference][locale]}` : ''
  const open =
    unknownSuites > 0
      ? { en: `  ${unknownSuites} suites unknown`, 'zh-CN': `  ${unknownSuites} 个套件未知` }[
          locale
        ]
      : ''
  return [
    ` ${paint('bold', version, style)}${who}${open}`,
    ...suites.map(({ group, dhBits }, index) => {
      const { name = '', bits = 0 } = traits[index] ?? {}
      const exchange = group === null ? (dhBits === null ? '' : `DH ${dhBits}`) : groupName(group)
      return `   ${padEnd(name, width)}  ${String(bits).padStart(3)} bit  ${exchange}`.trimEnd()
    }),
  ]
}

type Row = readonly [Text, string]

function rowsOf(
  { groups, signatureSchemes, dhPrimes, extras, protocols }: ScanFacts,
  { locale }: ReportOptions,
): readonly Row[] {
  if (!protocols.some(({ offered }) => offered)) return []
  const words = (value: boolean | null) =>
    (value === null ? SCAN_WORDS.unknown : value ? SCAN_WORDS.yes : SCAN_WORDS.no)[locale]
  const primes = dhPrimes.map(({ bits, name }) => (name ? `${bits} (${name})` : String(bits)))
  const tickets = extras.tickets.map(({ version, lifetimeS }) =>
    lifetimeS === 'none' ? `${version} –` : `${version} ${lifetimeS} s`,
  )
  return [
    [SCAN_WORDS.groups, taken(groups, groupName, locale)],
    [SCAN_WORDS.schemes, taken(signatureSchemes, schemeName, locale)],
    ...(primes.length > 0 ? [[SCAN_WORDS.primes, primes.join(', ')] as const] : []),
    [SCAN_WORDS.tickets, tickets.join(', ') || SCAN_WORDS.unknown[locale]],
    [SCAN_WORDS.earlyData, words(extras.maxEarlyData === null ? null : extras.maxEarlyData > 0)],
    [SCAN_WORDS.masterSecret, words(extras.extendedMasterSecret)],
    [SCAN_WORDS.renegotiation, words(extras.secureRenegotiation)],
    [SCAN_WORDS.fallback, words(extras.fallbackScsv)],
    [SCAN_WORDS.compression, words(extras.compression)],
  ]
}

function taken(
  items: readonly Scanned[],
  nameOf: (code: number) => string,
  locale: Locale,
): string {
  const names = items.filter(({ offered }) => offered).map(({ code }) => nameOf(code))
  const open = items.filter(({ offered }) => offered === null).length
  return (
    [
      ...names,
      ...(open > 0 ? [{ en: `${open} unknown`, 'zh-CN': `${open} 个未知` }[locale]] : []),
    ].join(', ') || '–'
  )
}

function rowLines(rows: readonly Row[], { style, locale }: ReportOptions): string[] {
  const column = Math.max(0, ...rows.map(([word]) => displayWidth(word[locale]))) + 2
  return rows.flatMap(([word, value]) => {
    const [first = '', ...more] = wrap(value, style.width - column - 1)
    return [` ${padEnd(word[locale], column)}${first}`, ...indent(more, ' '.repeat(column + 1))]
  })
}

const LEAST_RTT_MS = 5

function costText({
  sent,
  unanswered,
  atOnce,
  durationMs,
  rttMs,
  exhausted,
}: ScanFacts['cost']): Text {
  const seconds = (durationMs / 1000).toFixed(1)
  // Nearby, it is the machine's time that counts.
  const trips = rttMs !== null && rttMs >= LEAST_RTT_MS ? Math.round(durationMs / rttMs) : null
  const rtt = rttMs?.toFixed(0)
  return {
    en: [
      `${sent} connections, at most ${atOnce} at once, ${unanswered} unanswered; ${seconds} s`,
      ...(trips === null ? [] : [`, ${trips} round trips of ${rtt} ms`]),
      ...(exhausted ? [`; stopped early: ${EXHAUSTED[exhausted].en}`] : []),
    ].join(''),
    'zh-CN': [
      `共 ${sent} 个连接，最多同时 ${atOnce} 个，${unanswered} 个无应答；耗时 ${seconds} 秒`,
      ...(trips === null ? [] : [`，约 ${trips} 个往返（每个 ${rtt} 毫秒）`]),
      ...(exhausted ? [`；提前结束：${EXHAUSTED[exhausted]['zh-CN']}`] : []),
    ].join(''),
  }
}

const EXHAUSTED: Readonly<Record<NonNullable<ScanFacts['cost']['exhausted']>, Text>> = {
  time: { en: 'out of time', 'zh-CN': '时间用尽' },
  connections: { en: 'too many connections', 'zh-CN': '连接数达到上限' },
  patience: { en: 'the server does not answer any more', 'zh-CN': '服务器不再应答' },
}

const SCAN_WORDS = {
  notOffered: { en: 'not offered', 'zh-CN': '未启用' },
  unknown: { en: 'could not be found out', 'zh-CN': '未能查明' },
  server: { en: "in the server's order", 'zh-CN': '按服务器顺序' },
  client: { en: 'the client decides', 'zh-CN': '由客户端决定' },
  groups: { en: 'Groups', 'zh-CN': '密钥交换组' },
  schemes: { en: 'Signatures', 'zh-CN': '签名算法' },
  primes: { en: 'DH primes', 'zh-CN': 'DH 素数' },
  tickets: { en: 'Session tickets', 'zh-CN': '会话票据' },
  earlyData: { en: '0-RTT', 'zh-CN': '0-RTT' },
  masterSecret: { en: 'Extended master secret', 'zh-CN': '扩展主密钥' },
  renegotiation: { en: 'Secure renegotiation', 'zh-CN': '安全重协商' },
  fallback: { en: 'Fallback SCSV', 'zh-CN': '回退保护 SCSV' },
  compression: { en: 'Compression', 'zh-CN': '压缩' },
  yes: { en: 'yes', 'zh-CN': '是' },
  no: { en: 'no', 'zh-CN': '否' },
} as const satisfies Record<string, Text>
