/** What the user does not want to hear of: findings that are ignored, or known from a baseline, are marked and count as no problem. Pure. */
import { formatAuthority } from './connect/target.ts'
import ignoreExpired from './ignore-expired.ts'
import { fingerprintOf } from './judge/findings.ts'
import type { IgnoreEntry } from './miniprogram/config.ts'
import type { FindingResult, PlatformResult, Suppression, TargetResult } from './report.ts'
import { SEVERITIES, type Severity } from './rule.ts'
import { DAY_MS } from './text.ts'

export interface Wishes {
  readonly ignores: readonly IgnoreEntry[]
  /** Severities by fingerprint. What has become worse since is new. */
  readonly baseline: ReadonlyMap<string, Severity>
  /** The moment that is judged, ms since the epoch. */
  readonly at: number
}

/** Verdicts and grades stay: they say what phones do. An entry that has ended marks nothing, and is a finding itself. */
export function setAside(target: TargetResult, { ignores, baseline, at }: Wishes): TargetResult {
  const own = ignores.filter(ignore => isAbout(ignore, target))
  const [ended, standing] = [
    own.filter(one => hasEnded(one, at)),
    own.filter(one => !hasEnded(one, at)),
  ]
  const findings = target.findings
    .flatMap(finding => applyIgnores(finding, standing, target.platforms))
    .map(finding => (finding.suppressed ? finding : applyBaseline(finding, baseline)))
  const expired = ended
    .filter(({ rule }) => target.findings.some(finding => finding.rule === rule))
    .map(ignore => endedFinding(ignore, target))
  // Those are errors, and errors come first.
  return { ...target, findings: [...expired, ...findings] }
}

/** The whole day still counts. */
export function hasEnded({ until }: IgnoreEntry, at: number): boolean {
  return until !== null && at >= Date.parse(`${until}T00:00:00Z`) + DAY_MS
}

/** `*.example.com` is every name below, as in `*.a.b.example.com`. */
function isAbout({ target: wanted }: IgnoreEntry, { input, host, port }: TargetResult): boolean {
  if (wanted === null || wanted === input || wanted === host) return true
  if (host === null) return false
  return (
    wanted === formatAuthority(host, port ?? 0) ||
    (wanted.startsWith('*.') && host.endsWith(wanted.slice(1)))
  )
}

/** A finding of several platforms is parted where the user ignores it on some of them. */
function applyIgnores(
  finding: FindingResult,
  ignores: readonly IgnoreEntry[],
  platforms: readonly PlatformResult[],
): readonly FindingResult[] {
  const own = ignores.filter(({ rule }) => rule === finding.rule)
  const whole = own.find(({ platform }) => platform === null)
  if (whole) return [{ ...finding, suppressed: toSuppression(whole) }]
  const ignoreOf = (id: string) => {
    const named = platforms.find(platform => platform.id === id)
    return own.find(
      ({ platform }) => named && [id, named.family, named.tier].includes(platform ?? ''),
    )
  }
  const parts = new Map<IgnoreEntry | undefined, string[]>()
  for (const id of finding.platforms) {
    const ignore = ignoreOf(id)
    parts.set(ignore, [...(parts.get(ignore) ?? []), id])
  }
  if (parts.size === 0) return [finding]
  return Array.from(parts, ([ignore, ids]) => ({
    ...finding,
    platforms: ids,
    ...(ignore ? { suppressed: toSuppression(ignore) } : {}),
  }))
}

function toSuppression({ reason, until }: IgnoreEntry): Suppression {
  return { by: 'ignore', reason, until }
}

function applyBaseline(finding: FindingResult, baseline: Wishes['baseline']): FindingResult {
  const known = baseline.get(finding.fingerprint)
  if (!known || SEVERITIES.indexOf(finding.severity) < SEVERITIES.indexOf(known)) return finding
  return { ...finding, suppressed: { by: 'baseline', reason: null, until: null } }
}

function endedFinding(
  { rule, until, where, reason }: IgnoreEntry,
  { host, port }: TargetResult,
): FindingResult {
  const args = { rule, until: until ?? '', where, reason }
  return {
    rule: 'ignore-expired',
    severity: ignoreExpired.severity,
    title: ignoreExpired.title,
    message: ignoreExpired.message(args),
    fix: ignoreExpired.fix(args),
    evidence: args,
    platforms: [],
    apis: [],
    chain: null,
    fingerprint: fingerprintOf(
      { rule: 'ignore-expired', about: rule },
      { host: host ?? '', port: port ?? 0 },
    ),
  }
}
