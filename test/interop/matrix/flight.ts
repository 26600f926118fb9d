/** What a server answered in plain sight, read from its bytes; shares no code with the client but the byte reader. */
import { concat, equal, fromHex, Reader, Writer } from '../../../src/bytes.ts'
import { groupName, suiteName, versionName } from '../../../src/wire/names.ts'

/** By name; `group` is null for a key exchange by RSA, and `DH 1024` for a field. */
export interface Chosen {
  readonly version: string
  readonly suite: string
  readonly group: string | null
}

/** Null where no ServerHello came. */
export function readFlight(bytes: Uint8Array): Chosen | null {
  const sent = messages(bytes)
  const hello = sent.find(({ type }) => type === SERVER_HELLO)
  if (!hello) return null
  const chosen = readServerHello(hello.body)
  const exchange = sent.find(({ type }) => type === SERVER_KEY_EXCHANGE)
  return exchange ? { ...chosen, group: readKeyExchange(exchange.body, chosen.suite) } : chosen
}

const CHANGE_CIPHER_SPEC = 20
const HANDSHAKE = 22
const SERVER_HELLO = 2
const SERVER_KEY_EXCHANGE = 12
const SUPPORTED_VERSIONS = 43
const KEY_SHARE = 51

/** RFC 8446 section 4.1.3: the random of a ServerHello that is a HelloRetryRequest. */
const RETRY = fromHex('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c')

interface Message {
  readonly type: number
  readonly body: Uint8Array
}

function messages(bytes: Uint8Array): readonly Message[] {
  const reader = new Reader(plainHandshake(bytes), 'flight')
  const list: Message[] = []
  while (reader.remaining >= 4) {
    const type = reader.u8()
    const length = reader.u24()
    if (reader.remaining < length) break
    const body = reader.take(length)
    if (!isRetry({ type, body })) list.push({ type, body })
  }
  return list
}

/** Up to the first encrypted record: a ChangeCipherSpec comes before it, but also behind a HelloRetryRequest. */
function plainHandshake(bytes: Uint8Array): Uint8Array {
  const reader = new Reader(bytes, 'records')
  const fragments = new Writer()
  while (reader.remaining >= 5) {
    const type = reader.u8()
    reader.u16()
    const length = reader.u16()
    if (reader.remaining < length) break
    const fragment = reader.take(length)
    if (type === HANDSHAKE) fragments.push(fragment)
    else if (type === CHANGE_CIPHER_SPEC && !isRetryAlone(fragments.bytes())) break
  }
  return fragments.bytes()
}

function isRetryAlone(bytes: Uint8Array): boolean {
  return isRetry({ type: bytes[0] ?? 0, body: bytes.subarray(4) })
}

function isRetry({ type, body }: Message): boolean {
  return type === SERVER_HELLO && equal(body.subarray(2, 34), RETRY)
}

function readServerHello(body: Uint8Array): Chosen {
  const reader = new Reader(body, 'ServerHello')
  const legacyVersion = reader.u16()
  reader.take(32)
  reader.vector(1, 'session id')
  const suite = reader.u16()
  reader.u8()
  const extensions = new Map<number, Reader>()
  const list = reader.done ? null : reader.vector(2, 'extensions')
  while (list && !list.done) extensions.set(list.u16(), list.vector(2, 'body'))
  const version = extensions.get(SUPPORTED_VERSIONS)?.u16() ?? legacyVersion
  const group = extensions.get(KEY_SHARE)?.u16()
  return {
    version: versionName(version),
    suite: suiteName(suite),
    group: group === undefined ? null : groupName(group),
  }
}

function readKeyExchange(body: Uint8Array, suite: string): string | null {
  const reader = new Reader(body, 'ServerKeyExchange')
  if (/_(?:DHE|DH_anon)_/.test(suite)) return `DH ${bitLength(reader.vector(2, 'p').rest())}`
  if (!suite.includes('_ECDH')) return null
  return reader.u8() === 3 ? groupName(reader.u16()) : reader.fail('no named curve')
}

function bitLength(number: Uint8Array): number {
  return BigInt(`0x${Buffer.from(concat([Uint8Array.of(0), number])).toString('hex')}`).toString(2)
    .length
}
