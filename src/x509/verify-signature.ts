/** Whether a signature was made with a key: certificates, CRLs and timestamps alike. */
import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { toBinary } from '../bytes.ts'
import type { KeyAlgorithm, PublicKeyInfo } from './public-key.ts'
import type { HashName, SignatureFamily, SignatureInfo } from './signature-algorithm.ts'

/** `unsupported`: nobody can tell with this code, because of the algorithm, its parameters or the key. */
export type SignatureVerdict = 'good' | 'bad' | 'unsupported'

/** Keys each family verifies with; what is missing here is named and never verified. */
const KEYS: Readonly<Partial<Record<SignatureFamily, readonly KeyAlgorithm[]>>> = {
  RSA: ['RSA'],
  'RSA-PSS': ['RSA', 'RSA-PSS'],
  ECDSA: ['P-256', 'P-384', 'P-521', 'EC-other'],
  Ed25519: ['Ed25519'],
  Ed448: ['Ed448'],
  DSA: ['DSA'],
}

/** Names that node:crypto knows; `null` where the signature takes the message itself. */
const DIGESTS: Readonly<Partial<Record<HashName, string | null>>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-224': 'sha224',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
  none: null,
}

/** Larger keys make a single check slow, and nobody uses them; their parameters count as well. */
const MAX_SPKI_BYTES = 8192
const MAX_RSA_BITS = 16_384
const MAX_DSA_BITS = 4096

export function verifySignature(
  algorithm: Pick<SignatureInfo, 'family' | 'hash' | 'pssSaltLength'>,
  key: PublicKeyInfo,
  data: Uint8Array,
  signature: Uint8Array,
): SignatureVerdict {
  const digest = DIGESTS[algorithm.hash]
  if (digest === undefined || !KEYS[algorithm.family]?.includes(key.algorithm)) return 'unsupported'
  if (algorithm.family === 'RSA-PSS' && algorithm.pssSaltLength === null) return 'unsupported'
  const keyObject = importedKey(key)
  if (!keyObject) return 'unsupported'
  try {
    return verify(digest, data, withPadding(algorithm, keyObject), signature) ? 'good' : 'bad'
  } catch {
    // OpenSSL refuses the pair, such as a key too small for the hash: no signature it could have made.
    return 'bad'
  }
}

function withPadding(
  { family, pssSaltLength }: Pick<SignatureInfo, 'family' | 'pssSaltLength'>,
  key: KeyObject,
) {
  if (family !== 'RSA-PSS' || pssSaltLength === null) return key
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: pssSaltLength }
}

/** Whether it is a key at all: a point on its curve, of the right length. */
export function isUsableKey(info: PublicKeyInfo): boolean {
  return importedKey(info) !== null
}

/** Importing a key costs more than using it, and the same CAs come again and again. */
const imported = new Map<string, KeyObject | null>()
const MAX_IMPORTED = 500

function importedKey(info: PublicKeyInfo): KeyObject | null {
  if (info.spki.length > MAX_SPKI_BYTES) return null
  const id = toBinary(info.spki)
  const known = imported.get(id)
  if (known !== undefined) return known
  const key = isSane(info) ? importKey(info.spki) : null
  const [oldest] = imported.size < MAX_IMPORTED ? [] : imported.keys()
  if (oldest !== undefined) imported.delete(oldest)
  imported.set(id, key)
  return key
}

function isSane({ algorithm, bits }: PublicKeyInfo): boolean {
  if (bits === 0) return false
  if (algorithm === 'RSA' || algorithm === 'RSA-PSS') return bits <= MAX_RSA_BITS
  return algorithm !== 'DSA' || bits <= MAX_DSA_BITS
}

function importKey(spki: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  } catch {
    return null
  }
}
