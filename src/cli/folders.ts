/** Where mpcert keeps what the user imports and what it need not get twice: the folders that each system has for that. */
import path from 'node:path'
import type { Host } from './host.ts'

export interface Folders {
  /** Null where there is none: switched off, or nobody's home. */
  readonly data: string | null
  readonly cache: string | null
}

/** MPCERT_DATA_DIR and MPCERT_CACHE_DIR name others; set to nothing, they switch off. */
export function foldersOf({ env, platform }: Pick<Host, 'env' | 'platform'>): Folders {
  const standard = standardFolders(env, platform)
  return {
    data: env['MPCERT_DATA_DIR'] === undefined ? standard.data : env['MPCERT_DATA_DIR'] || null,
    cache: env['MPCERT_CACHE_DIR'] === undefined ? standard.cache : env['MPCERT_CACHE_DIR'] || null,
  }
}

/** XDG Base Directory on Linux, where relative values do not count; Library on macOS; local application data on Windows. */
function standardFolders(env: Host['env'], platform: NodeJS.Platform): Folders {
  if (platform === 'win32') {
    const local = env['LOCALAPPDATA']
    const under = (name: string) => (local ? path.win32.join(local, 'mpcert', name) : null)
    return { data: under('data'), cache: under('cache') }
  }
  const home = env['HOME']
  const under = (base: string | undefined, ...rest: readonly string[]) => {
    if (base?.startsWith('/')) return path.posix.join(base, 'mpcert')
    return home ? path.posix.join(home, ...rest, 'mpcert') : null
  }
  if (platform === 'darwin')
    return {
      data: under(undefined, 'Library', 'Application Support'),
      cache: under(undefined, 'Library', 'Caches'),
    }
  return {
    data: under(env['XDG_DATA_HOME'], '.local', 'share'),
    cache: under(env['XDG_CACHE_HOME'], '.cache'),
  }
}
