/** What must come out of a judgement, stated by hand; and where a judgement departs from it. */
import type { ErrorCode } from '../../errors.ts'
import type { Grade, Status, Verdict } from '../../grade.ts'
import type { CellResult, PlatformResult, TargetResult } from '../../report.ts'
import { SEVERITIES, type Severity } from '../../rule.ts'
import type { RuleId } from '../../rules/index.ts'
import { compareVersions } from '../../stores/version.ts'

export interface Expectation {
  readonly status: Status
  readonly grade: Grade | null
  /**
   * By scope: `platforms/apis`, each a list with commas or `*`. A platform is an id (`cronet-pq`), a family (`ios`), or
   * a family's releases before or from a version (`android<10`, `ios>=17.4`). Of the scopes that hold a cell the last
   * one counts; each cell must be in one.
   */
  readonly cells: Readonly<Record<string, ExpectedCell>>
  /** Every rule that found something, with the worst it said; the one that says most comes first. */
  readonly findings: readonly ExpectedFinding[]
  /** How many different chains the server shows. */
  readonly chains?: number
  /** Why nobody could reach it. */
  readonly error?: ErrorCode
}

/** The verdict, and a rule that must be among its reasons. */
type ExpectedCell = 'pass' | `${Exclude<Verdict, 'pass' | 'not-checked'>} ${RuleId}`
type ExpectedFinding = `${Severity} ${RuleId}`

export interface Mismatch {
  /** What was looked at: `grade`, `findings`, or cells such as `ios-14/upload`. */
  readonly where: readonly string[]
  readonly expected: string
  readonly judged: string
}

/** No cell works, and there is one finding. */
export function failsEverywhere(rule: RuleId): Expectation {
  return {
    status: 'fail',
    grade: 'F',
    cells: { '*/*': `fail ${rule}` },
    findings: [`error ${rule}`],
  }
}

/** Every point in which the result is not what was expected; cells that are wrong alike are one. */
export function compareResult(expected: Expectation, result: TargetResult): readonly Mismatch[] {
  const { status, grade, chains, error } = expected
  return [
    ...differ('status', status, result.status),
    ...differ('grade', String(grade), String(result.grade)),
    ...differ('findings', listed(expected.findings), listed(worstFindings(result))),
    ...differ('error', error ?? 'none', result.error?.code ?? 'none'),
    ...(chains === undefined ? [] : differ('chains', String(chains), String(result.chains.length))),
    ...compareCells(expected, result.platforms),
  ]
}

function differ(where: string, expected: string, judged: string): readonly Mismatch[] {
  return expected === judged ? [] : [{ where: [where], expected, judged }]
}

function listed(findings: readonly string[]): string {
  return findings.toSorted().join(', ') || 'none'
}

function worstFindings({ findings }: TargetResult): readonly string[] {
  const worst = new Map<string, Severity>()
  for (const severity of SEVERITIES.toReversed())
    for (const finding of findings)
      if (finding.severity === severity) worst.set(finding.rule, severity)
  return [...worst].map(([rule, severity]) => `${severity} ${rule}`)
}

function compareCells(
  { cells }: Expectation,
  platforms: readonly PlatformResult[],
): readonly Mismatch[] {
  const scopes = Object.keys(cells).toReversed()
  const idle = new Set(scopes)
  const wrong = new Map<string, Mismatch>()
  for (const platform of platforms)
    for (const cell of platform.cells) {
      const scope = scopes.find(one => holds(one, platform, cell)) ?? ''
      idle.delete(scope)
      const expected = cells[scope] ?? 'nothing'
      if (isAsExpected(cell, expected)) continue
      const judged = [cell.verdict, cell.reasons.join(', ')].join(' ').trim()
      const key = `${expected}\n${judged}`
      const where = [...(wrong.get(key)?.where ?? []), `${platform.id}/${cell.api}`]
      wrong.set(key, { where, expected, judged })
    }
  // A scope that decides no cell says something nobody can check.
  const vain = [...idle].map(scope => ({ where: [scope], expected: 'a cell', judged: 'none' }))
  return [...wrong.values(), ...vain]
}

function isAsExpected({ verdict, reasons }: CellResult, expected: string): boolean {
  const [word, rule] = expected.split(' ')
  return verdict === word && (rule === undefined || reasons.includes(rule))
}

function holds(scope: string, platform: PlatformResult, { api }: CellResult): boolean {
  const [platforms = '', apis = ''] = scope.split('/')
  return (
    platforms.split(',').some(term => term === '*' || names(term, platform)) &&
    (apis === '*' || apis.split(',').includes(api))
  )
}

function names(term: string, { id, family, since }: PlatformResult): boolean {
  const [, named, sign, version = ''] = /^([a-z]+)(<|>=)(.+)$/.exec(term) ?? []
  if (named === undefined) return term === id || term === family
  return named === family && compareVersions(since, version) < 0 === (sign === '<')
}
