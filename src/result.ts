/** Puts judged targets into one Result. */
import { GRADING_VERSION } from './grade.ts'
import type { OwnClientResult, Result, TargetResult } from './report.ts'
import { rules } from './rules/index.ts'
import type { World } from './world.ts'

export interface RunFacts {
  readonly toolVersion: string
  /** ms since the epoch. */
  readonly startedAt: number
  readonly durationMs: number
  readonly client?: OwnClientResult | null
}

const DEFAULT_RULE_SET = 'tcsas-2024-11'

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
      ruleSet: DEFAULT_RULE_SET,
      gradingVersion: GRADING_VERSION,
      stores: stores.tables.flatMap(({ name, verified, versions }) => {
        const newest = versions.at(-1)
        return newest ? [{ name, version: newest.version, date: newest.date, verified }] : []
      }),
    },
    targets,
    ruleTitles: Object.fromEntries(Object.entries(rules).map(([id, { title }]) => [id, title])),
  }
}
