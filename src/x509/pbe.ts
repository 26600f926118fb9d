/** Encryption by password (RFC 8018, RFC 7292 appendix B): what it may cost, and node-forge to undo it, loaded only then. */
import type { asn1, cipher } from 'node-forge'
import { fromBinary, toBinary } from '../bytes.ts'
import { loadForge } from '../libraries.ts'
import { type DerNode, TAG } from './der.ts'

/** Programs of today write up to a million rounds; hundreds of millions are there to hold somebody up. */
const MAX_ROUNDS = 10_000_000

const PBES2 = '1.2.840.113549.1.5.13'

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
  const forge = await loadForge()
  const fields = algorithm.children()
  const scheme = fields.next('algorithm', TAG.oid).oid()
  const parameters = forge.asn1.fromDer(toBinary(fields.next('parameters').raw))
  try {
    const { pbe } = forge as unknown as { readonly pbe: PasswordBased }
    // PBES2 takes the octets of UTF-8, PKCS#12's own schemes UTF-16 (RFC 7292 appendix B.1).
    const secret = scheme === PBES2 ? forge.util.encodeUtf8(password) : password
    const cipher = pbe.getCipher(scheme, parameters, secret)
    cipher.update(forge.util.createBuffer(toBinary(ciphertext)))
    return cipher.finish() ? fromBinary(cipher.output.getBytes()) : null
  } catch (cause) {
    return algorithm.fail(cause instanceof Error ? cause.message : String(cause))
  }
}
