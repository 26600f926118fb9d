/** How a target stands for whoever watches it: its verdict without what the user set aside. */
import type { Grade, Status } from './grade.ts'
import type { Severity } from './rule.ts'

/** `critical`: something breaks within the critical threshold. The worst comes first. */
export const LEVELS = ['fail', 'critical', 'unreachable', 'unknown', 'warn', 'ok'] as const
export type Level = (typeof LEVELS)[number]

/** As much of a target as is counted. */
export interface Counted {
  readonly status: Status
  readonly grade: Grade | null
  readonly findings: readonly { readonly severity: Severity; readonly suppressed?: unknown }[]
}

export function levelOf({ status, grade, findings }: Counted): Level {
  const counted = findings.filter(({ suppressed }) => !suppressed)
  if (counted.some(({ severity }) => severity === 'error')) return 'fail'
  if (status === 'unknown' || status === 'unreachable') return status
  if (!counted.some(({ severity }) => severity === 'warn')) return 'ok'
  return grade === 'C' ? 'critical' : 'warn'
}
