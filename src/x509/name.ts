/** Distinguished names (RFC 5280 §4.1.2.4): decoding, the form people read, the form that is compared. */
import { equal, toHex } from '../bytes.ts'
import { type DerNode, TAG } from './der.ts'
import type { Note } from './note.ts'
import { ATTRIBUTE_NAME, COMMON_NAME_OID } from './oids.ts'

/** A distinguished name. */
export interface Name {
  /** The DER encoding. */
  readonly raw: Uint8Array
  /** Equal for names that match under RFC 5280 §7.1. */
  readonly key: string
  /** The comparable form of each relative distinguished name, in the order of the encoding. */
  readonly rdns: readonly string[]
  /** RFC 4514 text, most specific first: `CN=…, O=…, C=…`; empty for the empty name. */
  readonly text: string
  /** The last commonName, or null. */
  readonly commonName: string | null
  /** In the order of the encoding. */
  readonly attributes: readonly NameAttribute[]
}

export interface NameAttribute {
  readonly oid: string
  /** The text; `#` and the DER in hexadecimal where the value is no character string. */
  readonly value: string
}

export function decodeName(node: DerNode, note: Note): Name {
  if (node.tag !== TAG.sequence) node.fail('Name is no SEQUENCE')
  const rdns: Attribute[][] = []
  for (const set of node.children().rest(TAG.set)) rdns.push(decodeRdn(set, note))
  return new DecodedName(node.raw, rdns)
}

/** Text of a character string of any ASN.1 type, or null where the element is none. */
function decodeString(node: DerNode, note: Note): string | null {
  const text = Buffer.from(node.content.buffer, node.content.byteOffset, node.content.length)
  switch (node.tag) {
    case TAG.utf8String: {
      const decoded = text.toString('utf8')
      if (!decoded.includes('\ufffd') || equal(Buffer.from(decoded), text)) return decoded
      note(node.error('not UTF-8'))
      return text.toString('latin1')
    }
    case TAG.printableString:
    case TAG.ia5String:
    case TAG.numericString:
    case TAG.visibleString:
      if (text.some(octet => octet >= 0x80)) note(node.error('not ASCII'))
      return text.toString('latin1')
    case TAG.teletexString:
      return text.toString('latin1')
    case TAG.bmpString:
      if (text.length % 2 === 0) return Buffer.from(text).swap16().toString('utf16le')
      note(node.error('BMPString of odd length'))
      return null
    case TAG.universalString:
      return decodeUniversal(node, note)
    default:
      return null
  }
}

interface Attribute extends NameAttribute {
  readonly comparable: string
  readonly isText: boolean
}

class DecodedName implements Name {
  readonly raw: Uint8Array
  readonly rdns: readonly string[]
  readonly attributes: readonly NameAttribute[]
  private readonly sets: readonly (readonly Attribute[])[]
  private memoKey: string | null = null
  private memoText: string | null = null

  constructor(raw: Uint8Array, sets: readonly (readonly Attribute[])[]) {
    this.raw = raw
    this.sets = sets
    this.attributes = sets.flat()
    this.rdns = sets.map(comparableRdn)
  }

  get key(): string {
    this.memoKey ??= this.rdns.join('/')
    return this.memoKey
  }

  get text(): string {
    this.memoText ??= this.sets
      .map(set => set.map(formatAttribute).join('+'))
      .reverse()
      .join(', ')
    return this.memoText
  }

  get commonName(): string | null {
    return this.attributes.findLast(({ oid }) => oid === COMMON_NAME_OID)?.value ?? null
  }
}

function decodeRdn(set: DerNode, note: Note): Attribute[] {
  const attributes: Attribute[] = []
  let previous: Uint8Array | null = null
  for (const item of set.children().rest(TAG.sequence)) {
    const fields = item.children()
    const oid = fields.next('type', TAG.oid).oid()
    const value = fields.next('value')
    fields.end()
    attributes.push(decodeAttribute(oid, value, note))
    if (previous && Buffer.compare(previous, item.raw) > 0)
      note(set.error('SET OF is not in order'))
    previous = item.raw
  }
  if (attributes.length === 0) note(set.error('relative distinguished name is empty'))
  return attributes
}

function decodeAttribute(oid: string, node: DerNode, note: Note): Attribute {
  const text = decodeString(node, note)
  if (text === null) {
    const value = `#${toHex(node.raw)}`
    return { oid, value, comparable: `${oid}${value};`, isText: false }
  }
  const prepared = prepare(text)
  // The length keeps the border of a value apart from what stands in it.
  return { oid, value: text, comparable: `${oid}=${prepared.length}:${prepared};`, isText: true }
}

function comparableRdn(set: readonly Attribute[]): string {
  if (set.length === 1 && set[0]) return set[0].comparable
  return set
    .map(({ comparable }) => comparable)
    .sort()
    .join('')
}

/** String preparation of RFC 4518, as far as case, width, white space and invisible characters go. */
function prepare(text: string): string {
  const mapped = /^[\x20-\x7e]*$/.test(text)
    ? text
    : text
        .replace(/[\t-\r\x85\p{Z}]/gu, ' ')
        .replace(/[\p{Cc}\p{Cf}\p{DI}\ufffc]/gu, '')
        .normalize('NFKC')
  return mapped.toLowerCase().trim().replace(/ {2,}/g, ' ')
}

function decodeUniversal(node: DerNode, note: Note): string | null {
  const { content } = node
  const view = new DataView(content.buffer, content.byteOffset, content.length)
  let text = ''
  for (let index = 0; index + 4 <= content.length; index += 4) {
    const point = view.getUint32(index)
    if (point > 0x10ffff) {
      note(node.error('no character of Unicode'))
      return null
    }
    text += String.fromCodePoint(point)
  }
  if (content.length % 4 === 0) return text
  note(node.error('UniversalString of odd length'))
  return null
}

/** RFC 4514 §2.4; control characters are written as hexadecimal pairs of their UTF-8 octets. */
function formatAttribute({ oid, value, isText }: Attribute): string {
  return `${ATTRIBUTE_NAME[oid] ?? oid}=${isText ? escapeValue(value) : value}`
}

function escapeValue(value: string): string {
  return value
    .replace(/[,+"\\<>;]/g, '\\$&')
    .replace(/^[ #]|(?<!^) $/g, '\\$&')
    .replace(/\p{Cc}/gu, control => Buffer.from(control).toString('hex').replace(/../g, '\\$&'))
}
