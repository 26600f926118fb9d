/** A ClientHello as data, and its bytes (RFC 8446 §4.1.2, RFC 5246 §7.4.1.2). */
import { concat, Writer } from '../bytes.ts'
import {
  extensionBody,
  type HelloValues,
  type KeyShareEntry,
  type NamedExtension,
} from './client-extensions.ts'
import { CLIENT_HELLO, message } from './messages.ts'
import { EXTENSIONS, SUITES } from './names.ts'
import type { LeftSession } from './session.ts'

/** One extension in its place: by name where the body follows from the spec or never varies, else with its body. */
export type ExtensionSpec =
  | 'grease' // RFC 8701: the first one empty, later ones with one zero byte, as BoringSSL sends them
  | 'server_name' // left out where no name is given
  | 'status_request'
  | 'supported_groups'
  | 'ec_point_formats'
  | 'signature_algorithms'
  | 'application_layer_protocol_negotiation'
  | 'status_request_v2' // OCSP for the whole chain, as Java sends it
  | 'signed_certificate_timestamp'
  | 'padding' // RFC 7685: to 512 bytes, as BoringSSL does; must come last
  | 'encrypt_then_mac'
  | 'extended_master_secret'
  | 'compress_certificate'
  | 'record_size_limit' // 16,385 bytes
  | 'session_ticket' // empty, or that of the session to be taken up
  | 'supported_versions'
  | 'psk_key_exchange_modes'
  | 'post_handshake_auth'
  | 'signature_algorithms_cert' // the same list as signature_algorithms
  | 'key_share'
  | 'next_protocol_negotiation'
  | 'application_settings_old' // for h2 alone, as Chromium sends it; its code before 2024
  | 'application_settings'
  | 'encrypted_client_hello' // GREASE ECH (RFC 9849 §6.2), as BoringSSL sends it
  | 'renegotiation_info'
  | { readonly type: number; readonly body: Uint8Array }

export interface ClientHelloSpec {
  readonly recordVersion: number
  readonly legacyVersion: number
  /** Accepted versions, newest first; they stand in supported_versions if that extension is listed. */
  readonly versions: readonly number[]
  /** Length of the legacy session id: 32 in the compatibility mode of TLS 1.3, else 0. */
  readonly sessionIdLength: number
  /** In order; SCSVs included, GREASE not (see `grease`). */
  readonly suites: readonly number[]
  readonly compressionMethods: readonly number[]
  readonly groups: readonly number[]
  /** Groups of which a share is sent: X25519, X448, NIST and Brainpool curves, ffdhe, ML-KEM hybrids. */
  readonly keyShares: readonly number[]
  /** `GREASE` among them stands for a drawn value. */
  readonly signatureSchemes: readonly number[]
  readonly alpn: readonly string[]
  readonly pointFormats: readonly number[]
  readonly pskModes: readonly number[]
  readonly certificateCompression: readonly number[]
  /** A GREASE value leads suites, groups, key shares and versions (RFC 8701). */
  readonly grease: boolean
  /** Sends the extensions in a new random order each time (Chromium since 110); GREASE and padding keep their place. */
  readonly shuffled: boolean
  readonly extensions: readonly ExtensionSpec[]
}

/** Gives `length` bytes, random or not: a fixed source gives the same hello each time. */
export type RandomSource = (length: number) => Uint8Array

/** A hello whose random values are drawn: its second edition, after a HelloRetryRequest, keeps them all. */
export interface DrawnHello {
  readonly spec: ClientHelloSpec
  readonly values: HelloValues
  readonly random: Uint8Array
  readonly sessionId: Uint8Array
  /** The extensions in the order they are sent. */
  readonly extensions: readonly ExtensionSpec[]
  /** Types of those a server may answer: the ones sent, and what a signalling suite stands for. */
  readonly offered: ReadonlySet<number>
}

export function drawHello(
  spec: ClientHelloSpec,
  serverName: string | null,
  random: RandomSource,
  resume: LeftSession | null = null,
): DrawnHello {
  return {
    spec,
    random: random(32),
    sessionId: drawSessionId(spec, random, resume),
    values: {
      serverName,
      ticket: resume?.ticket ?? new Uint8Array(),
      grease: drawGrease(random),
      echGrease: drawEch(spec, random),
    },
    extensions: spec.shuffled ? shuffle(spec.extensions, random) : spec.extensions,
    offered: offeredExtensions(spec, serverName),
  }
}

/** Whether it takes session tickets (RFC 5077 §3.2). */
export function offersTicket({ extensions }: ClientHelloSpec): boolean {
  return extensions.includes('session_ticket')
}

/** The share that leads the list where the hello is greased: one zero byte; not sent again after a HelloRetryRequest. */
export function greaseShares({ spec, values }: DrawnHello): readonly KeyShareEntry[] {
  return spec.grease ? [{ group: values.grease.group, publicKey: new Uint8Array(1) }] : []
}

/** The ClientHello message, handshake header included; `cookie` is that of a HelloRetryRequest. */
export function encodeHello(
  { spec, values, random, sessionId, extensions }: DrawnHello,
  shares: readonly KeyShareEntry[],
  cookie: Uint8Array | null,
): Uint8Array {
  const head = new Writer().u16(spec.legacyVersion).push(random)
  head.vector(1, id => id.push(sessionId))
  head.vector(2, list => {
    if (spec.grease) list.u16(values.grease.suite)
    for (const suite of spec.suites) list.u16(suite)
  })
  head.vector(1, list => {
    for (const method of spec.compressionMethods) list.u8(method)
  })

  const cookieAt = Math.max(0, extensions.indexOf('psk_key_exchange_modes'))
  const blocks: Uint8Array[] = []
  let greased = 0
  // Message header, length of the extensions, and all that stands before.
  let length = 4 + head.length + 2
  const push = (block: Uint8Array | null) => {
    if (block) blocks.push(block)
    length += block?.length ?? 0
  }
  for (const [index, extension] of extensions.entries()) {
    if (cookie && index === cookieAt)
      push(encodeExtension(EXTENSIONS.cookie, new Writer().vector(2, w => w.push(cookie)).bytes()))
    if (extension === 'grease') {
      const type = values.grease.extensions[greased % 2] ?? 0
      push(encodeExtension(type, new Uint8Array(greased++ === 0 ? 0 : 1)))
    } else if (extension === 'padding') push(padding(length))
    else if (typeof extension !== 'string') push(encodeExtension(extension.type, extension.body))
    else push(named(extension, spec, values, shares))
  }
  if (blocks.length > 0) head.vector(2, list => list.push(concat(blocks)))
  return message(CLIENT_HELLO, head.bytes())
}

/** RFC 5077 §3.4: a server that takes a ticket shows it by sending our session id back, so there must be one. */
function drawSessionId(
  { sessionIdLength }: ClientHelloSpec,
  random: RandomSource,
  resume: LeftSession | null,
): Uint8Array {
  if (!resume) return random(sessionIdLength)
  return resume.id.length > 0 ? resume.id : random(32)
}

/**
 * How many bytes the padding extension holds after `length` bytes of the message; 0 where it is left out.
 * BoringSSL: some servers hang on a hello of 256 to 511 bytes, so that it is filled up to 512.
 */
export function paddingLength(length: number): number {
  if (length < 0x100 || length >= 0x200) return 0
  return Math.max(1, 0x200 - length - 4)
}

function offeredExtensions(
  { extensions, suites }: ClientHelloSpec,
  serverName: string | null,
): ReadonlySet<number> {
  const types = new Set<number>()
  for (const extension of extensions) {
    if (typeof extension !== 'string') types.add(extension.type)
    else if (extension === 'server_name' && serverName === null) continue
    else if (extension !== 'grease' && extension !== 'padding') types.add(EXTENSIONS[extension])
  }
  if (suites.includes(SUITES.TLS_EMPTY_RENEGOTIATION_INFO_SCSV[0]))
    types.add(EXTENSIONS.renegotiation_info)
  return types
}

function named(
  extension: NamedExtension,
  spec: ClientHelloSpec,
  values: HelloValues,
  shares: readonly KeyShareEntry[],
): Uint8Array | null {
  const body = extensionBody(extension, spec, values, shares)
  return body && encodeExtension(EXTENSIONS[extension], body)
}

function encodeExtension(type: number, body: Uint8Array): Uint8Array {
  return new Writer()
    .u16(type)
    .vector(2, w => w.push(body))
    .bytes()
}

function padding(length: number): Uint8Array | null {
  const missing = paddingLength(length)
  return missing > 0 ? encodeExtension(EXTENSIONS.padding, new Uint8Array(missing)) : null
}

function drawGrease(random: RandomSource): HelloValues['grease'] {
  const [suite = 0, group = 0, version = 0, scheme = 0, first = 0, second = 0] = Array.from(
    random(6),
    byte => ((byte & 0xf0) | 0x0a) * 0x101,
  )
  // The same extension type may not come twice.
  return {
    suite,
    group,
    version,
    scheme,
    extensions: [first, second === first ? second ^ 0x1010 : second],
  }
}

/** Type outer, HKDF-SHA256, AES-128-GCM, a config id, an X25519 value, and a payload of 4 to 7 blocks and a tag. */
function drawEch(spec: ClientHelloSpec, random: RandomSource): Uint8Array {
  if (!spec.extensions.includes('encrypted_client_hello')) return new Uint8Array()
  const [configId = 0, size = 0] = random(2)
  return new Writer()
    .u8(0)
    .u16(1)
    .u16(1)
    .u8(configId)
    .vector(2, enc => enc.push(random(32)))
    .vector(2, payload => payload.push(random(32 * (4 + (size % 4)) + 16)))
    .bytes()
}

function shuffle(
  extensions: readonly ExtensionSpec[],
  random: RandomSource,
): readonly ExtensionSpec[] {
  const fixed = (extension: ExtensionSpec) => extension === 'grease' || extension === 'padding'
  const loose = extensions.filter(extension => !fixed(extension))
  const bytes = random(2 * loose.length)
  for (let last = loose.length - 1; last > 0; last--) {
    const other = (((bytes[2 * last] ?? 0) << 8) | (bytes[2 * last + 1] ?? 0)) % (last + 1)
    ;[loose[last], loose[other]] = [loose[other]!, loose[last]!]
  }
  let next = 0
  return extensions.map(extension => (fixed(extension) ? extension : (loose[next++] ?? extension)))
}
