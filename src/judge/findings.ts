/** What the rules said of each cell, once each: the same words for many cells are one finding. */
import { sha256Hex, utf8 } from '../bytes.ts'
import type { FactName } from '../facts/facts.ts'
import { Kinds } from '../facts/kinds.ts'
import { NO_WEB_FACTS } from '../facts/web.ts'
import type { ObservedTarget } from '../observation.ts'
import { APIS, type Platform } from '../platform.ts'
import type { FindingResult } from '../report.ts'
import { type Finding, type Rule, SEVERITIES, type Severity } from '../rule.ts'
import type { JudgedCell } from './cell.ts'

export interface MergeContext {
  readonly target: ObservedTarget
  /** What was asked for by HTTP, without its query. */
  readonly path: string
  readonly rules: ReadonlyMap<string, Rule>
  /** Whether a platform decides the status of the target. */
  readonly counts: (platform: Platform) => boolean
}

interface Group {
  readonly finding: Finding
  readonly chain: string | null
  readonly cells: JudgedCell[]
}

/** By severity, then by rule id. What hits none of the platforms that count is a remark. */
export function mergeFindings(
  cells: readonly JudgedCell[],
  { target, path, rules, counts }: MergeContext,
): readonly FindingResult[] {
  const merged = groupCells(cells, rules).map(({ finding, chain, cells: hit }): FindingResult => {
    const severity: Severity = hit.some(({ platform }) => counts(platform))
      ? finding.severity
      : 'info'
    const apis = new Set(hit.map(({ api }) => api))
    return {
      rule: finding.rule,
      severity,
      title: rules.get(finding.rule)?.title ?? { en: finding.rule, 'zh-CN': finding.rule },
      message: finding.message,
      fix: finding.fix,
      evidence: finding.evidence,
      platforms: [...new Set(hit.map(({ platform }) => platform.id))],
      apis: APIS.filter(api => apis.has(api)),
      chain,
      fingerprint: fingerprintOf(finding, target, isAboutPath(rules.get(finding.rule)) ? path : ''),
    }
  })
  return merged.toSorted(compareFindings)
}

/** By severity, then by rule id. */
export function compareFindings(a: FindingResult, b: FindingResult): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compare(a.rule, b.rule) ||
    compare(a.fingerprint, b.fingerprint)
  )
}

function groupCells(
  cells: readonly JudgedCell[],
  rules: ReadonlyMap<string, Rule>,
): readonly Group[] {
  const groups = new Map<string, Group>()
  // Cells that are judged alike share their findings.
  const said = new Kinds<Finding>(({ rule, severity, about, message }) =>
    JSON.stringify([rule, severity, about, message]),
  )
  for (const cell of cells)
    for (const finding of cell.findings) {
      const chain = isAboutChain(rules.get(finding.rule)) ? cell.chain : null
      const key = `${chain} ${said.of(finding)}`
      const group = groups.get(key) ?? { finding, chain, cells: [] }
      group.cells.push(cell)
      groups.set(key, group)
    }
  return [...groups.values()]
}

/** Its words depend on the certificates that were shown. */
function isAboutChain(rule: Rule | undefined): boolean {
  return CHAIN_FACTS.some(name => rule?.needs.includes(name))
}

/** Two paths of a server may both have it. */
function isAboutPath(rule: Rule | undefined): boolean {
  return WEB_FACTS.some(name => rule?.needs.includes(name))
}

const WEB_FACTS = Object.keys(NO_WEB_FACTS) as readonly FactName[]

const CHAIN_FACTS: readonly FactName[] = ['chain', 'leaf', 'faults', 'trust', 'revocation']

/** Never a certificate, a date or an address: every renewal would break baselines. */
export function fingerprintOf(
  { rule, about }: Pick<Finding, 'rule' | 'about'>,
  { host, port }: Pick<ObservedTarget, 'host' | 'port'>,
  path = '',
): string {
  return sha256Hex(utf8([rule, host, port, about + path].join('\n')))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
