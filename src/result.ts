/** Puts judged targets into one Result. */
import { GRADING_VERSION } from './grade.ts'
import { DEFAULT_RULE_SET, type RuleSetId } from './miniprogram/rule-set.ts'
import type { OwnClientResult, Result, TargetResult } from './report.ts'
import { ruleBook } from './rule-book.ts'
import type { World } from './world.ts'

export interface RunFacts {
  readonly toolVersion: string
  /** ms since the epoch. */
  readonly startedAt: number
  readonly durationMs: number
  /** The revision of the platform document; the default one unless said otherwise. */
  readonly ruleSet?: RuleSetId | undefined
  readonly client?: OwnClientResult | null
}

export function toResult(
  targets: readonly TargetResult[],
  { stores, at }: World,
  run: RunFacts,
): Result {
  return {
    run: {
      ...run,
      client: run.client ?? null,
      judgedAt: at,
      ruleSet: run.ruleSet ?? DEFAULT_RULE_SET,
      gradingVersion: GRADING_VERSION,
      stores: stores.tables.flatMap(({ name, verified, versions }) => {
        const newest = versions.at(-1)
        return newest ? [{ name, version: newest.version, date: newest.date, verified }] : []
      }),
    },
    targets,
    ruleTitles: Object.fromEntries(Object.entries(ruleBook).map(([id, { title }]) => [id, title])),
  }
}
