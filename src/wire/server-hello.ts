/** ServerHello and HelloRetryRequest: decoding, and whether the server chose among what was offered (RFC 8446 §4.1.3). */
import { equal, fromHex, Reader, toHex } from '../bytes.ts'
import type { DrawnHello } from './client-hello.ts'
import { EXTENSIONS, extensionName, groupName, suiteName, VERSIONS, versionName } from './names.ts'
import type { ServerFlight } from './outcome.ts'
import { type Suite, suiteOf } from './suite.ts'
import { illegal, notOffered, stopHere, violate } from './violation.ts'

export interface ServerHello {
  readonly version: number
  readonly random: Uint8Array
  readonly sessionId: Uint8Array
  readonly suite: Suite
  readonly compression: number
  /** In order; each type once. */
  readonly extensions: ReadonlyMap<number, Reader>
  /** It is a HelloRetryRequest. */
  readonly retry: boolean
  /** TLS 1.2 and older: it takes up the session that was offered. */
  readonly resumed: boolean
}

/** SHA-256 of "HelloRetryRequest". */
export const RETRY_RANDOM = fromHex(
  'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c',
)

const TLS_1_2 = VERSIONS['TLS 1.2']
const TLS_1_3 = VERSIONS['TLS 1.3']

/** Extensions that no ServerHello of an older version answers. */
const ONLY_TLS_1_3: ReadonlySet<number> = new Set([
  EXTENSIONS.signature_algorithms,
  EXTENSIONS.signature_algorithms_cert,
  EXTENSIONS.early_data,
  EXTENSIONS.encrypted_client_hello,
  EXTENSIONS.key_share,
  EXTENSIONS.pre_shared_key,
  EXTENSIONS.cookie,
  EXTENSIONS.psk_key_exchange_modes,
  EXTENSIONS.post_handshake_auth,
  EXTENSIONS.compress_certificate,
  EXTENSIONS.application_settings,
  EXTENSIONS.application_settings_old,
])

/**
 * `seen` is told what the server chose before it is measured by what was offered; `resuming`: the session id is that
 * of a session, and not made up.
 * @throws DecodeError, ProtocolViolation
 */
export function readServerHello(
  body: Uint8Array,
  hello: DrawnHello,
  seen: (choice: Pick<ServerFlight, 'version' | 'cipher'>) => void,
  resuming = false,
): ServerHello {
  const reader = new Reader(body, 'ServerHello')
  const legacyVersion = reader.u16()
  const random = reader.take(32)
  const sessionId = reader.vector(1, 'sessionId').rest()
  const cipher = reader.u16()
  const compression = reader.u8()
  const extensions = reader.done ? new Map<number, Reader>() : readExtensions(reader)
  reader.end()

  const version = chosenVersion(legacyVersion, extensions, hello)
  seen({ version, cipher })
  checkVersion(version, hello)
  const suite = suiteOf(cipher)
  if (!hello.spec.suites.includes(cipher) || !suite) return notOffered(suiteName(cipher))
  if (version === TLS_1_3 ? suite.since !== TLS_1_3 : suite.since > version)
    return illegal(`${suite.name} in ${versionName(version)}`)
  const retry = version === TLS_1_3 && equal(random, RETRY_RANDOM)
  const echoed = sessionId.length > 0 && equal(sessionId, hello.sessionId)
  const resumed = version < TLS_1_3 && echoed
  const answer = { version, random, sessionId, suite, compression, extensions, retry, resumed }
  if (version === TLS_1_3) checkTls13(answer, hello)
  else checkOlder(answer, hello)
  if (resumed && !resuming) illegal('a session resumed that nobody has')
  return answer
}

/** A block of extensions with its length before it; the same type twice is an error (RFC 8446 §4.2). */
export function readExtensions(reader: Reader): Map<number, Reader> {
  const block = reader.vector(2, 'extensions')
  const extensions = new Map<number, Reader>()
  while (!block.done) {
    const type = block.u16()
    const body = block.vector(2, extensionName(type))
    if (extensions.has(type)) illegal(`extension ${extensionName(type)} twice`)
    extensions.set(type, body)
  }
  return extensions
}

/** Every extension of a server must answer one of ours. */
export function checkOffered(extensions: ReadonlyMap<number, Reader>, hello: DrawnHello): void {
  for (const type of extensions.keys())
    if (!hello.offered.has(type))
      notOffered(`extension ${extensionName(type)}`, 'unsupported_extension')
}

/** The protocol chosen by ALPN (RFC 7301 §3.1). */
export function readAlpn(body: Reader, offered: readonly string[]): string {
  const list = body.vector(2, 'protocols')
  body.end()
  const protocol = Buffer.from(list.vector(1, 'protocol').rest()).toString('latin1')
  list.end()
  return offered.includes(protocol) ? protocol : notOffered(`protocol ${JSON.stringify(protocol)}`)
}

/** What a ServerHello of TLS 1.2 or older says in its extensions (RFC 5746, 7627, 7366, 6066, 6962, 5077). */
export function readOlderExtensions(
  { random, suite, extensions }: ServerHello,
  hello: DrawnHello,
): Partial<ServerFlight> {
  const flag = (type: number) => {
    extensions.get(type)?.end()
    return extensions.has(type)
  }
  flag(EXTENSIONS.server_name)
  flag(EXTENSIONS.status_request)
  const renegotiation = extensions.get(EXTENSIONS.renegotiation_info)
  if (renegotiation && !equal(renegotiation.rest(), Uint8Array.of(0)))
    violate('illegal-parameter', 'renegotiation_info in a first handshake', 'handshake_failure')
  const points = extensions.get(EXTENSIONS.ec_point_formats)
  const formats = points?.vector(1, 'formats').rest()
  points?.end()
  if (formats && suite.keyExchange.startsWith('EC') && !formats.includes(0))
    illegal('ec_point_formats without the uncompressed one')
  const sct = extensions.get(EXTENSIONS.signed_certificate_timestamp)
  const alpn = extensions.get(EXTENSIONS.application_layer_protocol_negotiation)
  const npn = extensions.get(EXTENSIONS.next_protocol_negotiation)
  if (alpn && npn) illegal('both ALPN and NPN')
  return {
    secureRenegotiation: renegotiation !== undefined,
    extendedMasterSecret: flag(EXTENSIONS.extended_master_secret),
    encryptThenMac: flag(EXTENSIONS.encrypt_then_mac),
    sessionTicket: flag(EXTENSIONS.session_ticket),
    sctList: sct?.rest() ?? null,
    alpn: alpn ? readAlpn(alpn, hello.spec.alpn) : npn ? readNpn(npn, hello.spec.alpn) : null,
    downgradeSentinel: downgradeSentinel(random),
  }
}

/** The group that a HelloRetryRequest asks for, null if none, and its cookie. */
export function readRetry(
  { extensions }: ServerHello,
  { spec }: DrawnHello,
): { readonly group: number | null; readonly cookie: Uint8Array | null } {
  const share = extensions.get(EXTENSIONS.key_share)
  const group = share?.u16() ?? null
  share?.end()
  const cookieBody = extensions.get(EXTENSIONS.cookie)
  const cookie = cookieBody?.vector(2, 'cookie').rest() ?? null
  cookieBody?.end()
  if (cookie?.length === 0) illegal('an empty cookie')
  if (group !== null && !spec.groups.includes(group)) notOffered(`group ${groupName(group)}`)
  if (group !== null && spec.keyShares.includes(group))
    illegal(`a HelloRetryRequest for ${groupName(group)}, whose share it had`)
  if (group === null && cookie === null) illegal('a HelloRetryRequest that changes nothing')
  return { group, cookie }
}

/** The key share of a ServerHello. */
export function readKeyShare({ extensions }: ServerHello): {
  readonly group: number
  readonly value: Uint8Array
} {
  const body = extensions.get(EXTENSIONS.key_share)
  if (!body)
    return violate('illegal-parameter', 'ServerHello has no key share', 'missing_extension')
  const group = body.u16()
  const value = body.vector(2, 'share').rest()
  body.end()
  return { group, value }
}

function chosenVersion(
  legacy: number,
  extensions: ReadonlyMap<number, Reader>,
  hello: DrawnHello,
): number {
  const selected = extensions.get(EXTENSIONS.supported_versions)
  if (!selected || !hello.offered.has(EXTENSIONS.supported_versions))
    return legacy < TLS_1_3 ? legacy : notOffered(versionName(legacy), 'protocol_version')
  const version = selected.u16()
  selected.end()
  if (version < TLS_1_3) return illegal(`supported_versions for ${versionName(version)}`)
  if (legacy !== TLS_1_2) return illegal(`legacy version ${versionName(legacy)}`)
  return version
}

function checkVersion(version: number, { spec }: DrawnHello): void {
  if (!spec.versions.includes(version)) notOffered(versionName(version), 'protocol_version')
  // A draft or a later version: nothing after this hello can be read.
  if (version > TLS_1_3) stopHere()
}

function checkTls13({ sessionId, compression, extensions, retry }: ServerHello, hello: DrawnHello) {
  if (!equal(sessionId, hello.sessionId)) illegal('a session id that is not ours')
  if (compression !== 0) illegal(`compression ${compression} in TLS 1.3`)
  const allowed: readonly number[] = retry
    ? [EXTENSIONS.key_share, EXTENSIONS.cookie, EXTENSIONS.encrypted_client_hello]
    : [EXTENSIONS.key_share]
  const others = new Map(extensions)
  others.delete(EXTENSIONS.supported_versions)
  if (retry) others.delete(EXTENSIONS.cookie)
  checkOffered(others, hello)
  for (const type of others.keys())
    if (!allowed.includes(type)) illegal(`extension ${extensionName(type)} in ServerHello`)
}

function checkOlder({ sessionId, compression, extensions }: ServerHello, hello: DrawnHello) {
  if (!hello.spec.compressionMethods.includes(compression)) notOffered(`compression ${compression}`)
  if (sessionId.length > 32) illegal('a session id over 32 bytes')
  checkOffered(extensions, hello)
  for (const type of extensions.keys())
    if (ONLY_TLS_1_3.has(type)) illegal(`extension ${extensionName(type)} before TLS 1.3`)
}

/** The first the server lists that is ours, else HTTP/1.1: NPN lets the client choose (draft-agl-tls-nextprotoneg-04). */
function readNpn(body: Reader, offered: readonly string[]): string {
  const listed: string[] = []
  while (!body.done) listed.push(Buffer.from(body.vector(1, 'protocol').rest()).toString('latin1'))
  return listed.find(protocol => offered.includes(protocol)) ?? 'http/1.1'
}

function downgradeSentinel(random: Uint8Array): 'tls12' | 'tls11' | null {
  const tail = toHex(random.subarray(24))
  return tail === '444f574e47524401' ? 'tls12' : tail === '444f574e47524400' ? 'tls11' : null
}
