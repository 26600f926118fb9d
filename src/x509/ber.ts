/** BER (X.690 §8) made DER: browsers, key stores and mail tools write containers whose lengths and octets come in pieces. */
import { concat, Reader } from '../bytes.ts'
import { TAG } from './der.ts'
import { element } from './der-writer.ts'

const CONSTRUCTED = 0x20
const INDEFINITE = 0x80
const MAX_DEPTH = 32
const MAX_ELEMENTS = 500_000

/**
 * The one value that `bytes` hold, with definite lengths in their shortest form, and octet strings in one piece; what
 * is DER comes out as it was. Throws a DecodeError.
 */
export function berToDer(bytes: Uint8Array, name: string): Uint8Array {
  const reader = new Reader(bytes, name)
  const der = readElement(reader, bytes.length, 0, { elements: 0 })
  if (!reader.done) reader.fail(`${reader.remaining} bytes too many`)
  return der
}

/** Whether a value begins as DER never does: with a length that its end will tell. */
export function isIndefinite(bytes: Uint8Array): boolean {
  return bytes[1] === INDEFINITE
}

/** Octets that [number] IMPLICIT stands for, whether they come in one piece or in several. */
export function joinOctets(pieces: Iterable<{ readonly content: Uint8Array }>): Uint8Array {
  return concat(Array.from(pieces, ({ content }) => content))
}

function readElement(
  reader: Reader,
  limit: number,
  depth: number,
  count: { elements: number },
): Uint8Array {
  if (depth > MAX_DEPTH) reader.fail('nested too deeply')
  if (++count.elements > MAX_ELEMENTS) reader.fail(`more than ${MAX_ELEMENTS} elements`)
  const tag = reader.u8()
  const length = readLength(reader)
  const isConstructed = (tag & CONSTRUCTED) !== 0
  if (length === null && !isConstructed) reader.fail('a primitive value without a length')
  const end = length === null ? limit : reader.position + length
  if (end > limit)
    reader.fail(`${length} bytes of content expected, ${limit - reader.position} left`)
  if (!isConstructed) return element(tag, reader.take(end - reader.position))
  const parts: Uint8Array[] = []
  for (;;) {
    if (length !== null && reader.position === end) break
    if (length === null && isEndOfContents(reader)) break
    parts.push(readElement(reader, end, depth + 1, count))
  }
  if (tag !== (TAG.octetString | CONSTRUCTED)) return element(tag, ...parts)
  return element(TAG.octetString, ...parts.map(part => contentOf(part, reader)))
}

/** Null for the indefinite form. */
function readLength(reader: Reader): number | null {
  const first = reader.u8()
  if (first === INDEFINITE) return null
  if (first < INDEFINITE) return first
  const octets = first & 0x7f
  if (octets > 4) reader.fail('length of more than 4 bytes')
  return reader.take(octets).reduce((length, octet) => length * 256 + octet, 0)
}

function isEndOfContents(reader: Reader): boolean {
  const { bytes, position } = reader
  if (bytes[position] !== 0 || bytes[position + 1] !== 0) return false
  reader.take(2)
  return true
}

/** Of a piece of an octet string, which is one in its turn. */
function contentOf(piece: Uint8Array, reader: Reader): Uint8Array {
  if (piece[0] !== TAG.octetString) reader.fail('an octet string of something else')
  const first = piece[1] ?? 0
  return piece.subarray(first < INDEFINITE ? 2 : 2 + (first & 0x7f))
}
