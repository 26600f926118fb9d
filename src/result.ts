/** Puts judged targets into one Result, and counts them as they come. */
import { GRADING_VERSION, type Status } from './grade.ts'
import { type Counted, LEVELS, type Level, levelOf } from './level.ts'
import { DEFAULT_RULE_SET, type RuleSetId } from './miniprogram/rule-set.ts'
import type { OwnClientResult, Result, RunInfo, TargetResult, Totals } from './report.ts'
import type { Severity } from './rule.ts'
import { ruleBook } from './rule-book.ts'
import type { World } from './world.ts'

export interface RunFacts {
  readonly toolVersion: string
  /** ms since the epoch. */
  readonly startedAt: number
  /** The revision of the platform document; the default one unless said otherwise. */
  readonly ruleSet?: RuleSetId | undefined
  readonly client?: OwnClientResult | null
}

export function toRunInfo({ stores, at }: World, run: RunFacts): RunInfo {
  return {
    ...run,
    client: run.client ?? null,
    judgedAt: at,
    ruleSet: run.ruleSet ?? DEFAULT_RULE_SET,
    gradingVersion: GRADING_VERSION,
    stores: stores.tables.flatMap(({ name, verified, versions }) => {
      const newest = versions.at(-1)
      return newest ? [{ name, version: newest.version, date: newest.date, verified }] : []
    }),
    rules: ruleBook,
  }
}

/**
 * Several judged targets as one result, which `render` draws.
 *
 * @example
 * ```js
 * import { readFileSync } from 'node:fs'
 * import { createWorld, decodeObservation, judge, toResult } from 'mpcert'
 *
 * const observation = decodeObservation(readFileSync('observation.json', 'utf8'), 'observation.json')
 * const world = createWorld(observation.observedAt)
 * const run = { toolVersion: '1.0.0', startedAt: Date.now(), durationMs: 0 }
 * const { totals } = toResult([judge(observation, world)], world, run)
 * console.log(totals.counts.fail, totals.level) // 1 fail
 * ```
 */
export function toResult(
  targets: readonly TargetResult[],
  world: World,
  { durationMs, ...run }: RunFacts & { readonly durationMs: number },
): Result {
  const tally = new Tally()
  for (const target of targets) tally.add(target)
  return { run: toRunInfo(world, run), targets, totals: tally.totals(durationMs) }
}

/** What a run comes to, without keeping its targets. */
export class Tally {
  private readonly counts: Record<Status, number> = {
    pass: 0,
    warn: 0,
    fail: 0,
    unknown: 0,
    unreachable: 0,
  }
  private readonly findings: Record<Severity, number> = { error: 0, warn: 0, info: 0 }
  private readonly levels = new Set<Level>()
  private problems = 0

  add(target: Counted): void {
    this.counts[target.status]++
    const level = levelOf(target)
    this.levels.add(level)
    if (level !== 'ok') this.problems++
    for (const { severity, suppressed } of target.findings)
      if (!suppressed) this.findings[severity]++
  }

  totals(durationMs: number): Totals {
    const { counts, findings, levels, problems } = this
    const level = LEVELS.find(one => levels.has(one)) ?? 'ok'
    return { durationMs, counts: { ...counts }, findings: { ...findings }, level, problems }
  }
}
