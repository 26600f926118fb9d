/** The file that `--state` names: how each target stood after the last run. */
import { readFile } from 'node:fs/promises'
import { systemCode, UsageError } from '../errors.ts'
import { LEVELS } from '../level.ts'
import type { Standing } from '../messenger.ts'
import { cannotRead } from './read-input.ts'
import { writeWhole } from './write-file.ts'

const VERSION = 1

/** Empty where there is no file yet. @throws UsageError, MpcertError ERR_FILE */
export async function readState(file: string): Promise<ReadonlyMap<string, Standing>> {
  try {
    return parseState(await readFile(file, 'utf8'), file)
  } catch (cause) {
    if (cause instanceof UsageError) throw cause
    if (systemCode(cause) === 'ENOENT') return new Map()
    throw cannotRead(file, cause)
  }
}

/** Sorted, so that two states can be compared by eye. @throws MpcertError ERR_FILE */
export async function writeState(
  file: string,
  targets: ReadonlyMap<string, Standing>,
): Promise<void> {
  const sorted = Object.fromEntries([...targets].sort(([a], [b]) => (a < b ? -1 : 1)))
  await writeWhole(file, `${JSON.stringify({ version: VERSION, targets: sorted }, null, 2)}\n`)
}

function parseState(text: string, file: string): ReadonlyMap<string, Standing> {
  try {
    const { version, targets } = JSON.parse(text) as {
      readonly version: unknown
      readonly targets: Readonly<Record<string, Standing>>
    }
    const entries = Object.entries(targets)
    if (version === VERSION && entries.every(([, { level }]) => LEVELS.includes(level)))
      return new Map(entries)
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error
  }
  throw new UsageError({
    en: `${file} is no state of mpcert: name another file, or delete it`,
    'zh-CN': `${file} 不是 mpcert 的状态文件：请指定其他文件，或将其删除`,
  })
}
