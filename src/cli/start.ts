/** The first that runs: loads the program, compiled as the last run of the same command left it. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { CodeCache } from './code-cache.ts'
import { EXIT } from './exit.ts'
import { foldersOf } from './folders.ts'

/** NODE_DISABLE_COMPILE_CACHE switches off what is kept, as for Node's own. */
export function loadProgram({
  argv,
  env,
  platform,
}: NodeJS.Process): typeof import('./program.ts') {
  const { cache } = foldersOf({ env, platform })
  const [, , command = ''] = argv
  const room = /^[a-z]+$/.test(command) ? command : 'other'
  const isOff = cache === null || env['NODE_DISABLE_COMPILE_CACHE'] !== undefined
  const libraries = fileURLToPath(new URL('../libraries.cjs', import.meta.url))
  const code = new CodeCache(isOff ? null : path.join(cache, 'code', room), [libraries])
  // A run that broke off has not shown what a run needs.
  process.once('exit', ended => {
    if (ended === EXIT.ok || ended === EXIT.findings) code.save()
  })
  const program = fileURLToPath(new URL('program.cjs', import.meta.url))
  return code.load(program) as typeof import('./program.ts')
}
