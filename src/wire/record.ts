/** The record layer without I/O: bytes in, messages out, and back (RFC 8446 §5, RFC 5246 §6.2). */
import { concat, Reader, Writer } from '../bytes.ts'
import { ByteQueue } from './byte-queue.ts'
import { FOREIGN_BYTES, isRecordStart, notTls } from './foreign.ts'
import { HELLO_REQUEST, type Message, messageName } from './messages.ts'
import { ALERTS, VERSIONS } from './names.ts'
import type { Stage } from './outcome.ts'
import { APPLICATION_DATA, type Opener, type Plaintext, type Sealer } from './protection.ts'
import { Interruption, violate } from './violation.ts'

/** How long to wait for the next bytes; where it is null, as long as the deadlines allow. */
export type Patience = { readonly roundTrips: number; readonly ms: number } | null

/** What the machine wants done: `send` written (it may be empty), then the next input handed in. */
export interface Step {
  readonly send: Uint8Array
  readonly patience: Patience
  /** To be awaited first; the input handed in then means nothing. */
  readonly prepared?: Promise<void>
}

export type Input =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'end'; readonly how: 'fin' | 'reset' }
  /** Patience, or the deadline, ran out. */
  | { readonly kind: 'quiet' }

/** A part of the machine: it asks for input as it needs it. */
export type Flow<T> = Generator<Step, T, Input>

export const CHANGE_CIPHER_SPEC = 20
export const ALERT = 21
export const HANDSHAKE = 22

const MAX_MESSAGE = 256 * 1024
const MAX_FLIGHT = 1024 * 1024
/** Records that bring nothing: empty ones, ChangeCipherSpec in TLS 1.3, warnings, HelloRequests. */
const MAX_IDLE = 32
const MAX_CONTENT = 2 ** 14
const WARNING = 1

export class Channel {
  /** How far the server has come. */
  stage: Stage = 'client-hello'
  /** Negotiated version; null until ServerHello. */
  version: number | null = null
  /** Version that stands in the records we send. */
  recordVersion: number
  opener: Opener | null = null
  sealer: Sealer | null = null
  /** The dummy ChangeCipherSpec of TLS 1.3's compatibility mode is dropped. */
  dropsChangeCipherSpec: boolean
  /** Bytes received. */
  bytes = 0
  readonly warnings: number[] = []
  private readonly incoming = new ByteQueue()
  private readonly messages = new ByteQueue()
  private outgoing: Uint8Array[] = []
  private started = false
  private idle = 0

  constructor(recordVersion: number, dropsChangeCipherSpec: boolean) {
    this.recordVersion = recordVersion
    this.dropsChangeCipherSpec = dropsChangeCipherSpec
  }

  send(type: number, content: Uint8Array): void {
    for (let from = 0; from < content.length; from += MAX_CONTENT) {
      const part = content.subarray(from, from + MAX_CONTENT)
      const sealed = this.sealer?.(type, part) ?? { type, fragment: part }
      const record = new Writer().u8(sealed.type).u16(this.recordVersion)
      this.outgoing.push(record.vector(2, w => w.push(sealed.fragment)).bytes())
    }
  }

  /** What was sent and not yet handed out. */
  flush(): Uint8Array {
    const bytes = concat(this.outgoing)
    this.outgoing = []
    return bytes
  }

  /** The next handshake message. */
  *message(): Flow<Message> {
    for (;;) {
      const message = this.takeMessage()
      if (message) return message
      const record = yield* this.record(null)
      if (!record) throw new Interruption(after => ({ kind: 'timeout', after }))
      if (record.type !== HANDSHAKE) unexpectedRecord(record.type)
      this.messages.push(record.content)
    }
  }

  /** The next message, which must be of this type. */
  *expect(type: number): Flow<Message> {
    const message = yield* this.message()
    if (message.type !== type) unexpected(message, messageName(type))
    return message
  }

  /** The ChangeCipherSpec of TLS 1.2 and older. */
  *changeCipherSpec(): Flow<void> {
    this.requireBoundary()
    const record = yield* this.record(null)
    if (!record) throw new Interruption(after => ({ kind: 'timeout', after }))
    if (record.type !== CHANGE_CIPHER_SPEC) unexpectedRecord(record.type)
    requireOne(record.content)
  }

  /** Keys may only change between messages (RFC 8446 §5.1). */
  requireBoundary(): void {
    if (this.messages.length > 0)
      violate('unexpected-message', 'a message across a change of keys', 'unexpected_message')
  }

  /** The next record that brings something; null when patience ran out. */
  *record(patience: Patience): Flow<Plaintext | null> {
    for (;;) {
      const raw = yield* this.rawRecord(patience)
      if (!raw) return null
      const tls13 = this.version === VERSIONS['TLS 1.3']
      if (raw.type === CHANGE_CIPHER_SPEC && this.dropsChangeCipherSpec) {
        this.requireNoPart(raw.type)
        requireOne(raw.content)
        this.countIdle()
        continue
      }
      // A server that cannot yet encrypt, or no longer, says so in the clear.
      const clear = this.opener === null || (tls13 && raw.type === ALERT)
      if (tls13 && this.opener && !clear && raw.type !== APPLICATION_DATA)
        unexpectedRecord(raw.type)
      const record = clear ? raw : (this.opener?.(raw.type, raw.content) ?? raw)
      if (record.content.length > MAX_CONTENT) overflow()
      if (record.type === ALERT) this.readAlert(record.content)
      else {
        this.requireNoPart(record.type)
        if (record.content.length > 0) return record
        if (tls13 && record.type === HANDSHAKE)
          violate('unexpected-message', 'an empty handshake record', 'unexpected_message')
        this.countIdle()
      }
    }
  }

  private *rawRecord(patience: Patience): Flow<Plaintext | null> {
    while (this.incoming.length < 5 || !this.started) {
      if (!this.started && !isRecordStart(this.incoming.peek(5))) yield* this.foreign()
      if (this.incoming.length >= 5) this.started = true
      else if (!(yield* this.more(patience))) return null
    }
    const header = new Reader(this.incoming.peek(5), 'record')
    const [type, version, length] = [header.u8(), header.u16(), header.u16()]
    if (type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA) unexpectedRecord(type)
    const old = this.version !== null && this.version < VERSIONS['TLS 1.3']
    if (old && version !== this.version)
      violate('bad-record', 'a record of another version', 'protocol_version')
    if (length > MAX_CONTENT + (this.opener ? (old ? 2048 : 256) : 0)) overflow()
    while (this.incoming.length < 5 + length) if (!(yield* this.more(patience))) return null
    return { type, content: this.incoming.take(5 + length).subarray(5) }
  }

  /** Waits for bytes; false when patience ran out. */
  private *more(patience: Patience): Flow<boolean> {
    const input = yield { send: this.flush(), patience }
    if (input.kind === 'quiet') return false
    if (input.kind === 'end') {
      const { how } = input
      throw new Interruption(after => ({ kind: 'closed', how, after }))
    }
    this.bytes += input.bytes.length
    if (this.bytes > MAX_FLIGHT) violate('over-budget', 'over 1 MiB received', 'illegal_parameter')
    this.incoming.push(input.bytes)
    return true
  }

  /** What came is no TLS: takes in a little of it, and ends. */
  private *foreign(): Flow<never> {
    while (this.incoming.length < FOREIGN_BYTES) {
      const input = yield { send: this.flush(), patience: { roundTrips: 0, ms: 300 } }
      if (input.kind !== 'bytes') break
      this.bytes += input.bytes.length
      this.incoming.push(input.bytes)
    }
    const firstBytes = this.incoming.take(FOREIGN_BYTES)
    throw new Interruption(() => notTls(firstBytes))
  }

  private takeMessage(): Message | null {
    while (this.messages.length >= 4) {
      const header = new Reader(this.messages.peek(4), 'message')
      const [type, length] = [header.u8(), header.u24()]
      if (length > MAX_MESSAGE)
        violate('over-budget', `${messageName(type)} of ${length} bytes`, 'illegal_parameter')
      if (this.messages.length < 4 + length) return null
      const raw = this.messages.take(4 + length)
      if (type !== HELLO_REQUEST || this.version === VERSIONS['TLS 1.3'])
        return { type, body: raw.subarray(4), raw }
      // During a handshake it is ignored, and in no transcript (RFC 5246 §7.4.1.1).
      new Reader(raw.subarray(4), 'HelloRequest', 4).end()
      this.countIdle()
    }
    return null
  }

  private readAlert(content: Uint8Array): void {
    const reader = new Reader(content, 'alert')
    const [level, description] = [reader.u8(), reader.u8()]
    reader.end()
    const warning =
      this.version === VERSIONS['TLS 1.3']
        ? description === ALERTS.user_canceled
        : level === WARNING && description !== ALERTS.close_notify
    if (!warning) throw new Interruption(after => ({ kind: 'alert', level, description, after }))
    this.warnings.push(description)
    this.countIdle()
  }

  /** A message in several records stands no other record between them (RFC 8446 §5.1). */
  private requireNoPart(type: number): void {
    if (this.messages.length > 0 && type !== HANDSHAKE) unexpectedRecord(type)
  }

  private countIdle(): void {
    if (++this.idle > MAX_IDLE)
      violate('over-budget', 'endless records that bring nothing', 'unexpected_message')
  }
}

/** A message that has no place where it came. */
export function unexpected(message: Message, wanted: string): never {
  return violate(
    'unexpected-message',
    `${messageName(message.type)} where ${wanted} belongs`,
    'unexpected_message',
  )
}

function unexpectedRecord(type: number): never {
  return violate('unexpected-message', `a record of type ${type}`, 'unexpected_message')
}

function overflow(): never {
  return violate('bad-record', 'a record too long', 'record_overflow')
}

function requireOne(content: Uint8Array): void {
  if (content.length !== 1 || content[0] !== 1)
    violate('unexpected-message', 'a malformed ChangeCipherSpec', 'unexpected_message')
}
