/** Writes DER: each function gives one finished element. */
import { concat, utf8 } from '../bytes.ts'
import { constructedContextTag, contextTag, TAG } from './der.ts'

export function element(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const body = concat(content)
  return concat([Uint8Array.of(tag, ...lengthOctets(body.length)), body])
}

export function sequence(...elements: readonly Uint8Array[]): Uint8Array {
  return element(TAG.sequence, ...elements)
}

/** SET OF: elements in the order DER demands. */
export function setOf(...elements: readonly Uint8Array[]): Uint8Array {
  return element(TAG.set, ...elements.toSorted(Buffer.compare))
}

/** `[number] EXPLICIT`, or `[number] IMPLICIT` of a constructed type. */
export function explicit(number: number, ...content: readonly Uint8Array[]): Uint8Array {
  return element(constructedContextTag(number), ...content)
}

/** `[number] IMPLICIT` of a primitive type. */
export function implicit(number: number, content: Uint8Array): Uint8Array {
  return element(contextTag(number), content)
}

export function boolean(value: boolean): Uint8Array {
  return element(TAG.boolean, Uint8Array.of(value ? 0xff : 0x00))
}

/** An INTEGER from a number or from unsigned big-endian octets. */
export function integer(value: number | Uint8Array): Uint8Array {
  const octets = typeof value === 'number' ? numberOctets(value) : value
  const start = octets.findIndex(octet => octet !== 0)
  if (start < 0) return element(TAG.integer, Uint8Array.of(0))
  const trimmed = octets.subarray(start)
  const sign = (trimmed[0] ?? 0) >= 0x80 ? [Uint8Array.of(0)] : []
  return element(TAG.integer, ...sign, trimmed)
}

export function oid(dotted: string): Uint8Array {
  const [root = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt)
  return element(TAG.oid, ...[root * 40n + second, ...rest].map(arcOctets))
}

export function nullValue(): Uint8Array {
  return element(TAG.null)
}

export function octetString(content: Uint8Array): Uint8Array {
  return element(TAG.octetString, content)
}

export function bitString(content: Uint8Array, unused = 0): Uint8Array {
  return element(TAG.bitString, Uint8Array.of(unused), content)
}

/** A BIT STRING of named bits, by number: trailing zero bits are left out. */
export function namedBits(numbers: readonly number[]): Uint8Array {
  const highest = Math.max(-1, ...numbers)
  const bytes = new Uint8Array(Math.ceil((highest + 1) / 8))
  for (const number of numbers)
    bytes[number >> 3] = (bytes[number >> 3] ?? 0) | (0x80 >> (number & 7))
  return bitString(bytes, bytes.length * 8 - (highest + 1))
}

export function utf8String(text: string): Uint8Array {
  return element(TAG.utf8String, utf8(text))
}

export function printableString(text: string): Uint8Array {
  return element(TAG.printableString, utf8(text))
}

export function ia5String(text: string): Uint8Array {
  return element(TAG.ia5String, utf8(text))
}

/** UTCTime up to 2049, GeneralizedTime from 2050 (RFC 5280 §4.1.2.5). */
export function time(atMs: number): Uint8Array {
  const digits = new Date(atMs).toISOString().replace(/[-:T]|\.\d+/g, '')
  const year = new Date(atMs).getUTCFullYear()
  if (year >= 1950 && year < 2050) return element(TAG.utcTime, utf8(digits.slice(2)))
  return generalizedTime(atMs)
}

export function generalizedTime(atMs: number): Uint8Array {
  const digits = new Date(atMs).toISOString().replace(/[-:T]|\.\d+/g, '')
  return element(TAG.generalizedTime, utf8(digits))
}

function lengthOctets(length: number): number[] {
  return length < 0x80 ? [length] : [0x80 | numberOctets(length).length, ...numberOctets(length)]
}

function numberOctets(value: number): Uint8Array {
  const octets: number[] = []
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return Uint8Array.from(octets)
}

function arcOctets(arc: bigint): Uint8Array {
  const octets = [Number(arc & 0x7fn)]
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) octets.unshift(Number(rest & 0x7fn) | 0x80)
  return Uint8Array.from(octets)
}
