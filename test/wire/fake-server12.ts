/** A TLS 1.2 server in memory that says whatever a test wants, with right keys and right proofs: ECDHE, Ed25519, AES-128-GCM. */
import { createHash, sign } from 'node:crypto'
import { concat, Writer } from '../../src/bytes.ts'
import {
  CERTIFICATE,
  FINISHED,
  message,
  SERVER_HELLO,
  SERVER_HELLO_DONE,
  SERVER_KEY_EXCHANGE,
} from '../../src/wire/messages.ts'
import { EXTENSIONS, GROUPS, SCHEMES, SUITES } from '../../src/wire/names.ts'
import { keyBlock, prf } from '../../src/wire/prf.ts'
import { aeadShape, open12, seal12 } from '../../src/wire/protection.ts'
import type { Input } from '../../src/wire/record.ts'
import type { ClientOptions } from '../../src/wire/session.ts'
import { suiteOf } from '../../src/wire/suite.ts'
import { testKey } from '../helpers/certs.ts'
import { identity } from '../helpers/tls-server.ts'
import { OLDER } from './connect.ts'
import { converse, QUIET, type Run } from './drive.ts'
import { extension, extensions, memoryClient, record, zeroShare } from './fake-server.ts'

type Change = (honest: Uint8Array) => Uint8Array

/** What a test may change; each function gets the honest message. */
export interface Mischief12 {
  readonly serverHello?: Change
  readonly certificate?: Change
  /** Messages between Certificate and ServerKeyExchange. */
  readonly status?: Uint8Array
  readonly serverKeyExchange?: Change
  readonly request?: Uint8Array
  readonly serverHelloDone?: Change
  /** The whole first flight, records and all. */
  readonly flight?: Change
  readonly changeCipherSpec?: Change
  readonly finished?: Change
  /** The whole second flight. */
  readonly second?: Change
  /** Gets what the client sent under its keys, decrypted. */
  readonly seen?: (messages: readonly Uint8Array[]) => void
  /** Extensions of ServerHello; extended_master_secret and renegotiation_info where left out. */
  readonly extensions?: readonly Uint8Array[]
}

const SUITE = SUITES.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256[0]
const SHAPE = aeadShape(suiteOf(SUITE)!)!
const RANDOM = new Uint8Array(32).fill(7)
export const EMS = extension(EXTENSIONS.extended_master_secret, new Uint8Array())
export const RENEGOTIATION = extension(EXTENSIONS.renegotiation_info, Uint8Array.of(0))

export function run12(
  mischief: Mischief12 = {},
  last: Input = QUIET,
  options: Partial<ClientOptions> = {},
): Run {
  const transcript: Uint8Array[] = []
  let turn = 0
  return converse(
    memoryClient({ spec: OLDER, ...options }),
    sent =>
      turn++ === 0
        ? firstFlight(sent, transcript, mischief)
        : secondFlight(sent, transcript, mischief),
    last,
  )
}

function firstFlight(
  hello: Uint8Array,
  transcript: Uint8Array[],
  mischief: Mischief12,
): Uint8Array {
  const clientRandom = hello.subarray(11, 43)
  const { publicKey } = zeroShare(GROUPS.x25519)!
  const parameters = new Writer()
    .u8(3)
    .u16(GROUPS.x25519)
    .vector(1, w => w.push(publicKey))
    .bytes()
  const signed = concat([clientRandom, RANDOM, parameters])
  const signature = sign(null, signed, testKey('ed25519').privateKey)
  const exchange = new Writer()
    .push(parameters)
    .u16(SCHEMES.ed25519)
    .vector(2, w => w.push(signature))
  const said = [
    change(encodeServerHello12(mischief.extensions ?? [EMS, RENEGOTIATION]), mischief.serverHello),
    change(encodeCertificate12([identity('ed25519').der]), mischief.certificate),
    mischief.status ?? new Uint8Array(),
    change(message(SERVER_KEY_EXCHANGE, exchange.bytes()), mischief.serverKeyExchange),
    mischief.request ?? new Uint8Array(),
    change(message(SERVER_HELLO_DONE, new Uint8Array()), mischief.serverHelloDone),
  ]
  transcript.push(hello.subarray(5), ...said)
  return change(record(22, concat(said)), mischief.flight)
}

function secondFlight(
  sent: Uint8Array,
  transcript: Uint8Array[],
  mischief: Mischief12,
): Uint8Array {
  const records = splitRecords(sent)
  const changeAt = records.findIndex(([type]) => type === 20)
  const plain = records.slice(0, changeAt)
  transcript.push(...plain.map(([, content]) => content))
  const { agree } = zeroShare(GROUPS.x25519)!
  // ClientKeyExchange is the last of the clear: header, length, point.
  const premaster = agree(plain.at(-1)![1].subarray(5))
  const withEms = !mischief.extensions || mischief.extensions.includes(EMS)
  const clientRandom = transcript[0]!.subarray(6, 38)
  const master = withEms
    ? prf('sha256', premaster, 'extended master secret', digest(transcript), 48)
    : prf('sha256', premaster, 'master secret', concat([clientRandom, RANDOM]), 48)
  const keys = keyBlock('sha256', master, clientRandom, RANDOM, { mac: 0, key: 16, iv: 4 })
  const open = open12(SHAPE, { key: keys.clientKey, iv: keys.clientIv })
  const sealed = records.slice(changeAt + 1).map(([type, content]) => open(type, content).content)
  transcript.push(...sealed)
  mischief.seen?.(sealed)
  const proof = prf('sha256', master, 'server finished', digest(transcript), 12)
  const seal = seal12(SHAPE, { key: keys.serverKey, iv: keys.serverIv })
  const finished = change(message(FINISHED, proof), mischief.finished)
  const flight = concat([
    change(record(20, Uint8Array.of(1)), mischief.changeCipherSpec),
    record(22, seal(22, finished).fragment),
  ])
  return change(flight, mischief.second)
}

export function encodeServerHello12(
  blocks: readonly Uint8Array[],
  { version = 0x0303, cipher = SUITE as number, compression = 0, random = RANDOM } = {},
): Uint8Array {
  const body = new Writer().u16(version).push(random).u8(0).u16(cipher).u8(compression)
  return message(SERVER_HELLO, body.push(extensions(...blocks)).bytes())
}

export function encodeCertificate12(chain: readonly Uint8Array[]): Uint8Array {
  const body = new Writer().vector(3, list => {
    for (const der of chain) list.vector(3, w => w.push(der))
  })
  return message(CERTIFICATE, body.bytes())
}

function change(honest: Uint8Array, by: Change | undefined): Uint8Array {
  return by?.(honest) ?? honest
}

function digest(transcript: readonly Uint8Array[]): Uint8Array {
  return createHash('sha256').update(concat(transcript)).digest()
}

/** Type and content of each record. */
export function splitRecords(bytes: Uint8Array): (readonly [type: number, content: Uint8Array])[] {
  const records: (readonly [number, Uint8Array])[] = []
  for (let from = 0; from < bytes.length; ) {
    const length = ((bytes[from + 3] ?? 0) << 8) | (bytes[from + 4] ?? 0)
    records.push([bytes[from] ?? 0, bytes.subarray(from + 5, from + 5 + length)])
    from += 5 + length
  }
  return records
}
