/** Strict DER (X.690 §10 and §11): one element at a time, each fault with its path and byte. */
import { Reader } from '../bytes.ts'
import { DecodeError } from '../errors.ts'

/** Identifier octets of the universal types. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

/** Identifier octet of a context-specific type, such as `[0] IMPLICIT IA5String`. */
export function contextTag(number: number): number {
  return 0x80 | number
}

/** Identifier octet of a context-specific constructed type, such as `[3] EXPLICIT Extensions`. */
export function constructedContextTag(number: number): number {
  return 0xa0 | number
}

/** Structures nested deeper than this are refused. */
const MAX_DEPTH = 32
const MAX_OID_BYTES = 64

/** The one element that `bytes` hold, with nothing after it; `base` is where they stand in a larger value. */
export function readDer(bytes: Uint8Array, name: string, tag?: number, base = 0): DerNode {
  const cursor = new DerCursor(new Reader(bytes, name, base), bytes.length, null)
  const node = cursor.next(name, tag)
  cursor.end()
  return node
}

/** Walks the elements inside a constructed one. */
export class DerCursor {
  private readonly reader: Reader
  /** Position in the reader's bytes where the walk ends. */
  private readonly limit: number
  private readonly parent: DerNode | null
  private count = 0

  constructor(reader: Reader, limit: number, parent: DerNode | null) {
    this.reader = reader
    this.limit = limit
    this.parent = parent
  }

  get done(): boolean {
    return this.reader.position === this.limit
  }

  /** The next element; where `tag` is given, it must be that one. Without a name its index names it. */
  next(name?: string, tag?: number): DerNode {
    const { reader, limit } = this
    const start = reader.position
    const label = name ?? this.count
    const fail = (reason: string): never => {
      throw new DecodeError(reason, joinPath(this.parent, label), reader.base + start)
    }
    if (this.done) fail('missing')
    if (limit - start < 2) fail('truncated')
    const found = reader.u8()
    if (tag !== undefined && found !== tag)
      fail(`${describeTag(tag)} expected, ${describeTag(found)} found`)
    checkForm(found, fail)
    const length = readLength(reader, limit, fail)
    const left = limit - reader.position
    if (length > left) fail(`${length} bytes of content expected, ${left} left`)
    const node = new DerNode(reader, start, length, label, this.parent)
    if (node.depth > MAX_DEPTH) fail('nested too deeply')
    reader.position += length
    this.count++
    return node
  }

  /** The next element if it has this tag, else null. */
  optional(name: string, tag: number): DerNode | null {
    return !this.done && this.reader.bytes[this.reader.position] === tag ? this.next(name) : null
  }

  /** All elements that are left. */
  *rest(tag?: number): Generator<DerNode> {
    while (!this.done) yield this.next(undefined, tag)
  }

  /** Demands that nothing is left. */
  end(): void {
    const { reader, limit } = this
    if (this.done) return
    const path = this.parent?.path ?? reader.path
    const left = limit - reader.position
    throw new DecodeError(`${left} bytes too many`, path, reader.base + reader.position)
  }
}

/** One element: identifier octet, content, and where it stands. */
export class DerNode {
  readonly tag: number
  readonly depth: number
  private readonly outermost: Uint8Array
  private readonly base: number
  private readonly start: number
  private readonly contentStart: number
  private readonly limit: number
  private readonly label: string | number
  private readonly parent: DerNode | null

  /** The reader stands behind the header; `start` is where that begins. */
  constructor(
    reader: Reader,
    start: number,
    length: number,
    label: string | number,
    parent: DerNode | null,
  ) {
    this.tag = reader.bytes[start] ?? 0
    this.depth = parent ? parent.depth + 1 : 0
    this.outermost = reader.bytes
    this.base = reader.base
    this.start = start
    this.contentStart = reader.position
    this.limit = reader.position + length
    this.label = label
    this.parent = parent
  }

  /** Header and content. */
  get raw(): Uint8Array {
    return this.outermost.subarray(this.start, this.limit)
  }

  get content(): Uint8Array {
    return this.outermost.subarray(this.contentStart, this.limit)
  }

  /** Number of octets of the content. */
  get length(): number {
    return this.limit - this.contentStart
  }

  /** Where it stands in the structure, such as `certificate.tbsCertificate.validity`. */
  get path(): string {
    return joinPath(this.parent, this.label)
  }

  /** Offset of its first octet, and of the first one of its content, in the outermost value. */
  get offset(): number {
    return this.base + this.start
  }

  get contentOffset(): number {
    return this.base + this.contentStart
  }

  /** The elements inside a constructed type. */
  children(): DerCursor {
    return this.walk(this.contentStart)
  }

  /** The one DER value inside an OCTET STRING or an EXPLICIT tag. */
  inner(name: string, tag?: number): DerNode {
    const cursor = this.children()
    const node = cursor.next(name, tag)
    cursor.end()
    return node
  }

  boolean(): boolean {
    const value = this.content[0]
    if (this.length !== 1 || (value !== 0x00 && value !== 0xff))
      this.fail('BOOLEAN must be 00 or FF')
    return value === 0xff
  }

  /** Two's complement octets of an INTEGER. */
  integer(): Uint8Array {
    const { content } = this
    const first = content[0]
    const second = content[1]
    if (first === undefined) this.fail('INTEGER without content')
    if (second !== undefined) {
      const padded = (first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80)
      if (padded) this.fail('INTEGER is padded')
    }
    return content
  }

  /** An INTEGER that must be non-negative; values above 2^48 are refused. */
  smallInteger(): number {
    const octets = this.integer()
    if ((octets[0] ?? 0) >= 0x80) this.fail('INTEGER is negative')
    if (octets.length - (octets[0] === 0 ? 1 : 0) > 6) this.fail('INTEGER is too large')
    return octets.reduce((value, octet) => value * 256 + octet, 0)
  }

  oid(): string {
    const { content } = this
    if (content.length === 0) this.fail('OBJECT IDENTIFIER without content')
    if (content.length > MAX_OID_BYTES) this.fail('OBJECT IDENTIFIER is too long')
    if ((content[content.length - 1] ?? 0) >= 0x80) this.fail('OBJECT IDENTIFIER is cut off')
    let dotted = ''
    for (let start = 0; start < content.length; ) {
      if (content[start] === 0x80) this.fail('arc of the OBJECT IDENTIFIER is padded')
      let end = start
      while ((content[end] ?? 0) >= 0x80) end++
      dotted += start === 0 ? firstArcs(content, end) : `.${decodeArc(content, start, end)}`
      start = end + 1
    }
    return dotted
  }

  /** The bits of a BIT STRING and how many of the last octet's bits are unused. */
  bitString(): { readonly bytes: Uint8Array; readonly unused: number } {
    const { content } = this
    const unused = content[0]
    if (unused === undefined) this.fail('BIT STRING without content')
    const bytes = content.subarray(1)
    if (unused > 7 || (unused > 0 && bytes.length === 0))
      this.fail('number of unused bits is impossible')
    if (((bytes[bytes.length - 1] ?? 0) & ((1 << unused) - 1)) !== 0)
      this.fail('unused bits are not zero')
    return { bytes, unused }
  }

  /** The content of a BIT STRING that must hold whole octets. */
  bitStringOctets(): Uint8Array {
    const { bytes, unused } = this.bitString()
    if (unused !== 0) this.fail('BIT STRING of whole octets expected')
    return bytes
  }

  /** The one DER value inside a BIT STRING. */
  bitStringInner(name: string, tag?: number): DerNode {
    this.bitStringOctets()
    const cursor = this.walk(this.contentStart + 1)
    const node = cursor.next(name, tag)
    cursor.end()
    return node
  }

  fail(reason: string): never {
    throw this.error(reason)
  }

  error(reason: string): DecodeError {
    return new DecodeError(reason, this.path, this.offset)
  }

  private walk(from: number): DerCursor {
    const reader = new Reader(this.outermost, '', this.base)
    reader.position = from
    return new DerCursor(reader, this.limit, this)
  }
}

function joinPath(parent: DerNode | null, label: string | number): string {
  if (typeof label === 'number') return `${parent?.path ?? ''}[${label}]`
  return parent ? `${parent.path}.${label}` : label
}

function checkForm(tag: number, fail: (reason: string) => never): void {
  if ((tag & 0x1f) === 0x1f) fail('tag number above 30')
  if (tag >= 0x40) return
  const constructed = (tag & 0x20) !== 0
  const structured = (tag | 0x20) === TAG.sequence || (tag | 0x20) === TAG.set
  if (constructed && !structured) fail(`${describeTag(tag & 0x1f)} is constructed`)
  if (!constructed && structured) fail(`${describeTag(tag | 0x20)} is not constructed`)
  if (tag === 0) fail('end-of-contents octets')
}

function readLength(reader: Reader, limit: number, fail: (reason: string) => never): number {
  const first = reader.u8()
  if (first < 0x80) return first
  const width = first & 0x7f
  if (width === 0) fail('indefinite length')
  if (width > 4) fail(`length of ${width} octets`)
  if (width > limit - reader.position) fail('truncated')
  let length = 0
  for (let index = 0; index < width; index++) length = length * 256 + reader.u8()
  if (length < 0x80 || length < 256 ** (width - 1)) fail('length is not minimal')
  return length
}

/** The octets of one arc stand from `start` to `end`; seven of them fit into a number. */
function decodeArc(content: Uint8Array, start: number, end: number): number | bigint {
  if (end - start >= 7) return decodeLongArc(content.subarray(start, end + 1))
  let value = 0
  for (let index = start; index <= end; index++)
    value = value * 128 + ((content[index] ?? 0) & 0x7f)
  return value
}

/** Arcs above 2^49, such as those made from UUIDs. */
function decodeLongArc(octets: Uint8Array): bigint {
  return octets.reduce((value, octet) => (value << 7n) | BigInt(octet & 0x7f), 0n)
}

/** The first two arcs share their octets: 40 times the first, plus the second (X.690 §8.19.4). */
function firstArcs(content: Uint8Array, end: number): string {
  const joined = decodeArc(content, 0, end)
  if (joined < 80) return `${Math.floor(Number(joined) / 40)}.${Number(joined) % 40}`
  return `2.${typeof joined === 'bigint' ? joined - 80n : joined - 80}`
}

const TAG_NAMES: Readonly<Record<number, string>> = {
  [TAG.boolean]: 'BOOLEAN',
  [TAG.integer]: 'INTEGER',
  [TAG.bitString]: 'BIT STRING',
  [TAG.octetString]: 'OCTET STRING',
  [TAG.null]: 'NULL',
  [TAG.oid]: 'OBJECT IDENTIFIER',
  [TAG.enumerated]: 'ENUMERATED',
  [TAG.utf8String]: 'UTF8String',
  [TAG.numericString]: 'NumericString',
  [TAG.printableString]: 'PrintableString',
  [TAG.teletexString]: 'TeletexString',
  [TAG.ia5String]: 'IA5String',
  [TAG.utcTime]: 'UTCTime',
  [TAG.generalizedTime]: 'GeneralizedTime',
  [TAG.visibleString]: 'VisibleString',
  [TAG.universalString]: 'UniversalString',
  [TAG.bmpString]: 'BMPString',
  [TAG.sequence]: 'SEQUENCE',
  [TAG.set]: 'SET',
}

function describeTag(tag: number): string {
  if (tag >= 0x80 && tag < 0xc0) return `[${tag & 0x1f}]`
  return TAG_NAMES[tag] ?? `tag ${tag.toString(16).padStart(2, '0')}`
}
