/** SSL 2.0 as far as its SERVER-HELLO: whether a server speaks it, and with which ciphers (Hickman, "The SSL Protocol", 1995). */
import { Reader, Writer } from '../bytes.ts'
import { ByteQueue } from './byte-queue.ts'
import type { RandomSource } from './client-hello.ts'
import { SSL2_CIPHERS } from './names/ssl2.ts'
import type { HandshakeEnd } from './outcome.ts'
import type { Flow } from './record.ts'
import { endOf, Interruption } from './violation.ts'

export type Ssl2Answer =
  | {
      readonly kind: 'ssl2'
      /** Codes of the cipher kinds that client and server share. */
      readonly ciphers: readonly number[]
      /** DER; null where none was sent. */
      readonly leaf: Uint8Array | null
    }
  /** An error of SSL 2.0, or an alert of a later protocol: a refusal. */
  | { readonly kind: 'refused' }
  | Extract<HandshakeEnd, { kind: 'closed' | 'timeout' | 'violation' }>

const CLIENT_HELLO = 1
const SERVER_HELLO = 4
const VERSION = 0x0002
const CHALLENGE_BYTES = 16

/** A CLIENT-HELLO with every cipher kind, and the answer; no byte is sent after it. */
export function* ssl2Hello(
  random: RandomSource,
): Flow<{ readonly answer: Ssl2Answer; readonly farewell: Uint8Array }> {
  const farewell = new Uint8Array()
  try {
    return { answer: yield* ask(encodeSsl2Hello(random)), farewell }
  } catch (error) {
    const end = endOf(error, 'client-hello')
    if (end.kind === 'closed' || end.kind === 'timeout' || end.kind === 'violation')
      return { answer: end, farewell }
    throw error
  }
}

export function encodeSsl2Hello(random: RandomSource): Uint8Array {
  const kinds = Object.values(SSL2_CIPHERS)
  const body = new Writer().u8(CLIENT_HELLO).u16(VERSION)
  body
    .u16(3 * kinds.length)
    .u16(0)
    .u16(CHALLENGE_BYTES)
  for (const { code } of kinds) body.u24(code)
  body.push(random(CHALLENGE_BYTES))
  // The short header: the highest bit says that no padding follows.
  return new Writer()
    .u16(0x8000 | body.length)
    .push(body.bytes())
    .bytes()
}

function* ask(hello: Uint8Array): Flow<Ssl2Answer> {
  const received = new ByteQueue()
  let send = hello
  for (;;) {
    const input = yield { send, patience: null }
    send = new Uint8Array()
    if (input.kind === 'quiet') throw new Interruption(after => ({ kind: 'timeout', after }))
    if (input.kind === 'end') {
      const { how } = input
      throw new Interruption(after => ({ kind: 'closed', how, after }))
    }
    received.push(input.bytes)
    const message = takeMessage(received.peek(received.length))
    if (message) return message[0] === SERVER_HELLO ? readServerHello(message) : { kind: 'refused' }
  }
}

/** The first message once it is whole; of anything that is no record of SSL 2.0, the first bytes. */
function takeMessage(bytes: Uint8Array): Uint8Array | null {
  const [first = 0, second = 0, third = 0] = bytes
  if (bytes.length < 3) return null
  const isShort = (first & 0x80) !== 0
  // An alert record of a later protocol, or no TLS at all.
  if (!isShort && (first === 21 || third > 7)) return Uint8Array.of(0)
  const header = isShort ? 2 : 3
  const length = ((first & (isShort ? 0x7f : 0x3f)) << 8) | second
  return bytes.length < header + length ? null : bytes.slice(header, header + length)
}

function readServerHello(message: Uint8Array): Ssl2Answer {
  const reader = new Reader(message, 'SERVER-HELLO')
  reader.u8()
  reader.u8()
  reader.u8()
  reader.u16()
  const [certificate, kinds] = [reader.u16(), reader.u16()]
  reader.u16()
  const leaf = reader.take(certificate)
  const list = new Reader(reader.take(kinds), 'SERVER-HELLO.ciphers')
  const ciphers: number[] = []
  while (!list.done) ciphers.push(list.u24())
  return { kind: 'ssl2', ciphers, leaf: leaf.length > 0 ? leaf : null }
}
