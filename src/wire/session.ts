/** One handshake in progress: what was offered, what is known so far, and the steps every version shares. */
import type { KeyObject } from 'node:crypto'
import type { ClientHelloSpec, DrawnHello, RandomSource } from './client-hello.ts'
import type { KeyShare } from './key-exchange.ts'
import type { Message } from './messages.ts'
import { ALERTS } from './names.ts'
import type { ClientAuth, HandshakeEnd, ServerFlight, Stage } from './outcome.ts'
import { CHANGE_CIPHER_SPEC, type Channel, type Flow, HANDSHAKE } from './record.ts'
import type { Transcript } from './transcript.ts'
import { Interruption, violate } from './violation.ts'

export interface ClientOptions {
  readonly spec: ClientHelloSpec
  /** Sent as SNI where the spec lists server_name; null for none. */
  readonly serverName: string | null
  /** Asked once, when the server's flight is whole: whether to finish the handshake in this version, or to stop there. */
  readonly complete: (version: number) => boolean
  /** The public key of a certificate, DER; null where it cannot be read. */
  readonly leafKey: (certificate: Uint8Array) => KeyObject | null
  readonly random: RandomSource
  /** Makes our half of a key exchange; null for a group we have no arithmetic for. */
  readonly keyShare: (group: number) => KeyShare | null
  /** Told of the session that a completed handshake of TLS 1.2 or older leaves behind. */
  readonly onSession?: (session: LeftSession) => void
  /** Told a round trip earlier that the server has promised a ticket. */
  readonly onTicketPromised?: () => void
  /** A session to be taken up again, by the hello that made it. */
  readonly resume?: LeftSession | null
  /** Told of the first session ticket after a completed handshake. */
  readonly onTicket?: (ticket: Ticket) => void
}

/** What a server gave to come back with (RFC 5246 §7.4.1.3, RFC 5077 §3.3); either part may be empty. */
export interface LeftSession {
  readonly spec: ClientHelloSpec
  readonly id: Uint8Array
  readonly ticket: Uint8Array
}

/** What a NewSessionTicket promises (RFC 8446 §4.6.1, RFC 5077 §3.3). */
export interface Ticket {
  /** Seconds; 0 in TLS 1.2 leaves it to the client. */
  readonly lifetimeS: number
  /** Bytes of 0-RTT data the server would take; 0 for none, as before TLS 1.3. */
  readonly maxEarlyData: number
}

export interface Session {
  readonly options: ClientOptions
  readonly hello: DrawnHello
  readonly channel: Channel
  readonly transcript: Transcript
  /** The key shares on offer: those of the last ClientHello. */
  shares: readonly KeyShare[]
  facts: ServerFlight
}

export const NOTHING_SHOWN: ServerFlight = {
  version: null,
  cipher: null,
  compression: null,
  group: null,
  retryGroup: null,
  dhBits: null,
  dhPrime: null,
  signatureScheme: null,
  chain: null,
  certificateCompression: null,
  ocspStaple: null,
  sctList: null,
  alpn: null,
  sessionTicket: false,
  extendedMasterSecret: false,
  encryptThenMac: false,
  secureRenegotiation: false,
  downgradeSentinel: null,
  clientAuth: null,
  extensions: [],
  warnings: [],
}

/** Notes facts, and the stage they bring us to. */
export function learn(session: Session, facts: Partial<ServerFlight>, stage?: Stage): void {
  session.facts = { ...session.facts, ...facts }
  if (stage) session.channel.stage = stage
}

/** The next message, which counts for the transcript. */
export function* readMessage({ channel, transcript }: Session): Flow<Message> {
  const message = yield* channel.message()
  transcript.add(message.raw)
  return message
}

/** The next message, which must be of this type and counts for the transcript. */
export function* readExpected({ channel, transcript }: Session, type: number): Flow<Message> {
  const message = yield* channel.expect(type)
  transcript.add(message.raw)
  return message
}

export function sendMessage({ channel, transcript }: Session, raw: Uint8Array): void {
  transcript.add(raw)
  channel.send(HANDSHAKE, raw)
}

export function sendChangeCipherSpec({ channel }: Session): void {
  channel.send(CHANGE_CIPHER_SPEC, Uint8Array.of(1))
}

/** The leaf's key; @throws ProtocolViolation where it cannot be read */
export function readLeafKey({ options, facts }: Session): KeyObject {
  const leaf = facts.chain?.[0]
  const key = leaf && options.leafKey(leaf)
  return (
    key ?? violate('key-unsupported', "the leaf's key cannot be read", 'unsupported_certificate')
  )
}

/** Alerts by which servers refuse a client that has no certificate; some just say goodbye. */
const REFUSALS: ReadonlySet<number> = new Set([
  ALERTS.close_notify,
  ALERTS.handshake_failure,
  ALERTS.no_certificate,
  ALERTS.bad_certificate,
  ALERTS.unsupported_certificate,
  ALERTS.certificate_unknown,
  ALERTS.unknown_ca,
  ALERTS.access_denied,
  ALERTS.decode_error, // GnuTLS, before TLS 1.3
  ALERTS.certificate_required,
])

/** What an end tells about a client certificate that was asked for and not given. */
export function clientAuthOf(end: HandshakeEnd): ClientAuth {
  if (end.kind === 'completed') return 'asked'
  const refused = end.kind === 'closed' || (end.kind === 'alert' && REFUSALS.has(end.description))
  return refused ? 'required' : 'asked-unknown'
}

/** Runs what follows our empty Certificate: if it ends early, that is the server's answer to it. */
export function* noteRefusal<T>(session: Session, asked: boolean, flow: Flow<T>): Flow<T> {
  try {
    return yield* flow
  } catch (error) {
    if (asked && error instanceof Interruption)
      learn(session, { clientAuth: clientAuthOf(error.end(session.channel.stage)) })
    throw error
  }
}
