/** Reading and writing bytes: one bounds-checked `Reader`, one growing `Writer`, and a few pure helpers. */
import { createHash } from 'node:crypto'
import { DecodeError } from './errors.ts'

/** Reads big-endian values from a byte string; every fault is a `DecodeError` with path and offset. */
export class Reader {
  readonly bytes: Uint8Array
  readonly path: string
  /** Offset of `bytes[0]` in the outermost value: offsets in errors count from there. */
  readonly base: number
  position = 0

  constructor(bytes: Uint8Array, path: string, base = 0) {
    this.bytes = bytes
    this.path = path
    this.base = base
  }

  get remaining(): number {
    return this.bytes.length - this.position
  }

  get done(): boolean {
    return this.position === this.bytes.length
  }

  u8(): number {
    return this.uint(1)
  }

  u16(): number {
    return this.uint(2)
  }

  u24(): number {
    return this.uint(3)
  }

  u32(): number {
    return this.uint(4)
  }

  u64(): bigint {
    return (BigInt(this.u32()) << 32n) | BigInt(this.u32())
  }

  /** The next `length` bytes, as a view. */
  take(length: number): Uint8Array {
    if (length > this.remaining) this.fail(`${length} bytes expected, ${this.remaining} left`)
    const start = this.position
    this.position += length
    return this.bytes.subarray(start, this.position)
  }

  rest(): Uint8Array {
    return this.take(this.remaining)
  }

  /** A reader over the next vector, whose length stands before it in `width` bytes. */
  vector(width: 1 | 2 | 3, name: string): Reader {
    const length = this.uint(width)
    const base = this.base + this.position
    return new Reader(this.take(length), `${this.path}.${name}`, base)
  }

  /** Demands that nothing is left. */
  end(): void {
    if (!this.done) this.fail(`${this.remaining} bytes too many`)
  }

  fail(reason: string, position = this.position): never {
    throw new DecodeError(reason, this.path, this.base + position)
  }

  private uint(width: number): number {
    if (width > this.remaining) this.fail(`${width} bytes expected, ${this.remaining} left`)
    let value = 0
    for (let index = 0; index < width; index++)
      value = value * 256 + (this.bytes[this.position + index] ?? 0)
    this.position += width
    return value
  }
}

/** Collects big-endian values; `bytes()` joins them. */
export class Writer {
  private readonly parts: Uint8Array[] = []
  length = 0

  u8(value: number): this {
    return this.uint(value, 1)
  }

  u16(value: number): this {
    return this.uint(value, 2)
  }

  u24(value: number): this {
    return this.uint(value, 3)
  }

  u32(value: number): this {
    return this.uint(value, 4)
  }

  push(bytes: Uint8Array): this {
    this.parts.push(bytes)
    this.length += bytes.length
    return this
  }

  /** What `fill` writes, with its length before it in `width` bytes. */
  vector(width: 1 | 2 | 3, fill: (writer: Writer) => void): this {
    const inner = new Writer()
    fill(inner)
    this.uint(inner.length, width)
    return this.push(inner.bytes())
  }

  bytes(): Uint8Array {
    return concat(this.parts)
  }

  private uint(value: number, width: number): this {
    const bytes = new Uint8Array(width)
    let rest = value
    for (let index = width - 1; index >= 0; index--) {
      bytes[index] = rest % 256
      rest = Math.floor(rest / 256)
    }
    return this.push(bytes)
  }
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1 && parts[0]) return parts[0]
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0
}

export function toHex(bytes: Uint8Array): string {
  return view(bytes).toString('hex')
}

/** Bytes of an even-length hexadecimal string; blanks and colons between pairs are skipped. */
export function fromHex(text: string): Uint8Array {
  const digits = text.replace(/[\s:]/g, '')
  if (!/^(?:[0-9a-f]{2})*$/i.test(digits)) throw new DecodeError('not hexadecimal', 'hex', 0)
  return new Uint8Array(Buffer.from(digits, 'hex'))
}

export function toBase64(bytes: Uint8Array): string {
  return view(bytes).toString('base64')
}

export function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'))
}

/** Latin-1 text, one character a byte: a lossless key for maps. */
export function toBinary(bytes: Uint8Array): string {
  return view(bytes).toString('latin1')
}

/** The bytes of `toBinary`'s text. */
export function fromBinary(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'))
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** SHA-256, lower-case hexadecimal. */
export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
