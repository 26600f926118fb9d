/** Encryption by password: PBES2 (RFC 8018) by node:crypto, what is older (RFC 7292 appendix B) by node-forge; and what it may cost. */
import { createDecipheriv, pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'
import type { asn1, cipher } from 'node-forge'
import { fromBinary, toBinary, utf8 } from '../bytes.ts'
import { loadForge } from '../libraries.ts'
import { type DerNode, TAG } from './der.ts'

/** Programs of today write up to a million rounds; hundreds of millions are there to hold somebody up. */
const MAX_ROUNDS = 2_000_000

const PBES2 = '1.2.840.113549.1.5.13'
const PBKDF2 = '1.2.840.113549.1.5.12'
/** RFC 8018 appendix B.1.2. */
const HMAC_SHA1 = '1.2.840.113549.2.7'
const HASHES: Readonly<Record<string, string>> = {
  [HMAC_SHA1]: 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
}

/** node:crypto's name, and the length of the key in bytes. */
const CIPHERS: Readonly<Record<string, readonly [name: string, keyLength: number]>> = {
  '1.2.840.113549.3.7': ['des-ede3-cbc', 24],
  '2.16.840.1.101.3.4.1.2': ['aes-128-cbc', 16],
  '2.16.840.1.101.3.4.1.22': ['aes-192-cbc', 24],
  '2.16.840.1.101.3.4.1.42': ['aes-256-cbc', 32],
}

/** Throws a DecodeError where the key derivation of this AlgorithmIdentifier would take too long. */
export function requireModestRounds(algorithm: DerNode): void {
  const fields = algorithm.children()
  const scheme = fields.next('algorithm', TAG.oid).oid()
  let parameters = fields.next('parameters', TAG.sequence).children()
  if (scheme === PBES2) {
    const derivation = parameters.next('keyDerivationFunc', TAG.sequence).children()
    derivation.next('algorithm', TAG.oid)
    parameters = derivation.next('parameters', TAG.sequence).children()
  }
  const [, rounds] = parameters.rest()
  requireModest(rounds)
}

/** An INTEGER that counts rounds; absent it is 1. */
export function requireModest(rounds: DerNode | undefined): void {
  if (rounds && rounds.smallInteger() > MAX_ROUNDS)
    rounds.fail(`more than ${MAX_ROUNDS} rounds of key derivation`)
}

/** What the types of node-forge leave out. */
interface PasswordBased {
  getCipher(oid: string, parameters: asn1.Asn1, password: string): cipher.BlockCipher
}

/** Null where the password is wrong. Throws a DecodeError for a scheme that is not known. */
export async function decrypt(
  algorithm: DerNode,
  ciphertext: Uint8Array,
  password: string,
): Promise<Uint8Array | null> {
  requireModestRounds(algorithm)
  const fields = algorithm.children()
  const scheme = fields.next('algorithm', TAG.oid).oid()
  const parameters = fields.next('parameters', TAG.sequence)
  if (scheme === PBES2) return decryptPbes2(parameters, ciphertext, password)
  const forge = await loadForge()
  try {
    const { pbe } = forge as unknown as { readonly pbe: PasswordBased }
    const read = forge.asn1.fromDer(toBinary(parameters.raw))
    const cipher = pbe.getCipher(scheme, read, password)
    cipher.update(forge.util.createBuffer(toBinary(ciphertext)))
    return cipher.finish() ? fromBinary(cipher.output.getBytes()) : null
  } catch (cause) {
    return algorithm.fail(`cannot be decrypted (${cause instanceof Error ? cause.message : cause})`)
  }
}

const derive = promisify(pbkdf2)

async function decryptPbes2(
  parameters: DerNode,
  ciphertext: Uint8Array,
  password: string,
): Promise<Uint8Array | null> {
  const fields = parameters.children()
  const derivation = fields.next('keyDerivationFunc', TAG.sequence).children()
  const way = derivation.next('algorithm', TAG.oid)
  if (way.oid() !== PBKDF2) way.fail(`key derivation ${way.oid()}`)
  const values = derivation.next('parameters', TAG.sequence).children()
  const salt = values.next('salt', TAG.octetString).content
  const rounds = values.next('iterationCount', TAG.integer).smallInteger()
  values.optional('keyLength', TAG.integer)
  const prf = values.optional('prf', TAG.sequence)?.children().next('algorithm', TAG.oid)
  const hash = HASHES[prf?.oid() ?? HMAC_SHA1] ?? prf?.fail(`pseudorandom function ${prf.oid()}`)
  const encryption = fields.next('encryptionScheme', TAG.sequence).children()
  const cipher = encryption.next('algorithm', TAG.oid)
  const [name, keyLength] = CIPHERS[cipher.oid()] ?? cipher.fail(`cipher ${cipher.oid()}`)
  const iv = encryption.next('iv', TAG.octetString)
  if (iv.length !== (name.startsWith('aes') ? 16 : 8)) iv.fail('not as long as a block')
  if (rounds === 0) parameters.fail('no rounds of key derivation')
  const key = await derive(utf8(password), salt, rounds, keyLength, hash ?? '')
  const decipher = createDecipheriv(name, key, iv.content)
  try {
    return new Uint8Array(Buffer.concat([decipher.update(ciphertext), decipher.final()]))
  } catch {
    // Padding that is none: OpenSSL says no more of a wrong key.
    return null
  }
}
