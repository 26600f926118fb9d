/** A server of TLS 1.2 and older on loopback that chooses what it likes, whatever the hello offers, up to ServerHelloDone. */
import { createHash, getDiffieHellman, privateEncrypt, sign } from 'node:crypto'
import { concat, Writer } from '../../src/bytes.ts'
import { message, SERVER_HELLO_DONE, SERVER_KEY_EXCHANGE } from '../../src/wire/messages.ts'
import {
  EXTENSIONS,
  GROUPS,
  type GroupName,
  SUITES,
  type SuiteName,
  VERSIONS,
  type VersionName,
} from '../../src/wire/names.ts'
import { suiteOf } from '../../src/wire/suite.ts'
import type { Issued } from '../../src/x509/issue.ts'
import type { KeyKind } from '../../src/x509/signing-key.ts'
import { extension, record, zeroShare } from '../wire/fake-server.ts'
import { encodeCertificate12, encodeServerHello12 } from '../wire/fake-server12.ts'
import { testKey } from './certs.ts'
import { identity, startTcp } from './tls-server.ts'

export interface Choice {
  readonly version?: VersionName
  readonly cipher?: SuiteName
  readonly key?: KeyKind
  /** Another certificate for that key. */
  readonly leaf?: Issued
  readonly group?: GroupName
  /** Of RFC 2409 and 3526: 1024, 1536, 2048, 3072, 4096 bits. */
  readonly prime?: 'modp2' | 'modp5' | 'modp14' | 'modp15' | 'modp16'
  readonly hash?: 'sha1' | 'sha256' | 'sha384' | 'sha512'
  readonly secureRenegotiation?: boolean
  readonly compression?: number
  /** The last octets of its random value. */
  readonly mark?: Uint8Array
}

/** Type of the first handshake message after the flight, or `alert` with its number. */
export type Reaction = { readonly message: number } | { readonly alert: number }

/** Gives its port; `react` is told what the client sends next. */
export async function startStubborn(
  choice: Choice,
  react: (reaction: Reaction) => void = () => {},
): Promise<number> {
  return startTcp(socket => {
    let said = false
    let seen = Buffer.alloc(0)
    socket.on('data', data => {
      seen = Buffer.concat([seen, data])
      if (seen.length < 6) return
      if (said) {
        react(seen[0] === 22 ? { message: seen[5]! } : { alert: seen[6] ?? 0 })
        socket.destroy()
      } else if (seen.length >= 5 + seen.readUInt16BE(3)) {
        socket.write(flight(seen, choice))
        said = true
      } else return
      seen = Buffer.alloc(0)
    })
    socket.on('end', () => socket.end())
  })
}

function flight(clientHello: Uint8Array, choice: Choice): Uint8Array {
  const version = VERSIONS[choice.version ?? 'TLS 1.2']
  const cipher = SUITES[choice.cipher ?? 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'][0]
  const kind = choice.key ?? 'ec-p256'
  const random = new Uint8Array(32).fill(7)
  const { compression = 0 } = choice
  if (choice.mark) random.set(choice.mark, 32 - choice.mark.length)
  const renegotiation = extension(EXTENSIONS.renegotiation_info, Uint8Array.of(0))
  const blocks = choice.secureRenegotiation === false ? [] : [renegotiation]
  const parameters = serverParameters(suiteOf(cipher)!.keyExchange, choice)
  const signed = concat([clientHello.subarray(11, 43), random, parameters])
  const signature = signatureOver(signed, version, kind, choice.hash ?? 'sha256')
  const messages = [
    encodeServerHello12(blocks, { version, cipher, random, compression }),
    encodeCertificate12([choice.leaf?.der ?? identity(kind).der]),
    ...(parameters.length > 0
      ? [message(SERVER_KEY_EXCHANGE, concat([parameters, signature]))]
      : []),
    message(SERVER_HELLO_DONE, new Uint8Array()),
  ]
  return record(22, concat(messages), version)
}

function serverParameters(keyExchange: string, { group = 'secp256r1', prime = 'modp14' }: Choice) {
  if (keyExchange === 'RSA') return new Uint8Array()
  if (keyExchange === 'ECDHE') {
    const { publicKey } = zeroShare(GROUPS[group])!
    const curve = new Writer().u8(3).u16(GROUPS[group])
    return curve.vector(1, w => w.push(publicKey)).bytes()
  }
  const dh = getDiffieHellman(prime)
  dh.generateKeys()
  const field = new Writer()
  for (const value of [dh.getPrime(), dh.getGenerator(), dh.getPublicKey()])
    field.vector(2, w => w.push(value))
  return field.bytes()
}

/** As TLS 1.2 has it with the pair of hash and key, as older versions have it without. */
function signatureOver(content: Uint8Array, version: number, kind: KeyKind, hash: string) {
  const { privateKey } = testKey(kind)
  const rsa = kind.startsWith('rsa')
  const out = new Writer()
  if (version === VERSIONS['TLS 1.2']) {
    const hashes: Readonly<Record<string, number>> = { sha1: 2, sha256: 4, sha384: 5, sha512: 6 }
    out.u8(hashes[hash] ?? 0).u8(rsa ? 1 : 3)
    return out.vector(2, w => w.push(sign(hash, content, privateKey))).bytes()
  }
  const digest = (name: string) => createHash(name).update(content).digest()
  // PKCS#1 v1.5 without the name of a hash: 36 octets.
  const legacy = rsa
    ? privateEncrypt(privateKey, Buffer.concat([digest('md5'), digest('sha1')]))
    : sign('sha1', content, privateKey)
  return out.vector(2, w => w.push(legacy)).bytes()
}

/** The marks of RFC 8446 section 4.1.3. */
export const MARKS = {
  tls12: Uint8Array.from([...Buffer.from('DOWNGRD'), 1]),
  tls11: Uint8Array.from([...Buffer.from('DOWNGRD'), 0]),
} as const
