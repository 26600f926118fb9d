/** Outcomes to verdicts, verdicts to grades: the whole scale in one screen. Pure. */
import type { Outcome, Severity } from './rule.ts'

/** Rises whenever the same outcomes would be graded differently. */
export const GRADING_VERSION = '1'

export type Verdict = 'pass' | 'warn' | 'fail' | 'unknown' | 'not-checked'
export type Status = 'pass' | 'warn' | 'fail' | 'unknown' | 'unreachable'
export type Grade = 'A+' | 'A' | 'B' | 'C' | 'F'

/**
 * One cell. An error fails it; else a rule that could have found an error or a warning but lacked a fact leaves it
 * unknown; else a warning warns.
 */
export function cellVerdict(outcomes: readonly Outcome[]): Verdict {
  const severities = outcomes.flatMap(outcome =>
    outcome.state === 'found' ? outcome.findings.map(finding => finding.severity) : [],
  )
  if (severities.includes('error')) return 'fail'
  if (outcomes.some(isOpen)) return 'unknown'
  return severities.includes('warn') ? 'warn' : 'pass'
}

/** A rule that could not be applied, or broke, and is more than a remark. */
export function isOpen(outcome: Outcome): boolean {
  return (outcome.state === 'unknown' || outcome.state === 'broken') && outcome.severity !== 'info'
}

/** Several cells, or several platforms: fail > unknown > warn > pass; not-checked counts only alone. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  const order = ['fail', 'unknown', 'warn', 'pass'] as const
  return order.find(verdict => verdicts.includes(verdict)) ?? 'not-checked'
}

/** What a grade looks at beside the verdict. */
export interface Remarks {
  /** A certificate of the path ends within the critical threshold. */
  readonly breaksSoon: boolean
  readonly severities: readonly Severity[]
}

/**
 * F fails; C breaks within the critical threshold; B warns; A has remarks; A+ has none. Null where nobody knows:
 * unknown, not checked, unreachable.
 *
 * @example
 * ```js
 * import { grade } from 'mpcert'
 *
 * console.log(grade('pass', { breaksSoon: false, severities: [] })) // A+
 * console.log(grade('pass', { breaksSoon: true, severities: ['warn'] })) // C
 * ```
 */
export function gradeOf(verdict: Verdict | 'unreachable', remarks: Remarks): Grade | null {
  if (verdict === 'fail') return 'F'
  if (verdict === 'unknown' || verdict === 'not-checked' || verdict === 'unreachable') return null
  if (remarks.breaksSoon) return 'C'
  if (verdict === 'warn') return 'B'
  return remarks.severities.length > 0 ? 'A' : 'A+'
}
