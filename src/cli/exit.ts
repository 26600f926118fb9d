/** Exit codes: what a script reads. */
import { MpcertError } from '../errors.ts'
import type { Level } from '../level.ts'
import type { Totals } from '../report.ts'
import type { Severity } from '../rule.ts'
import type { Flags } from './invocation.ts'

export const EXIT = {
  ok: 0,
  findings: 1,
  usage: 2,
  unknown: 3,
  bug: 70,
  interrupted: 130,
  terminated: 143,
} as const

type FailOn = Severity | 'none'

/** What Nagios reads, whatever `--fail-on` says. */
const NAGIOS: Readonly<Record<Level, number>> = {
  ok: 0,
  warn: 1,
  critical: 2,
  fail: 2,
  unknown: 3,
  unreachable: 3,
}

/** Findings at or above `--fail-on` beat targets that could not be checked. */
export function exitCodeOf({ counts, findings, level }: Totals, flags: Flags): number {
  if (flags.text('format') === 'nagios') return NAGIOS[level]
  const failOn = flags.value<FailOn>('failOn') ?? 'error'
  const found = ORDER.filter(severity => findings[severity] > 0)
  if (found.some(severity => isAtLeast(severity, failOn))) return EXIT.findings
  return counts.unknown + counts.unreachable > 0 ? EXIT.unknown : EXIT.ok
}

/** What an error that ends the whole command exits with. */
export function exitCodeOfError(error: unknown): number {
  if (!(error instanceof MpcertError)) return EXIT.bug
  return error.code === 'ERR_USAGE' || error.code === 'ERR_FILE' ? EXIT.usage : EXIT.unknown
}

function isAtLeast(severity: Severity, limit: FailOn): boolean {
  return limit !== 'none' && ORDER.indexOf(severity) <= ORDER.indexOf(limit)
}

const ORDER: readonly Severity[] = ['error', 'warn', 'info']
