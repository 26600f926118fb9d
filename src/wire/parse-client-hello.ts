/** A ClientHello as it was sent, read strictly from its bytes (RFC 8446 §4.1.2, RFC 5246 §7.4.1.2). */
import { concat, Reader, toBinary } from '../bytes.ts'
import type { KeyShareEntry } from './client-extensions.ts'
import { CLIENT_HELLO } from './messages.ts'
import { EXTENSIONS, extensionName } from './names.ts'
import { HANDSHAKE } from './record.ts'

/** Every list in its order, GREASE included; empty where its extension is absent. */
export interface ParsedHello {
  /** Null where the message came without a record around it. */
  readonly recordVersion: number | null
  readonly legacyVersion: number
  /** 32 bytes. */
  readonly random: Uint8Array
  readonly sessionId: Uint8Array
  readonly suites: readonly number[]
  readonly compressionMethods: readonly number[]
  /** As sent, each type once. */
  readonly extensions: readonly SentExtension[]
  readonly serverName: string | null
  /** Those of supported_versions. */
  readonly versions: readonly number[]
  readonly groups: readonly number[]
  readonly keyShares: readonly KeyShareEntry[]
  readonly signatureSchemes: readonly number[]
  /** One character a byte. */
  readonly alpn: readonly string[]
  readonly pointFormats: readonly number[]
  readonly pskModes: readonly number[]
  readonly certificateCompression: readonly number[]
}

export interface SentExtension {
  readonly type: number
  readonly body: Uint8Array
}

/** The first handshake message of a client. */
export interface FirstFlight {
  readonly recordVersion: number
  /** The ClientHello, handshake header included. */
  readonly message: Uint8Array
  /** How many bytes its records take. */
  readonly length: number
}

/** The largest hello that is read; real ones stay below 4 KiB. */
export const MAX_HELLO = 1 << 16

/**
 * Reads a ClientHello in its records, or the bare handshake message; what follows it is left alone.
 * @throws DecodeError for whatever else the bytes are
 */
export function parseClientHello(bytes: Uint8Array): ParsedHello {
  if (bytes[0] === CLIENT_HELLO) {
    const length = messageLength(bytes)
    if (bytes.length < length) cutShort(bytes)
    return parseMessage(bytes.subarray(0, length), null)
  }
  const flight = readFirstFlight(bytes) ?? cutShort(bytes)
  return parseMessage(flight.message, flight.recordVersion)
}

/**
 * Takes the ClientHello out of the first bytes of a stream, over as many records as it has.
 * Null while bytes are missing; @throws DecodeError where no ClientHello can come of them
 */
export function readFirstFlight(bytes: Uint8Array): FirstFlight | null {
  refuseSsl2(bytes)
  const reader = new Reader(bytes, 'record')
  let content: Uint8Array = new Uint8Array()
  for (let records = 0; records < MAX_RECORDS; records++) {
    refuseOthers(reader)
    if (reader.remaining < 5) return null
    reader.take(3)
    const length = reader.u16()
    if (length === 0) reader.fail('an empty handshake record')
    const fragment = reader.take(Math.min(length, reader.remaining))
    content = concat([content, fragment])
    if (content.length > 0 && content[0] !== CLIENT_HELLO)
      reader.fail('a handshake message that is no ClientHello', 5)
    const needed = content.length < 4 ? MAX_HELLO : messageLength(content)
    if (content.length >= needed) {
      const recordVersion = new Reader(bytes.subarray(1), 'record').u16()
      return { recordVersion, message: content.subarray(0, needed), length: reader.position }
    }
    if (fragment.length < length) return null
  }
  return reader.fail(`a ClientHello in over ${MAX_RECORDS} records`)
}

const MAX_RECORDS = 64

/** Header included. */
function messageLength(start: Uint8Array): number {
  const header = new Reader(start, 'message')
  header.u8()
  const length = 4 + header.u24()
  return length <= MAX_HELLO ? length : header.fail(`a ClientHello of ${length} bytes`, 1)
}

/** A record header as far as it has come: a handshake of SSL 3.0 or newer. */
function refuseOthers(reader: Reader): void {
  const [type = HANDSHAKE, major = 3] = reader.bytes.subarray(reader.position)
  if (type !== HANDSHAKE || major !== 3) reader.fail('no TLS handshake record')
}

/** RFC 5246 §E.2: a header of two bytes, the first bit set, then CLIENT-HELLO and a version. */
function refuseSsl2(bytes: Uint8Array): void {
  const [first = 0, , type, major = -1, minor] = bytes
  if (first >= 0x80 && type === 1 && (major === 3 || (major === 0 && minor === 2)))
    new Reader(bytes, 'record').fail('an SSL 2.0 hello, which no client of today sends')
}

function cutShort(bytes: Uint8Array): never {
  return new Reader(bytes, 'record').fail('the ClientHello is cut short', bytes.length)
}

function parseMessage(message: Uint8Array, recordVersion: number | null): ParsedHello {
  const reader = new Reader(message, 'ClientHello')
  reader.take(4)
  const legacyVersion = reader.u16()
  const random = reader.take(32)
  const sessionId = reader.vector(1, 'sessionId')
  if (sessionId.remaining > 32) sessionId.fail('over 32 bytes')
  const suites = listOf(reader.vector(2, 'suites'), code)
  const compressionMethods = [...reader.vector(1, 'compression').rest()]
  const extensions = reader.done ? [] : parseExtensions(reader.vector(2, 'extensions'))
  reader.end()
  if (suites.length === 0 || compressionMethods.length === 0)
    reader.fail('no suites or no compression methods')
  const bodyOf = <T>(type: number, absent: T, read: (body: Reader) => T): T => {
    const extension = extensions.find(sent => sent.type === type)
    if (!extension) return absent
    const body = new Reader(extension.body, `ClientHello.${extensionName(type)}`)
    const value = read(body)
    body.end()
    return value
  }
  const codes = (type: number, width: 1 | 2) =>
    bodyOf(type, [], body => listOf(body.vector(width, 'list'), code))
  const octets = (type: number) =>
    bodyOf<readonly number[]>(type, [], body => [...body.vector(1, 'list').rest()])
  return {
    recordVersion,
    legacyVersion,
    random,
    sessionId: sessionId.rest(),
    suites,
    compressionMethods,
    extensions,
    serverName: bodyOf<string | null>(EXTENSIONS.server_name, null, parseServerName),
    versions: codes(EXTENSIONS.supported_versions, 1),
    groups: codes(EXTENSIONS.supported_groups, 2),
    keyShares: bodyOf(EXTENSIONS.key_share, [], body => listOf(body.vector(2, 'shares'), share)),
    signatureSchemes: codes(EXTENSIONS.signature_algorithms, 2),
    alpn: bodyOf(EXTENSIONS.application_layer_protocol_negotiation, [], body =>
      listOf(body.vector(2, 'protocols'), one => name(one)),
    ),
    pointFormats: octets(EXTENSIONS.ec_point_formats),
    pskModes: octets(EXTENSIONS.psk_key_exchange_modes),
    certificateCompression: codes(EXTENSIONS.compress_certificate, 1),
  }
}

/** RFC 8446 §4.2: the same type twice is an error. */
function parseExtensions(block: Reader): readonly SentExtension[] {
  const types = new Set<number>()
  return listOf(block, reader => {
    const type = reader.u16()
    if (types.has(type)) reader.fail(`${extensionName(type)} twice`)
    types.add(type)
    return { type, body: reader.vector(2, extensionName(type)).rest() }
  })
}

/** RFC 6066 §3: names of one type at most, of which there is but one. */
function parseServerName(body: Reader): string {
  const list = body.vector(2, 'names')
  if (list.u8() !== 0) list.fail('no host_name', 0)
  const host = name(list, 2)
  list.end()
  return host
}

function share(reader: Reader): KeyShareEntry {
  return { group: reader.u16(), publicKey: reader.vector(2, 'share').rest() }
}

function code(reader: Reader): number {
  return reader.u16()
}

function name(reader: Reader, width: 1 | 2 = 1): string {
  const bytes = reader.vector(width, 'name').rest()
  return bytes.length > 0 ? toBinary(bytes) : reader.fail('an empty name')
}

function listOf<T>(reader: Reader, read: (reader: Reader) => T): readonly T[] {
  const list: T[] = []
  while (!reader.done) list.push(read(reader))
  return list
}
