/** One look at a server: a hello, its ServerHello, and the parameters of the key exchange. It judges nothing. */
import { equal, Reader } from '../bytes.ts'
import { readCertificate12 } from './certificate-message.ts'
import { type ClientHelloSpec, drawHello, encodeHello, type RandomSource } from './client-hello.ts'
import { ffdheGroup } from './ffdhe.ts'
import type { KeyShare } from './key-exchange.ts'
import {
  CERTIFICATE,
  type Message,
  SERVER_HELLO,
  SERVER_HELLO_DONE,
  SERVER_KEY_EXCHANGE,
} from './messages.ts'
import { ALERTS, EXTENSIONS, VERSIONS } from './names.ts'
import type { HandshakeEnd } from './outcome.ts'
import { ALERT, Channel, type Flow, HANDSHAKE } from './record.ts'
import { RETRY_RANDOM } from './server-hello.ts'
import { suiteOf } from './suite.ts'
import { endOf } from './violation.ts'

/** What a server chose, as far as it was read. */
export interface Choice {
  readonly kind: 'chosen'
  readonly version: number
  readonly suite: number
  readonly compression: number
  /** Types of the extensions of ServerHello. */
  readonly extensions: ReadonlySet<number>
  /** Of the key exchange, or the one a HelloRetryRequest asks for. */
  readonly group: number | null
  readonly dhPrime: Uint8Array | null
  /** Of the ServerKeyExchange of TLS 1.2. */
  readonly scheme: number | null
  /** DER; TLS 1.3 hides it. */
  readonly leaf: Uint8Array | null
}

export type Glance = Choice | Exclude<HandshakeEnd, { kind: 'completed' | 'server-hello' }>

export interface GlanceOptions {
  readonly spec: ClientHelloSpec
  readonly serverName: string | null
  readonly random: RandomSource
  readonly shares: readonly KeyShare[]
}

const WARNING = 1

/** Whatever comes, it ends with what was seen; the server's flight is not read beyond its ServerKeyExchange. */
export function* glance({
  spec,
  serverName,
  random,
  shares,
}: GlanceOptions): Flow<{ readonly glance: Glance; readonly farewell: Uint8Array }> {
  const channel = new Channel(spec.recordVersion, true)
  channel.send(HANDSHAKE, encodeHello(drawHello(spec, serverName, random), shares, null))
  let choice: Choice | null = null
  let end: Glance
  try {
    choice = readChoice((yield* channel.expect(SERVER_HELLO)).body)
    channel.stage = 'server-hello'
    while (choice.version < VERSIONS['TLS 1.3']) {
      const next = yield* channel.message()
      choice = { ...choice, ...learnFrom(next, choice) }
      if (next.type === SERVER_KEY_EXCHANGE || next.type === SERVER_HELLO_DONE) break
    }
    end = choice
  } catch (error) {
    // A server that has chosen has answered, whatever follows.
    end = choice ?? glanceOf(endOf(error, channel.stage))
  }
  if (end.kind === 'chosen' || end.kind === 'timeout')
    channel.send(ALERT, Uint8Array.of(WARNING, ALERTS.close_notify))
  return { glance: end, farewell: channel.flush() }
}

function glanceOf(end: HandshakeEnd): Glance {
  if (end.kind === 'completed' || end.kind === 'server-hello')
    throw new Error(`a glance cannot end with ${end.kind}`)
  return end
}

/** RFC 8446 §4.1.3, RFC 5246 §7.4.1.3; what stands there, offered or not. */
function readChoice(body: Uint8Array): Choice {
  const reader = new Reader(body, 'ServerHello')
  const legacyVersion = reader.u16()
  const random = reader.take(32)
  reader.vector(1, 'sessionId')
  const suite = reader.u16()
  const compression = reader.u8()
  const extensions = new Map<number, Reader>()
  const block = reader.done ? null : reader.vector(2, 'extensions')
  while (block && !block.done) extensions.set(block.u16(), block.vector(2, 'extension'))
  const version = extensions.get(EXTENSIONS.supported_versions)?.u16() ?? legacyVersion
  const isRetry = equal(random, RETRY_RANDOM)
  const share = extensions.get(EXTENSIONS.key_share)
  const group = share && (isRetry || version >= VERSIONS['TLS 1.3']) ? share.u16() : null
  return {
    kind: 'chosen',
    version,
    suite,
    compression,
    extensions: new Set(extensions.keys()),
    group,
    dhPrime: null,
    scheme: null,
    leaf: null,
  }
}

function learnFrom({ type, body }: Message, choice: Choice): Partial<Choice> {
  if (type === CERTIFICATE) return { leaf: readCertificate12(body)[0] ?? null }
  return type === SERVER_KEY_EXCHANGE ? readExchange(body, choice) : {}
}

/** Curve or prime, and the scheme that signs it; nothing for kinds of exchange that have neither (RFC 5246 §7.4.3, RFC 8422 §5.4). */
function readExchange(body: Uint8Array, { suite: code, version }: Choice): Partial<Choice> {
  const suite = suiteOf(code)
  const [, kind, psk] = /^(ECDHE|DHE)(_PSK)?$/.exec(suite?.keyExchange ?? '') ?? []
  if (kind === undefined) return {}
  const reader = new Reader(body, 'ServerKeyExchange')
  if (psk) reader.vector(2, 'hint')
  const found = kind === 'ECDHE' ? readCurve(reader) : readField(reader)
  const isSigned = !psk && suite?.authentication !== 'anon' && version >= VERSIONS['TLS 1.2']
  return isSigned && found.isNamed ? { ...found.choice, scheme: reader.u16() } : found.choice
}

interface Found {
  readonly choice: Partial<Choice>
  /** What follows can be found. */
  readonly isNamed: boolean
}

function readCurve(reader: Reader): Found {
  // A curve that is spelled out has no code, and the signature stands somewhere behind it.
  if (reader.u8() !== 3) return { choice: {}, isNamed: false }
  const group = reader.u16()
  reader.vector(1, 'point')
  return { choice: { group }, isNamed: true }
}

function readField(reader: Reader): Found {
  const prime = reader.vector(2, 'prime').rest()
  reader.vector(2, 'generator')
  reader.vector(2, 'value')
  const first = prime.findIndex(byte => byte !== 0)
  const dhPrime = first < 0 ? new Uint8Array() : prime.slice(first)
  return { choice: { dhPrime, group: ffdheGroup(dhPrime) }, isNamed: true }
}
