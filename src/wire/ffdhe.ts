/** Diffie-Hellman over a prime field: the named groups of RFC 7919, and a server's own. */
import { createDiffieHellman } from 'node:crypto'
import { fromHex, toHex } from '../bytes.ts'
import type { RandomSource } from './client-hello.ts'
import type { KeyShare } from './key-exchange.ts'
import { GROUPS } from './names.ts'
import { illegal } from './violation.ts'

/** Size in bits, and the offset that makes the number a safe prime (RFC 7919 §A). */
const FFDHE: Readonly<Record<number, readonly [bits: number, offset: bigint]>> = {
  [GROUPS.ffdhe2048]: [2048, 560316n],
  [GROUPS.ffdhe3072]: [3072, 2625351n],
  [GROUPS.ffdhe4096]: [4096, 5736041n],
  [GROUPS.ffdhe6144]: [6144, 15705020n],
  [GROUPS.ffdhe8192]: [8192, 10965728n],
}

const primes = new Map<number, Uint8Array>()

/** The prime of a group of RFC 7919: 2^b - 2^(b-64) + (⌊2^(b-130)·e⌋ + offset)·2^64 - 1. Null for another group. */
export function ffdhePrime(group: number): Uint8Array | null {
  const known = primes.get(group)
  if (known) return known
  const parameters = FFDHE[group]
  if (!parameters) return null
  const [bits, offset] = parameters
  const b = BigInt(bits)
  const p = (1n << b) - (1n << (b - 64n)) + ((scaledE(b - 130n) + offset) << 64n) - 1n
  const prime = fromHex(p.toString(16))
  primes.set(group, prime)
  return prime
}

/** The code of the named group that has this prime, or null. */
export function ffdheGroup(prime: Uint8Array): number | null {
  const digits = toHex(prime)
  for (const group of Object.keys(FFDHE).map(Number)) {
    const named = FFDHE[group]?.[0] === prime.length * 8 ? ffdhePrime(group) : null
    if (named && toHex(named) === digits) return group
  }
  return null
}

/** The shared secret is as long as the prime; @throws what node:crypto throws for parameters it refuses. */
export function createDhShare(
  group: number,
  prime: Uint8Array,
  generator: Uint8Array,
  random: RandomSource,
): KeyShare {
  const dh = createDiffieHellman(prime, generator)
  // 256 bits of exponent give 128 bits of strength (RFC 7919 §5.2), and keep the largest prime quick; never zero.
  const exponent = random(32).slice()
  exponent[31] = (exponent[31] ?? 0) | 1
  dh.setPrivateKey(exponent)
  return {
    group,
    publicKey: padTo(prime.length, dh.generateKeys()),
    agree: peer => {
      if (!isDhValue(peer, prime)) return illegalValue()
      try {
        return padTo(prime.length, dh.computeSecret(peer))
      } catch {
        // OpenSSL knows the named groups, and refuses what is outside their subgroup.
        return illegalValue()
      }
    },
  }
}

export function illegalValue(): never {
  return illegal('a Diffie-Hellman value that is not of its group')
}

/** Whether 1 < value < p - 1 (RFC 7919 §5.1). */
export function isDhValue(value: Uint8Array, prime: Uint8Array): boolean {
  const y = toInteger(value)
  return y > 1n && y < toInteger(prime) - 1n
}

/** ⌊2^shift · e⌋ by its series, with room for the rounding of every term. */
function scaledE(shift: bigint): bigint {
  const room = 64n
  let term = 1n << (shift + room)
  let sum = 0n
  for (let n = 1n; term > 0n; n++) {
    sum += term
    term /= n
  }
  return sum >> room
}

function toInteger(bytes: Uint8Array): bigint {
  return BigInt(`0x0${toHex(bytes)}`)
}

function padTo(length: number, bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(length)
  padded.set(bytes, length - bytes.length)
  return padded
}
