/** Making facts out of facts: what follows from an unknown one is unknown for the same reason. */
import type { Fact } from '../observation.ts'

export const NOT_APPLICABLE = { state: 'unknown', why: 'not-applicable' } as const
export const NOT_PROBED = { state: 'unknown', why: 'not-probed' } as const

export function known<T>(value: T): Fact<T> {
  return { state: 'known', value }
}

/** Known as it is; null is what does not apply. */
export function ifAny<T>(value: T | null): Fact<T> {
  return value === null ? NOT_APPLICABLE : known(value)
}

export function knownIf<T>(condition: boolean, value: T): Fact<T> {
  return condition ? known(value) : NOT_PROBED
}

export function andThen<T, U>(fact: Fact<T>, next: (value: T) => Fact<U>): Fact<U> {
  return fact.state === 'known' ? next(fact.value) : fact
}

export function isNotApplicable(fact: Fact<unknown>): boolean {
  return fact.state === 'unknown' && fact.why === 'not-applicable'
}

/** The values of the known facts; a rule reads only what it needs, and that is known when it is asked. */
export function knownValues<T extends object>(
  facts: {
    readonly [Name in keyof T]: Fact<T[Name]>
  },
): Partial<T> {
  const values: Partial<T> = {}
  for (const name in facts) {
    const fact = facts[name]
    if (fact.state === 'known') values[name] = fact.value
  }
  return values
}
