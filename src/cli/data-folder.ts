/** What the user imported, read back. */
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { systemCode } from '../errors.ts'
import { decodeImport, isImportFile } from '../stores/import/import-file.ts'
import type { Imported } from '../stores/import/imported.ts'
import type { Folders } from './folders.ts'
import { cannotRead, readInput } from './read-input.ts'

/** Everything imported so far. @throws MpcertError ERR_FILE that names the file at fault */
export async function loadImports({ data }: Folders): Promise<readonly Imported[]> {
  if (data === null) return []
  const names = (await list(data)).filter(isImportFile).sort()
  return Promise.all(
    names.map(async name => {
      const file = path.join(data, name)
      return decodeImport(await readInput(file), file)
    }),
  )
}

async function list(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return []
    throw cannotRead(folder, cause)
  }
}
