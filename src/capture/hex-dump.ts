/** Bytes out of hex dumps as tools print them: with or without offsets and an ASCII column. */
import { concat, fromHex } from '../bytes.ts'
import { DecodeError } from '../errors.ts'

/** Printable text alone, in UTF-8 or, as PowerShell redirects it, in UTF-16; null for anything else. */
export function textOf(file: Uint8Array): string | null {
  const wide = file[0] === 0xff && file[1] === 0xfe
  const text = new TextDecoder(wide ? 'utf-16le' : 'utf-8').decode(file)
  return /^[\t\n\f\r\x20-\x7e\u00a0-\uffff]*$/.test(text) && !text.includes('\ufffd') ? text : null
}

/** Every dump in the text, in its order; @throws DecodeError where the text is none */
export function decodeHexDumps(text: string): readonly Uint8Array[] {
  const lines = text.split(/\r?\n/)
  const message = lines.findIndex(line => /^>>> .*ClientHello/.test(line))
  if (message >= 0) return [decodePlain(messageLines(lines.slice(message + 1)))]
  const rows = lines.flatMap(readRow)
  return rows[0]?.offset === 0 ? dumpsOf(rows).map(decodeRows) : [decodePlain(lines)]
}

/** `openssl s_client -msg`: the lines below a heading, up to the next one. */
function messageLines(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex(line => !/^\s+(?:[0-9a-f]{2}\s*)+$/i.test(line))
  return end < 0 ? lines : lines.slice(0, end)
}

/** Hexadecimal and what may stand around it in a stream, a list or a C array. */
function decodePlain(lines: readonly string[]): Uint8Array {
  const digits = lines.join('').replaceAll(/0x|\\x|[\s,:;"'{}]/gi, '')
  if (/^(?:[0-9a-f]{2})*$/i.test(digits)) return fromHex(digits)
  throw new DecodeError('neither bytes nor a hex dump', 'capture', 0)
}

interface Row {
  readonly offset: number
  /** All that stands behind the offset. */
  readonly rest: string
}

/** Nothing for a line without an offset: headings, and the star that stands for equal rows. */
function readRow(line: string): readonly Row[] {
  const match = /^\s*(?:0x)?([0-9a-f]{4,8})(?::|\s-|\s\s|\s*$)\s*(.*)$/i.exec(line)
  return match ? [{ offset: Number.parseInt(match[1] ?? '', 16), rest: match[2] ?? '' }] : []
}

/** Where the offsets begin anew, so does a dump. */
function dumpsOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  const dumps: Row[][] = []
  for (const row of rows) {
    if (row.offset === 0) dumps.push([])
    dumps.at(-1)?.push(row)
  }
  return dumps
}

const MAX_WIDTH = 64

function decodeRows(rows: readonly Row[]): Uint8Array {
  const width = Math.min(rows[1]?.offset ?? MAX_WIDTH, MAX_WIDTH)
  return concat(
    rows.map(({ offset, rest }, index) => {
      const next = rows[index + 1]?.offset
      const bytes = rowBytes(rest, width)
      if (next === undefined || next === offset + bytes.length) return bytes
      return next > offset ? repeated(bytes, next - offset) : fail(next)
    }),
  )
}

/** Bytes in pairs, a gap of two blanks in the middle alone: behind any other one stands the ASCII column. */
function rowBytes(rest: string, width: number): Uint8Array {
  let digits = ''
  let at = 0
  for (let count = 0; count < width; count++) {
    const pair = count === 8 ? /(?:-| {0,2})([0-9a-f]{2})/iy : /[- ]?([0-9a-f]{2})/iy
    pair.lastIndex = at
    const match = pair.exec(rest)
    if (!match) break
    digits += match[1]
    at = pair.lastIndex
  }
  return fromHex(digits)
}

/** hexdump leaves out rows that equal the one before. */
function repeated(bytes: Uint8Array, length: number): Uint8Array {
  const times = length / bytes.length
  if (!Number.isInteger(times) || length > MAX_REPEATED) fail(length)
  return concat(Array.from({ length: times }, () => bytes))
}

const MAX_REPEATED = 1 << 16

function fail(offset: number): never {
  throw new DecodeError('a hex dump whose offsets do not count its bytes', 'capture', offset)
}
