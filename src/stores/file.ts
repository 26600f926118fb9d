/** Reads the data files that stand beside this module: parts of the program, as its code is. */
import { readFileSync } from 'node:fs'
import path from 'node:path'

export function readBytes(name: string): Uint8Array {
  return readFileSync(fileOf(name))
}

/** JSON Lines: a header first, then one record a line. */
export function readLines<Header, Line>(name: string): { header: Header; lines: readonly Line[] } {
  const text = readFileSync(fileOf(name), 'utf8')
  const [header, ...lines] = JSON.parse(`[${text.trimEnd().replaceAll('\n', ',')}]`) as [
    Header,
    ...Line[],
  ]
  return { header, lines }
}

function fileOf(name: string): string {
  return path.join(import.meta.dirname, name)
}
