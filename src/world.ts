/** All that a judgement takes for granted, as one value. Nothing below a judgement reads a clock or a global. */
import { comparePlatforms, type Platform } from './platform.ts'
import { platforms as allPlatforms } from './platforms/index.ts'
import { type CtLog, loadCtLogs } from './stores/ct-logs.ts'
import { loadStores } from './stores/load.ts'
import type { Stores } from './stores/store.ts'

export interface World {
  readonly stores: Stores
  /** In the order of reports. */
  readonly platforms: readonly Platform[]
  readonly ctLogs: readonly CtLog[]
  /** The moment that is judged, ms since the epoch. */
  readonly at: number
}

/** The world as it is known here, at this moment. */
export function createWorld(at: number): World {
  return {
    stores: loadStores(),
    platforms: Object.values(allPlatforms).sort(comparePlatforms),
    get ctLogs() {
      return loadCtLogs()
    },
    at,
  }
}
