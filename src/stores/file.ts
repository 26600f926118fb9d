/** Reads the data files that stand beside this module: parts of the program, as its code is. */
import { readFileSync } from 'node:fs'

export function readBytes(name: string): Uint8Array {
  return readFileSync(new URL(name, import.meta.url))
}

/** JSON Lines: a header first, then one record a line. */
export function readLines<Header, Line>(name: string): { header: Header; lines: readonly Line[] } {
  const text = Buffer.from(readBytes(name)).toString('utf8')
  const [header, ...lines] = JSON.parse(`[${text.trimEnd().replaceAll('\n', ',')}]`) as [
    Header,
    ...Line[],
  ]
  return { header, lines }
}
