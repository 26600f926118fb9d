/** The first that runs: loads the program, compiled as the last run of the same command left it. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { CodeCache } from './code-cache.ts'
import { EXIT } from './exit.ts'
import { foldersOf } from './folders.ts'

const LONG_RUN_MS = 20_000

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
  process.once('exit', ended => {
    // A run that broke off has not shown what a run needs, and of a long one V8 has let go of the beginning.
    const isWhole = ended === EXIT.ok || ended === EXIT.findings
    if (isWhole && performance.now() < LONG_RUN_MS) code.save()
  })
  const program = fileURLToPath(new URL('program.cjs', import.meta.url))
  return code.load(program) as typeof import('./program.ts')
}
