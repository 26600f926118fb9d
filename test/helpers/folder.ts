/** Folders that exist for one test. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'

/** Text, bytes, or data to be written as JSON, by path. */
export type Files = Readonly<Record<string, string | Uint8Array | object>>

/** Writes the files into a folder of their own, which is gone after the test. */
export function writeFolder(files: Files): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'mpcert-folder-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    const isData = typeof content === 'object' && !(content instanceof Uint8Array)
    writeFileSync(file, isData ? JSON.stringify(content) : content)
  }
  return folder
}
