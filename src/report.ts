/** The contract of a report: a Result in, a string out. Reports know no rule, no file and no clock. */
import { formatAuthority } from './connect/target.ts'
import type { Server } from './facts/server.ts'
import type { Grade, Status, Verdict } from './grade.ts'
import type { Level } from './level.ts'
import type { RecordedError } from './observation.ts'
import type { Place } from './place.ts'
import type { Api, Family, Tier } from './platform.ts'
import type { Fix, RuleWords, Severity } from './rule.ts'
import type { ScanFacts } from './scan/scan-facts.ts'
import type { Locale, Text } from './text.ts'

/** What one run found out: the JSON report with every text in every language. */
export interface Result {
  readonly run: RunInfo
  readonly targets: readonly TargetResult[]
  readonly totals: Totals
}

/** What holds for all targets, and is known before the first one. */
export interface RunInfo {
  readonly toolVersion: string
  /** ms since the epoch. */
  readonly startedAt: number
  /** The moment that was judged, ms since the epoch. */
  readonly judgedAt: number
  readonly ruleSet: string
  readonly gradingVersion: string
  readonly stores: readonly {
    readonly name: string
    readonly version: string
    readonly date: string
    /** The day on which it was last verified. */
    readonly verified: string
  }[]
  readonly client: OwnClientResult | null
  /** The rules by id: reasons name rules that may have found nothing. */
  readonly rules: Readonly<Record<string, RuleInfo>>
}

export type RuleInfo = Pick<RuleWords, 'severity' | 'title' | 'statement' | 'sources'>

/** What is known after the last target. */
export interface Totals {
  readonly durationMs: number
  /** How many targets ended so. */
  readonly counts: Readonly<Record<Status, number>>
  /** How many findings there are of each severity, those that were set aside left out. */
  readonly findings: Readonly<Record<Severity, number>>
  /** The worst of the targets', and how many are not fine. */
  readonly level: Level
  readonly problems: number
}

/** The client that the user brought, by its ClientHello. */
export interface OwnClientResult {
  /** The name of its file. */
  readonly title: string
  readonly ja3: string
  readonly ja4: string
  /** The known hello it looks like. */
  readonly resembles: { readonly id: string; readonly title: Text } | null
}

export interface TargetResult {
  readonly input: string
  /** Null for the folder of a Mini Program. */
  readonly host: string | null
  readonly port: number | null
  readonly servername: string | null
  readonly status: Status
  readonly grade: Grade | null
  readonly error: RecordedError | null
  /** Where the user's list or configuration names it; absent where the command line does. */
  readonly origin?: Place
  readonly addresses: readonly AddressResult[]
  readonly platforms: readonly PlatformResult[]
  /** What the address checked in full is like; null where none answered. */
  readonly server: Server | null
  readonly chains: readonly ChainResult[]
  readonly findings: readonly FindingResult[]
  /** What the server accepts, where it was scanned. */
  readonly scan?: ScanFacts
  /** What was read of a Mini Program's folder. */
  readonly project?: ProjectResult
}

export interface ProjectResult {
  readonly files: number
  readonly urls: number
  readonly calls: number
  /** Calls whose host is known at run time alone. */
  readonly unknownUrls: number
  /** Lists that are not known, and were needed. */
  readonly unknownLists: readonly string[]
  /** The timeout in force per API, in ms. */
  readonly timeouts: Readonly<Record<string, number>>
  readonly skipped: readonly { readonly file: string; readonly why: string }[]
}

export interface AddressResult {
  /** The host's name where a proxy looked it up. */
  readonly ip: string
  readonly family: 4 | 6 | null
  readonly status: Verdict | 'unreachable'
  readonly error: RecordedError | null
  /** Chain id. */
  readonly chain: string | null
  readonly handshake: HandshakeResult | null
}

/** What was negotiated, by name; an unknown code point prints as hex. */
export interface HandshakeResult {
  readonly protocol: string
  readonly cipher: string
  readonly group: string | null
  readonly signatureScheme: string | null
}

export interface PlatformResult {
  readonly id: string
  readonly family: Family
  readonly title: Text
  /** First OS version it stands for. */
  readonly since: string
  readonly tier: Tier
  /** It decides the status of the target: the current tier, or named by the user. */
  readonly counts: boolean
  readonly grade: Grade | null
  readonly verdict: Verdict
  readonly cells: readonly CellResult[]
}

export interface CellResult {
  readonly api: Api
  readonly verdict: Verdict
  readonly handshake: HandshakeResult | null
  readonly chain: string | null
  /** SHA-256 of each certificate, leaf to anchor. */
  readonly path: readonly string[] | null
  readonly anchor: string | null
  /** Rule ids, the one that matters first. */
  readonly reasons: readonly string[]
  /** The hello that stands in for the one nobody captured. */
  readonly borrowed: string | null
}

export interface ChainResult {
  readonly id: string
  readonly sent: readonly CertificateResult[]
  readonly missing: readonly MissingResult[]
  /** What paths of this chain end at, and since when systems trust it. */
  readonly anchors: readonly AnchorResult[]
  /** The same for all of them together; null where no path was found. */
  readonly trustedBy: Text | null
  /** When the path that holds longest ends, anchor included: ms since the epoch; null where there is none. */
  readonly holdsUntil: number | null
}

export interface CertificateResult {
  readonly sha256: string
  readonly subject: string
  /** What to call it in one or two words: its commonName, first name, or subject. */
  readonly label: string
  readonly issuer: string
  /** ms since the epoch. */
  readonly notBefore: number | null
  readonly notAfter: number | null
  readonly serial: string | null
  readonly key: string
  readonly signatureAlgorithm: string
  readonly san: readonly string[]
  readonly pem: string
  readonly role: 'leaf' | 'issuer' | 'root' | 'duplicate' | 'unrelated'
  /** Why the bytes are no certificate. */
  readonly fault: string | null
}

export interface MissingResult {
  readonly subject: string
  readonly keyId: string | null
  readonly issuerUrl: string | null
  readonly sha256: string | null
}

export interface AnchorResult {
  readonly sha256: string
  readonly label: string
  /** Such as `iOS >= 10.1, Android >= 7.1.1`. */
  readonly trustedBy: Text
}

export interface FindingResult {
  readonly rule: string
  readonly severity: Severity
  readonly title: Text
  readonly message: Text
  readonly fix: Fix | null
  readonly evidence: unknown
  readonly platforms: readonly string[]
  readonly apis: readonly Api[]
  readonly chain: string | null
  /** Where in a Mini Program's folder, list or configuration. */
  readonly location?: Place
  readonly fingerprint: string
  /** The user set it aside: it is still shown, and counts as no problem. Verdicts and grades say what phones do, and stay. */
  readonly suppressed?: Suppression
}

export interface Suppression {
  /** `baseline`: it was known before. */
  readonly by: 'ignore' | 'baseline'
  /** The user's own words. */
  readonly reason: string | null
  /** The last day on which it is ignored, such as 2027-03-15. */
  readonly until: string | null
}

/** How to draw: decided by the terminal, applied by the text report. */
export interface Style {
  readonly color: boolean
  readonly ascii: boolean
  /** Columns. */
  readonly width: number
  readonly paint: (style: PaintStyle, text: string) => string
}

export type PaintStyle = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold'

export interface ReportOptions {
  readonly locale: Locale
  readonly style: Style
  /** A row per platform instead of merging neighbours with equal results. */
  readonly expand: boolean
  /** Leave out targets without a problem. */
  readonly problemsOnly?: boolean
}

/** What to call it, different from all others of a run: host and port, the URL, the folder of a Mini Program, or files and the host they are for. */
export function targetName({ input, host, port }: TargetResult): string {
  if (host === null || input.includes('://')) return input
  return port === null ? `${input} (${host})` : formatAuthority(host, port)
}

/** Pure. */
export interface Report {
  readonly title: Text
  begin(run: RunInfo, options: ReportOptions): ReportPieces
}

/** One report, piece by piece in this order, so that a run of any length needs no more room than a target. */
export interface ReportPieces {
  readonly head: string
  target(target: TargetResult): string
  end(totals: Totals): string
}

/**
 * The whole report at once.
 *
 * @example
 * ```js
 * import { readFileSync } from 'node:fs'
 * import { createWorld, decodeObservation, judge, render, reports, toResult } from 'mpcert'
 *
 * const observation = decodeObservation(readFileSync('observation.json', 'utf8'), 'observation.json')
 * const world = createWorld(observation.observedAt)
 * const run = { toolVersion: '1.0.0', startedAt: Date.now(), durationMs: 0 }
 * const result = toResult([judge(observation, world)], world, run)
 * const style = { color: false, ascii: true, width: 80, paint: (_, text) => text }
 * const text = render(await reports.json(), result, { locale: 'en', style, expand: false })
 * console.log(JSON.parse(text).summary.fail) // 1
 * ```
 */
export function render(
  report: Report,
  { run, targets, totals }: Result,
  options: ReportOptions,
): string {
  const pieces = report.begin(run, options)
  return [pieces.head, ...targets.map(target => pieces.target(target)), pieces.end(totals)].join('')
}
