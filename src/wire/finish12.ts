/** The second half of a TLS 1.0 to 1.2 handshake: our flight, and the server's Finished (RFC 5246 §7.4.7 to §7.4.9, RFC 7627). */
import { constants, type KeyObject, publicEncrypt } from 'node:crypto'
import { concat, equal, Reader, Writer } from '../bytes.ts'
import { type CbcShape, cbcShape, openCbc, sealCbc } from './cbc.ts'
import type { RandomSource } from './client-hello.ts'
import { createDhShare } from './ffdhe.ts'
import {
  CERTIFICATE,
  CLIENT_KEY_EXCHANGE,
  FINISHED,
  message,
  NEW_SESSION_TICKET,
  NEXT_PROTOCOL,
} from './messages.ts'
import { EXTENSIONS, VERSIONS } from './names.ts'
import type { HandshakeEnd } from './outcome.ts'
import { keyBlock, prf } from './prf.ts'
import {
  type AeadShape,
  aeadShape,
  type Opener,
  open12,
  type Sealer,
  seal12,
} from './protection.ts'
import type { Flow } from './record.ts'
import type { ServerHello } from './server-hello.ts'
import {
  clientAuthOf,
  learn,
  readExpected,
  type Session,
  sendChangeCipherSpec,
  sendMessage,
} from './session.ts'
import { stopHere, violate } from './violation.ts'

/** The server's half of an ephemeral key exchange. */
export type ServerKey =
  | { readonly kind: 'curve'; readonly group: number; readonly value: Uint8Array }
  | {
      readonly kind: 'field'
      readonly prime: Uint8Array
      readonly generator: Uint8Array
      readonly value: Uint8Array
    }

/** Our half, encoded for ClientKeyExchange, and the premaster secret. */
interface ClientKey {
  readonly exchange: Uint8Array
  readonly premaster: Uint8Array
}

const MASTER_LENGTH = 48
const PROOF_LENGTH = 12

/** SSL 3.0, and a suite we cannot compute, end here, as a valid flight. */
export function* finish12(
  session: Session,
  hello: ServerHello,
  leafKey: KeyObject | null,
  serverKey: ServerKey | null,
  asked: boolean,
): Flow<HandshakeEnd> {
  const { channel, transcript, facts } = session
  const hash = hello.version === VERSIONS['TLS 1.2'] ? hello.suite.hash : 'md5-sha1'
  const clientKey = createClientKey(session, hello, leafKey, serverKey)
  const shape = aeadShape(hello.suite) ?? cbcShape(hello.suite)
  const computed = hello.version >= VERSIONS['TLS 1.0'] && facts.compression === 0
  if (!clientKey || !shape || !computed) return stopHere()

  if (facts.sessionTicket) session.options.onTicketPromised?.()
  if (asked) sendMessage(session, message(CERTIFICATE, new Writer().u24(0).bytes()))
  sendMessage(session, message(CLIENT_KEY_EXCHANGE, clientKey.exchange))
  const [label, seed] = facts.extendedMasterSecret
    ? ['extended master secret', transcript.digest(hash)]
    : ['master secret', concat([session.hello.random, hello.random])]
  const master = prf(hash, clientKey.premaster, label, seed, MASTER_LENGTH)
  const { opener, sealer } = protect(session, hello, shape, hash, master)
  sendChangeCipherSpec(session)
  channel.sealer = sealer
  if (hello.extensions.has(EXTENSIONS.next_protocol_negotiation))
    sendMessage(session, nextProtocol(facts.alpn ?? ''))
  const proof = prf(hash, master, 'client finished', transcript.digest(hash), PROOF_LENGTH)
  sendMessage(session, message(FINISHED, proof))

  const promised = facts.sessionTicket
    ? readTicket((yield* readExpected(session, NEW_SESSION_TICKET)).body)
    : null
  if (promised) session.options.onTicket?.({ lifetimeS: promised.lifetimeS, maxEarlyData: 0 })
  const ticket = promised?.ticket ?? new Uint8Array()
  yield* channel.changeCipherSpec()
  channel.opener = opener
  const expected = prf(hash, master, 'server finished', transcript.digest(hash), PROOF_LENGTH)
  const { body } = yield* readExpected(session, FINISHED)
  if (!equal(body, expected)) violate('bad-finished', 'Finished does not match', 'decrypt_error')
  const end: HandshakeEnd = { kind: 'completed' }
  learn(session, asked ? { clientAuth: clientAuthOf(end) } : {}, 'finished')
  session.options.onSession?.({ spec: session.hello.spec, id: hello.sessionId, ticket })
  return end
}

/** Null where we cannot compute it. */
function createClientKey(
  { options, hello: { spec } }: Session,
  { suite }: ServerHello,
  leafKey: KeyObject | null,
  serverKey: ServerKey | null,
): ClientKey | null {
  if (!leafKey || suite.exportGrade) return null
  if (serverKey?.kind === 'curve') {
    const share = options.keyShare(serverKey.group)
    return (
      share && {
        exchange: new Writer().vector(1, w => w.push(share.publicKey)).bytes(),
        premaster: share.agree(serverKey.value),
      }
    )
  }
  if (serverKey) return fieldKey(serverKey, options.random)
  return transportKey(
    leafKey,
    new Writer().u16(spec.legacyVersion).push(options.random(46)).bytes(),
  )
}

/** The premaster secret encrypted for the leaf (RFC 5246 §7.4.7.1). */
function transportKey(key: KeyObject, premaster: Uint8Array): ClientKey | null {
  try {
    const encrypted = publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, premaster)
    return { exchange: new Writer().vector(2, w => w.push(encrypted)).bytes(), premaster }
  } catch {
    // A key under 472 bits has no room for it.
    return null
  }
}

function fieldKey(
  { prime, generator, value }: ServerKey & { readonly kind: 'field' },
  random: RandomSource,
): ClientKey | null {
  try {
    const share = createDhShare(0, prime, generator, random)
    const secret = share.agree(value)
    return {
      exchange: new Writer().vector(2, w => w.push(share.publicKey)).bytes(),
      // RFC 5246 §8.1.2, unlike TLS 1.3.
      premaster: secret.subarray(secret.findIndex(byte => byte !== 0)),
    }
  } catch {
    // OpenSSL refuses primes that are too short, too long or even.
    return null
  }
}

function protect(
  { hello: { random }, facts, options }: Session,
  { version, random: serverRandom }: ServerHello,
  shape: AeadShape | CbcShape,
  hash: string,
  master: Uint8Array,
): { readonly opener: Opener; readonly sealer: Sealer } {
  const block = (mac: number, iv: number) =>
    keyBlock(hash, master, random, serverRandom, { mac, key: shape.keyLength, iv })
  if ('tagLength' in shape) {
    const keys = block(0, 12 - shape.explicit)
    return {
      opener: open12(shape, { key: keys.serverKey, iv: keys.serverIv }),
      sealer: seal12(shape, { key: keys.clientKey, iv: keys.clientIv }),
    }
  }
  const keys = block(shape.macLength, version === VERSIONS['TLS 1.0'] ? shape.blockLength : 0)
  const mode = { version, encryptThenMac: facts.encryptThenMac }
  const [server, client] = [
    { mac: keys.serverMac, key: keys.serverKey, iv: keys.serverIv },
    { mac: keys.clientMac, key: keys.clientKey, iv: keys.clientIv },
  ]
  return {
    opener: openCbc(shape, server, mode),
    sealer: sealCbc(shape, client, mode, options.random),
  }
}

/** Filled up so that its length says little (draft-agl-tls-nextprotoneg-04 §3). */
function nextProtocol(protocol: string): Uint8Array {
  const name = Buffer.from(protocol, 'latin1')
  const body = new Writer().vector(1, w => w.push(name))
  body.vector(1, w => w.push(new Uint8Array(32 - ((name.length + 2) % 32))))
  return message(NEXT_PROTOCOL, body.bytes())
}

function readTicket(body: Uint8Array): { readonly lifetimeS: number; readonly ticket: Uint8Array } {
  const reader = new Reader(body, 'NewSessionTicket')
  const lifetimeS = reader.u32()
  const ticket = reader.vector(2, 'ticket').rest()
  reader.end()
  return { lifetimeS, ticket }
}
