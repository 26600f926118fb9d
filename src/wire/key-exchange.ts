/** Ephemeral keys and shared secrets of the named groups (RFC 8446 §4.2.8, RFC 8422 §5.10, RFC 7748). */
import {
  createECDH,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type ECDH,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { fromBase64, fromHex } from '../bytes.ts'
import type { RandomSource } from './client-hello.ts'
import { createDhShare, ffdhePrime } from './ffdhe.ts'
import { HYBRIDS, hybridShare } from './hybrid.ts'
import { GROUPS, groupName } from './names.ts'
import { illegal } from './violation.ts'

/** Our half of a key exchange. */
export interface KeyShare {
  readonly group: number
  readonly publicKey: Uint8Array
  /**
   * The shared secret with the peer's public value, as TLS 1.3 uses it.
   * @throws ProtocolViolation where that value is not of the group
   */
  readonly agree: (peer: Uint8Array) => Uint8Array
  /** What must have happened before `agree`. */
  readonly prepare?: () => Promise<void>
}

/** node:crypto's name, and the length of a private key. */
const CURVES: Readonly<Record<number, readonly [name: string, length: number]>> = {
  [GROUPS.secp256r1]: ['prime256v1', 32],
  [GROUPS.secp384r1]: ['secp384r1', 48],
  [GROUPS.secp521r1]: ['secp521r1', 66],
  [GROUPS.secp256k1]: ['secp256k1', 32],
  [GROUPS.secp224r1]: ['secp224r1', 28],
  [GROUPS.brainpoolP256r1]: ['brainpoolP256r1', 32],
  [GROUPS.brainpoolP384r1]: ['brainpoolP384r1', 48],
  [GROUPS.brainpoolP512r1]: ['brainpoolP512r1', 64],
  [GROUPS.brainpoolP256r1tls13]: ['brainpoolP256r1', 32],
  [GROUPS.brainpoolP384r1tls13]: ['brainpoolP384r1', 48],
  [GROUPS.brainpoolP512r1tls13]: ['brainpoolP512r1', 64],
}

interface Montgomery {
  readonly curve: 'X25519' | 'X448'
  /** Of either key, in bytes. */
  readonly length: number
  /** What stands before the private key in PKCS#8 (RFC 8410 §7). */
  readonly pkcs8: Uint8Array
}

const MONTGOMERY: Readonly<Record<number, Montgomery>> = {
  [GROUPS.x25519]: {
    curve: 'X25519',
    length: 32,
    pkcs8: fromHex('302e020100300506032b656e04220420'),
  },
  [GROUPS.x448]: { curve: 'X448', length: 56, pkcs8: fromHex('3046020100300506032b656f043a0438') },
}

/** Whether we have the arithmetic of this group. */
export function isComputable(group: number): boolean {
  return group in MONTGOMERY || group in CURVES || ffdhePrime(group) !== null || group in HYBRIDS
}

/** Null for a group we have no arithmetic for. */
export function createKeyShare(group: number, random: RandomSource): KeyShare | null {
  const montgomery = MONTGOMERY[group]
  if (montgomery) return montgomeryShare(group, montgomery, random)
  const curve = CURVES[group]
  if (curve) return curveShare(group, curve, random)
  const prime = ffdhePrime(group)
  if (prime) return fieldShare(group, prime, random)
  const hybrid = HYBRIDS[group]
  const half = hybrid && createKeyShare(hybrid.curve, random)
  return half ? hybridShare(group, hybrid, half) : null
}

function curveShare(
  group: number,
  [name, length]: readonly [string, number],
  random: RandomSource,
): KeyShare {
  const ecdh = createECDH(name)
  setPrivateKey(ecdh, random(length))
  return {
    group,
    publicKey: ecdh.getPublicKey(),
    agree: peer => {
      // TLS 1.3 and RFC 8422 know the uncompressed form alone.
      if (peer[0] !== 4) illegalShare(group)
      try {
        return ecdh.computeSecret(peer)
      } catch {
        return illegalShare(group)
      }
    },
  }
}

/** Zero, or more than the order, is brought into range: with 521 bits or a Brainpool curve that is no rare case. */
function setPrivateKey(ecdh: ECDH, bytes: Uint8Array): void {
  try {
    ecdh.setPrivateKey(bytes)
  } catch {
    const scalar = bytes.slice()
    scalar[0] = (scalar[0] ?? 0) & (scalar.length === 66 ? 0 : 0x7f)
    scalar[scalar.length - 1] = (scalar.at(-1) ?? 0) | 1
    ecdh.setPrivateKey(scalar)
  }
}

function montgomeryShare(
  group: number,
  { curve, length, pkcs8 }: Montgomery,
  random: RandomSource,
): KeyShare {
  const privateKey =
    random === randomBytes
      ? generate(curve)
      : createPrivateKey({
          key: Buffer.concat([pkcs8, random(length)]),
          format: 'der',
          type: 'pkcs8',
        })
  return {
    group,
    publicKey: fromBase64(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? ''),
    agree: peer => {
      if (peer.length !== length) illegalShare(group)
      const x = Buffer.from(peer).toString('base64url')
      const key = { kty: 'OKP', crv: curve, x }
      try {
        return diffieHellman({ privateKey, publicKey: createPublicKey({ key, format: 'jwk' }) })
      } catch {
        // A point of small order: the secret would be zero (RFC 7748 §6).
        return illegalShare(group)
      }
    },
  }
}

/** Without a source of its own: on Node 20 this takes an eighth of the time of reading a key. */
function generate(curve: Montgomery['curve']): KeyObject {
  const pair = curve === 'X25519' ? generateKeyPairSync('x25519') : generateKeyPairSync('x448')
  return pair.privateKey
}

/** Unlike older versions, TLS 1.3 fills the value up to the length of the prime (RFC 8446 §4.2.8.1). */
function fieldShare(group: number, prime: Uint8Array, random: RandomSource): KeyShare {
  const share = createDhShare(group, prime, Uint8Array.of(2), random)
  const agree = (peer: Uint8Array) =>
    peer.length === prime.length ? share.agree(peer) : illegalShare(group)
  return { ...share, agree }
}

function illegalShare(group: number): never {
  return illegal(`a key share that is not of ${groupName(group)}`)
}
