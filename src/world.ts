/** All that a judgement takes for granted, as one value. Nothing below a judgement reads a clock or a global. */
import { comparePlatforms, type Platform } from './platform.ts'
import { platforms as allPlatforms } from './platforms/index.ts'
import { type CtLog, loadCtLogs } from './stores/ct-logs.ts'
import { withImports } from './stores/import/apply.ts'
import type { Imported } from './stores/import/imported.ts'
import { type Intermediates, noIntermediates } from './stores/intermediates.ts'
import { loadStores } from './stores/load.ts'
import type { Stores } from './stores/store.ts'

export interface World {
  readonly stores: Stores
  /** In the order of reports: those that a Mini Program meets. */
  readonly platforms: readonly Platform[]
  /** Clients that are judged only where they are named. */
  readonly references: readonly Platform[]
  readonly ctLogs: readonly CtLog[]
  /** What the user brought to look for missing issuers in. */
  readonly intermediates: Intermediates
  /** The moment that is judged, ms since the epoch. */
  readonly at: number
}

/**
 * The world as it is known here, at this moment, and as the user's imports correct it.
 *
 * @example
 * ```js
 * import { createWorld } from 'mpcert'
 *
 * const { platforms, stores } = createWorld(Date.parse('2027-03-15'))
 * console.log(platforms.some(({ id }) => id === 'android-14')) // true
 * console.log(stores.roots.length > 100) // true
 * ```
 */
export function createWorld(at: number, imports: readonly Imported[] = []): World {
  const logs = imports.find(one => one.kind === 'ct-logs')
  const all = Object.values(allPlatforms).sort(comparePlatforms)
  const library = imports.find(one => one.kind === 'intermediates')
  return {
    stores: withImports(loadStores(), imports),
    platforms: all.filter(({ tier }) => tier !== 'reference'),
    references: all.filter(({ tier }) => tier === 'reference'),
    get ctLogs() {
      return logs?.logs ?? loadCtLogs()
    },
    intermediates: library?.intermediates ?? noIntermediates,
    at,
  }
}

/** The platforms of these ids, references among them, in the order of reports; all but references where none are given. */
export function chosenPlatforms(
  { platforms, references }: Pick<World, 'platforms' | 'references'>,
  ids: readonly string[] | undefined,
): readonly Platform[] {
  if (!ids) return platforms
  return [...platforms, ...references].filter(({ id }) => ids.includes(id)).sort(comparePlatforms)
}
