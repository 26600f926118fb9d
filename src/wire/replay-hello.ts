/** A parsed ClientHello as a spec that sends it again, with randoms, session id, SNI and key shares of its own. */
import { randomBytes } from 'node:crypto'
import { equal, Reader, Writer } from '../bytes.ts'
import { extensionBody, type HelloValues, namedExtension } from './client-extensions.ts'
import {
  type ClientHelloSpec,
  type ExtensionSpec,
  paddingLength,
  type RandomSource,
} from './client-hello.ts'
import { isComputable } from './key-exchange.ts'
import { EXTENSIONS, isGrease, SCHEMES, VERSIONS } from './names.ts'
import type { ParsedHello, SentExtension } from './parse-client-hello.ts'

/** Extensions that hold secrets or answers of another connection: nobody else can send them. */
const NOT_REPLAYED: ReadonlySet<number> = new Set([
  EXTENSIONS.pre_shared_key,
  EXTENSIONS.early_data,
  EXTENSIONS.cookie,
])

/** Always of our own making, whatever was sent: a name, shares, a ticket, a finished handshake. */
const ALWAYS_OURS: ReadonlySet<number> = new Set([
  EXTENSIONS.server_name,
  EXTENSIONS.key_share,
  EXTENSIONS.session_ticket,
  EXTENSIONS.renegotiation_info,
])

/**
 * The spec that replays a hello. What is not in the hello is assumed: without supported_versions all versions back to
 * TLS 1.0 are accepted; a name is sent also where none was, for a client that was captured at an address sent none.
 * A share of a group we cannot compute is left out while the group stays: a server that wants it asks for another.
 */
export function toSpec(hello: ParsedHello, random: RandomSource = randomBytes): ClientHelloSpec {
  const grease = isGreased(hello)
  const plain = (codes: readonly number[]) => (grease ? codes.slice(1) : codes)
  const { groups, versions, legacyVersion } = hello
  const spec: ClientHelloSpec = {
    recordVersion: hello.recordVersion ?? VERSIONS['TLS 1.0'],
    legacyVersion,
    versions: versions.length > 0 ? plain(versions) : versionsUpTo(legacyVersion),
    sessionIdLength: hello.sessionId.length,
    suites: plain(hello.suites),
    compressionMethods: hello.compressionMethods,
    groups: plain(groups),
    keyShares: hello.keyShares.map(({ group }) => group).filter(isComputable),
    signatureSchemes: hello.signatureSchemes.map(code => (isGrease(code) ? SCHEMES.GREASE : code)),
    alpn: hello.alpn,
    pointFormats: hello.pointFormats,
    pskModes: hello.pskModes,
    certificateCompression: hello.certificateCompression,
    grease,
    shuffled: false,
    extensions: [],
  }
  const extensions = replayed(hello, spec, random)
  return { ...spec, extensions: withServerName(extensions) }
}

/** A GREASE value leads every list that is there: then each is drawn anew, else they are sent as they were. */
function isGreased({ suites, groups, versions, keyShares }: ParsedHello): boolean {
  const shares = keyShares.map(({ group }) => group)
  return [suites, groups, versions, shares].every(
    (list, index) => (index > 0 && list.length === 0) || isGrease(list[0] ?? 0),
  )
}

function versionsUpTo(newest: number): readonly number[] {
  const known = Object.values(VERSIONS).filter(version => version < VERSIONS['TLS 1.3'])
  const accepted = known.filter(version => version <= newest && version >= VERSIONS['TLS 1.0'])
  return accepted.length > 0 ? accepted.toReversed() : [newest]
}

function replayed(
  hello: ParsedHello,
  spec: ClientHelloSpec,
  random: RandomSource,
): readonly ExtensionSpec[] {
  const values = valuesOf(hello)
  const drawn = drawsGrease(hello.extensions)
  let length = headLength(hello)
  return hello.extensions.flatMap(({ type, body }, index): readonly ExtensionSpec[] => {
    const before = length
    length += 4 + body.length
    if (NOT_REPLAYED.has(type)) return []
    if (isGrease(type) && drawn) return ['grease']
    if (type === EXTENSIONS.padding) {
      const last = index === hello.extensions.length - 1
      const ours = last && body.length === paddingLength(before) && body.every(byte => byte === 0)
      return [ours ? 'padding' : { type, body }]
    }
    if (type === EXTENSIONS.encrypted_client_hello) return [replayEch(body, random)]
    const name = namedExtension(type)
    const same = name && extensionBody(name, spec, values, hello.keyShares)
    return [name && (ALWAYS_OURS.has(type) || (same && equal(same, body))) ? name : { type, body }]
  })
}

/** What the hello drew. */
function valuesOf(hello: ParsedHello): HelloValues {
  const { serverName, suites, groups, versions, signatureSchemes } = hello
  const [[suite = 0], [group = 0], [version = 0]] = [suites, groups, versions]
  const scheme = signatureSchemes.find(isGrease) ?? SCHEMES.GREASE
  const grease = { suite, group, version, scheme, extensions: [0, 0] } as const
  return { serverName, grease, echGrease: new Uint8Array(), ticket: new Uint8Array() }
}

/** BoringSSL's pattern: one empty, and perhaps a second one that holds a zero. */
function drawsGrease(extensions: readonly SentExtension[]): boolean {
  const bodies = extensions.filter(({ type }) => isGrease(type)).map(({ body }) => body)
  return (
    bodies.length <= 2 &&
    bodies.every((body, index) => body.length === index && body.every(byte => byte === 0))
  )
}

/** Message header, length of the extensions, and all that stands before. */
function headLength({ sessionId, suites, compressionMethods }: ParsedHello): number {
  return (
    4 + 2 + 32 + 1 + sessionId.length + 2 + 2 * suites.length + 1 + compressionMethods.length + 2
  )
}

/**
 * By name where it is of a form that BoringSSL draws, else with another config id, key and payload of the same lengths:
 * a real one would be opened by its server, and its inner hello holds keys that are not ours (RFC 9849 §5).
 */
function replayEch(body: Uint8Array, random: RandomSource): ExtensionSpec {
  const type = EXTENSIONS.encrypted_client_hello
  const reader = new Reader(body, 'ClientHello.encrypted_client_hello')
  if (reader.u8() !== OUTER) return { type, body }
  const suite = reader.u32()
  reader.u8()
  const enc = reader.vector(2, 'enc').remaining
  const payload = reader.vector(2, 'payload').remaining
  reader.end()
  if (suite === HKDF_SHA256_AES_128_GCM && enc === 32 && DRAWN_PAYLOADS.has(payload))
    return 'encrypted_client_hello'
  const fresh = new Writer().u8(OUTER).u32(suite).push(random(1))
  fresh.vector(2, list => list.push(random(enc))).vector(2, list => list.push(random(payload)))
  return { type, body: fresh.bytes() }
}

const OUTER = 0
const HKDF_SHA256_AES_128_GCM = 0x0001_0001
/** 4 to 7 blocks of 32 bytes, and a tag. */
const DRAWN_PAYLOADS: ReadonlySet<number> = new Set([144, 176, 208, 240])

/** Where clients put it: first, but for GREASE. */
function withServerName(extensions: readonly ExtensionSpec[]): readonly ExtensionSpec[] {
  if (extensions.length === 0 || extensions.includes('server_name')) return extensions
  const at = extensions[0] === 'grease' ? 1 : 0
  return extensions.toSpliced(at, 0, 'server_name')
}
