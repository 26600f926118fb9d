/** A TLS 1.3 server on loopback or in memory that says whatever a test wants, with right keys and right proofs. */
import { createHash, type KeyObject, sign } from 'node:crypto'
import { concat, Reader, Writer } from '../../src/bytes.ts'
import { handshake } from '../../src/wire/client.ts'
import type { ClientHelloSpec } from '../../src/wire/client-hello.ts'
import { createKeyShare, type KeyShare } from '../../src/wire/key-exchange.ts'
import {
  applicationSecrets,
  finishedData,
  handshakeSecrets,
  trafficKeys,
} from '../../src/wire/key-schedule.ts'
import {
  CERTIFICATE,
  CERTIFICATE_VERIFY,
  ENCRYPTED_EXTENSIONS,
  FINISHED,
  message,
  SERVER_HELLO,
} from '../../src/wire/messages.ts'
import { EXTENSIONS, SCHEMES, SUITES } from '../../src/wire/names.ts'
import { aeadShape, seal13 } from '../../src/wire/protection.ts'
import type { Input } from '../../src/wire/record.ts'
import type { ClientOptions } from '../../src/wire/session.ts'
import { suiteOf } from '../../src/wire/suite.ts'
import { testKey } from '../helpers/certs.ts'
import { identity } from '../helpers/tls-server.ts'
import { PLAIN, USUAL } from './connect.ts'
import { drive, QUIET, type Run } from './drive.ts'

/** What a test may change; each function gets the honest message. */
export interface Mischief {
  readonly serverHello?: (honest: Uint8Array) => Uint8Array
  readonly encryptedExtensions?: (honest: Uint8Array) => Uint8Array
  /** Messages between EncryptedExtensions and Certificate. */
  readonly request?: Uint8Array
  readonly certificate?: (honest: Uint8Array) => Uint8Array
  readonly certificateVerify?: (honest: Uint8Array) => Uint8Array
  readonly finished?: (honest: Uint8Array) => Uint8Array
  /** Content of the handshake records that carry these messages; all in one where left out. */
  readonly split?: (messages: Uint8Array) => readonly Uint8Array[]
  /** Contents and types of records under the application keys. */
  readonly after?: readonly (readonly [type: number, content: Uint8Array])[]
  readonly scheme?: number
}

const SUITE = suiteOf(SUITES.TLS_AES_128_GCM_SHA256[0])!
const SHAPE = aeadShape(SUITE)!
const ZEROS = (length: number) => new Uint8Array(length)

/** The server's whole answer to a ClientHello (with its record header); it takes the first of its key shares. */
export function answer(clientHello: Uint8Array, mischief: Mischief = {}): Uint8Array[] {
  const hello = clientHello.subarray(5)
  const { group, value } = clientShare(hello)
  const share = zeroShare(group)!
  const transcript: Uint8Array[] = [hello]
  const digest = () => createHash('sha256').update(concat(transcript)).digest()
  const say = (honest: Uint8Array, change: ((honest: Uint8Array) => Uint8Array) | undefined) => {
    const said = change?.(honest) ?? honest
    transcript.push(said)
    return said
  }

  const serverHello = say(encodeServerHello(hello, share), mischief.serverHello)
  const shared = share.agree(value)
  const secrets = handshakeSecrets('sha256', shared, digest())
  const seal = seal13(SHAPE, trafficKeys('sha256', secrets.server, SHAPE.keyLength))
  const { der } = identity('ed25519')
  const flight = [
    say(message(ENCRYPTED_EXTENSIONS, new Uint8Array(2)), mischief.encryptedExtensions),
    ...(mischief.request ? [say(mischief.request, undefined)] : []),
    say(encodeCertificate([der]), mischief.certificate),
  ]
  const scheme = mischief.scheme ?? SCHEMES.ed25519
  flight.push(
    say(encodeVerify(scheme, testKey('ed25519').privateKey, digest()), mischief.certificateVerify),
  )
  flight.push(
    say(message(FINISHED, finishedData('sha256', secrets.server, digest())), mischief.finished),
  )
  const application = applicationSecrets('sha256', secrets.handshake, digest())
  const sealAfter = seal13(SHAPE, trafficKeys('sha256', application.server, SHAPE.keyLength))
  const contents = mischief.split?.(concat(flight)) ?? [concat(flight)]
  return [
    record(22, serverHello),
    ...contents.map(content => record(23, seal(22, content).fragment)),
    ...(mischief.after ?? []).map(([type, content]) =>
      record(23, sealAfter(type, content).fragment),
    ),
  ]
}

/** A client of `PLAIN` against this server, in memory and always the same. */
export function run13(
  mischief: Mischief,
  last: Input = QUIET,
  options: Partial<ClientOptions> = {},
): Run {
  const hello = helloOf(options)
  return drive(memoryClient(options), answer(hello, mischief), last)
}

/** The hello of a client, made once for each spec. */
function helloOf({ spec = PLAIN }: Partial<ClientOptions>): Uint8Array {
  const known = hellos.get(spec)
  if (known) return known
  const first = handshake(memoryClient({ spec })).next()
  if (first.done) throw new Error('no ClientHello')
  hellos.set(spec, first.value.send)
  return first.value.send
}

const hellos = new Map<ClientHelloSpec, Uint8Array>()

/** Options of a client that draws zeros alone. */
export function memoryClient(options: Partial<ClientOptions> = {}): ClientOptions {
  const { spec, serverName, leafKey } = USUAL
  return {
    spec,
    serverName,
    leafKey,
    complete: () => true,
    random: ZEROS,
    keyShare: zeroShare,
    ...options,
  }
}

export function record(type: number, content: Uint8Array, version = 0x0303): Uint8Array {
  return new Writer()
    .u8(type)
    .u16(version)
    .vector(2, w => w.push(content))
    .bytes()
}

/** Certificate of TLS 1.3; `extensions` are those of one entry, encoded: the first, or the one at `at`. */
export function encodeCertificate(
  chain: readonly Uint8Array[],
  extensions: Uint8Array = new Uint8Array(),
  at = 0,
): Uint8Array {
  const body = new Writer().u8(0).vector(3, list => {
    for (const [index, der] of chain.entries()) {
      list.vector(3, w => w.push(der))
      list.vector(2, w => w.push(index === at ? extensions : new Uint8Array()))
    }
  })
  return message(CERTIFICATE, body.bytes())
}

export function extension(type: number, body: Uint8Array): Uint8Array {
  return new Writer()
    .u16(type)
    .vector(2, w => w.push(body))
    .bytes()
}

/** A block of extensions with its length. */
export function extensions(...blocks: readonly Uint8Array[]): Uint8Array {
  return new Writer().vector(2, w => w.push(concat(blocks))).bytes()
}

function encodeServerHello(clientHello: Uint8Array, share: KeyShare): Uint8Array {
  const body = new Writer().u16(0x0303).push(new Uint8Array(32).fill(7))
  body
    .vector(1, w => w.push(sessionId(clientHello)))
    .u16(SUITE.code)
    .u8(0)
  const entry = new Writer().u16(share.group).vector(2, w => w.push(share.publicKey))
  body.push(
    extensions(
      extension(EXTENSIONS.supported_versions, Uint8Array.of(3, 4)),
      extension(EXTENSIONS.key_share, entry.bytes()),
    ),
  )
  return message(SERVER_HELLO, body.bytes())
}

/** The share whose private key is zero, made once for each group: reading an X25519 key takes longer than all the rest. */
export function zeroShare(group: number): KeyShare | null {
  const known = zeroShares.get(group)
  if (known !== undefined) return known
  const share = createKeyShare(group, ZEROS)
  zeroShares.set(group, share)
  return share
}

const zeroShares = new Map<number, KeyShare | null>()

function encodeVerify(scheme: number, key: KeyObject, transcript: Uint8Array): Uint8Array {
  const context = Buffer.from('TLS 1.3, server CertificateVerify\0')
  const content = concat([new Uint8Array(64).fill(0x20), context, transcript])
  const signature = sign(null, content, key)
  const body = new Writer().u16(scheme).vector(2, w => w.push(signature))
  return message(CERTIFICATE_VERIFY, body.bytes())
}

function sessionId(clientHello: Uint8Array): Uint8Array {
  const reader = new Reader(clientHello.subarray(38), 'ClientHello')
  return reader.vector(1, 'sessionId').rest()
}

/** The first key share in a ClientHello, handshake header included. */
function clientShare(clientHello: Uint8Array): { group: number; value: Uint8Array } {
  const reader = new Reader(clientHello.subarray(38), 'ClientHello')
  reader.vector(1, 'sessionId')
  reader.vector(2, 'suites')
  reader.vector(1, 'compression')
  const blocks = reader.vector(2, 'extensions')
  while (!blocks.done) {
    const type = blocks.u16()
    const body = blocks.vector(2, 'body')
    if (type !== EXTENSIONS.key_share) continue
    const shares = body.vector(2, 'shares')
    return { group: shares.u16(), value: shares.vector(2, 'value').rest() }
  }
  throw new Error('no key share')
}
