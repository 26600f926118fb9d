/** Budgets of one verification: whatever certificates a stranger sends, it ends soon. */
import { type Flaw, flaw } from './path-error.ts'

export interface Limits {
  /** Signatures looked at, whether they were known before or not. */
  readonly signatures: number
  /** Comparisons of a name with a name constraint. */
  readonly ncComparisons: number
  /** Candidates tried. */
  readonly buildCalls: number
  /** Intermediates between leaf and anchor, self-issued ones not counted. */
  readonly maxDepth: number
}

export const DEFAULT_LIMITS: Limits = {
  signatures: 100,
  ncComparisons: 250_000,
  buildCalls: 200_000,
  maxDepth: 10,
}

export type Stats = Readonly<Record<Countable, number>>

export type Countable = 'signatures' | 'ncComparisons' | 'buildCalls'

const REASONS = {
  signatures: 'limit-signatures',
  ncComparisons: 'limit-comparisons',
  buildCalls: 'limit-calls',
} as const

/** Ends a search from any depth; `buildPath` catches it. */
export class LimitReached extends Error {
  readonly flaw: Flaw

  constructor(what: Countable, limit: number) {
    super(`limit reached: ${what}`)
    this.flaw = flaw(REASONS[what], { limit: String(limit) })
  }
}

/** Counts what was spent. */
export class Budget {
  private readonly limits: Limits
  private readonly spent = { signatures: 0, ncComparisons: 0, buildCalls: 0 }

  constructor(limits: Limits) {
    this.limits = limits
  }

  /** Throws LimitReached where that is more than is left. */
  spend(what: Countable, count = 1): void {
    this.spent[what] += count
    if (this.spent[what] > this.limits[what]) throw new LimitReached(what, this.limits[what])
  }

  get stats(): Stats {
    return { ...this.spent }
  }
}
