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
  /** In the order of reports. */
  readonly platforms: readonly Platform[]
  readonly ctLogs: readonly CtLog[]
  /** What the user brought to look for missing issuers in. */
  readonly intermediates: Intermediates
  /** The moment that is judged, ms since the epoch. */
  readonly at: number
}

/** The world as it is known here, at this moment, and as the user's imports correct it. */
export function createWorld(at: number, imports: readonly Imported[] = []): World {
  const logs = imports.find(one => one.kind === 'ct-logs')
  const library = imports.find(one => one.kind === 'intermediates')
  return {
    stores: withImports(loadStores(), imports),
    platforms: Object.values(allPlatforms).sort(comparePlatforms),
    get ctLogs() {
      return logs?.logs ?? loadCtLogs()
    },
    intermediates: library?.intermediates ?? noIntermediates,
    at,
  }
}
