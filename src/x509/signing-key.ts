/** Private keys that sign certificates, and the AlgorithmIdentifier that goes with each signature. */
import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto'
import { readDer } from './der.ts'
import { explicit, integer, nullValue, oid, sequence } from './der-writer.ts'
import { ALGORITHM_OID } from './oids.ts'

export type KeyKind =
  | 'rsa-512'
  | 'rsa-1024'
  | 'rsa-2048'
  | 'rsa-2052'
  | 'rsa-3072'
  | 'rsa-4096'
  | 'rsa-pss-2048'
  | 'ec-p224'
  | 'ec-p256'
  | 'ec-p384'
  | 'ec-p521'
  | 'ec-secp256k1'
  | 'ed25519'
  | 'ed448'

export type SigningHash = 'MD5' | 'SHA-1' | 'SHA-224' | 'SHA-256' | 'SHA-384' | 'SHA-512'

export interface SigningKey {
  readonly privateKey: KeyObject
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
  /** The public key without its algorithm. */
  readonly keyBits: Uint8Array
}

export interface Signed {
  /** AlgorithmIdentifier, DER. */
  readonly algorithm: Uint8Array
  readonly signature: Uint8Array
}

export interface SigningOptions {
  /** Chosen by the key where it is left out; EdDSA has none. */
  readonly hash?: SigningHash | undefined
  /** RSA keys sign with PSS instead of PKCS#1 v1.5. */
  readonly pss?: boolean | undefined
  /** Octets of PSS salt; as long as the hash where left out. */
  readonly saltLength?: number | undefined
}

const CURVES: Readonly<Partial<Record<KeyKind, string>>> = {
  'ec-p224': 'secp224r1',
  'ec-p256': 'prime256v1',
  'ec-p384': 'secp384r1',
  'ec-p521': 'secp521r1',
  'ec-secp256k1': 'secp256k1',
}

const RSA_SIGNATURES: Readonly<Record<SigningHash, string>> = {
  MD5: '1.2.840.113549.1.1.4',
  'SHA-1': '1.2.840.113549.1.1.5',
  'SHA-224': '1.2.840.113549.1.1.14',
  'SHA-256': '1.2.840.113549.1.1.11',
  'SHA-384': '1.2.840.113549.1.1.12',
  'SHA-512': '1.2.840.113549.1.1.13',
}

const ECDSA_SIGNATURES: Readonly<Partial<Record<SigningHash, string>>> = {
  'SHA-1': '1.2.840.10045.4.1',
  'SHA-224': '1.2.840.10045.4.3.1',
  'SHA-256': '1.2.840.10045.4.3.2',
  'SHA-384': '1.2.840.10045.4.3.3',
  'SHA-512': '1.2.840.10045.4.3.4',
}

const HASHES: Readonly<Partial<Record<SigningHash, { oid: string; octets: number }>>> = {
  'SHA-256': { oid: '2.16.840.1.101.3.4.2.1', octets: 32 },
  'SHA-384': { oid: '2.16.840.1.101.3.4.2.2', octets: 48 },
  'SHA-512': { oid: '2.16.840.1.101.3.4.2.3', octets: 64 },
}

export function generateKey(kind: KeyKind): SigningKey {
  return toSigningKey(generatePrivateKey(kind))
}

/** A key from PKCS#8, DER. */
export function importKey(pkcs8: Uint8Array): SigningKey {
  return toSigningKey(createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }))
}

/** Signs with the key's usual algorithm, or with the one asked for. */
export function signWith(key: SigningKey, data: Uint8Array, options: SigningOptions = {}): Signed {
  const { privateKey } = key
  switch (privateKey.asymmetricKeyType) {
    case 'rsa':
      return options.pss ? signPss(key, data, options) : signRsa(key, data, options)
    case 'rsa-pss':
      return signPss(key, data, options)
    case 'ec': {
      const hash = options.hash ?? curveHash(privateKey)
      const algorithm = sequence(oid(ECDSA_SIGNATURES[hash] ?? unsupported(hash)))
      return { algorithm, signature: new Uint8Array(sign(nodeHash(hash), data, privateKey)) }
    }
    case 'ed25519':
    case 'ed448': {
      const algorithm = sequence(oid(ALGORITHM_OID[privateKey.asymmetricKeyType]))
      return { algorithm, signature: new Uint8Array(sign(null, data, privateKey)) }
    }
    default:
      return unsupported(String(privateKey.asymmetricKeyType))
  }
}

function generatePrivateKey(kind: KeyKind): KeyObject {
  const namedCurve = CURVES[kind]
  if (namedCurve) return generateKeyPairSync('ec', { namedCurve }).privateKey
  if (kind === 'ed25519') return generateKeyPairSync('ed25519').privateKey
  if (kind === 'ed448') return generateKeyPairSync('ed448').privateKey
  if (kind === 'rsa-pss-2048')
    return generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey
  const modulusLength = Number(kind.slice('rsa-'.length))
  return generateKeyPairSync('rsa', { modulusLength }).privateKey
}

function toSigningKey(privateKey: KeyObject): SigningKey {
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const fields = readDer(spki, 'subjectPublicKeyInfo').children()
  fields.next('algorithm')
  const keyBits = fields.next('subjectPublicKey').bitStringOctets()
  return { privateKey, spki: new Uint8Array(spki), keyBits: new Uint8Array(keyBits) }
}

function signRsa({ privateKey }: SigningKey, data: Uint8Array, options: SigningOptions): Signed {
  const hash = options.hash ?? 'SHA-256'
  const algorithm = sequence(oid(RSA_SIGNATURES[hash]), nullValue())
  return { algorithm, signature: new Uint8Array(sign(nodeHash(hash), data, privateKey)) }
}

/** Message hash and mask hash are the same (RFC 4055 §3.1). */
function signPss({ privateKey }: SigningKey, data: Uint8Array, options: SigningOptions): Signed {
  const hash = options.hash ?? 'SHA-256'
  const { oid: hashOid, octets } = HASHES[hash] ?? unsupported(hash)
  const saltLength = options.saltLength ?? octets
  const hashAlgorithm = sequence(oid(hashOid), nullValue())
  const parameters = sequence(
    explicit(0, hashAlgorithm),
    explicit(1, sequence(oid(ALGORITHM_OID.mgf1), hashAlgorithm)),
    explicit(2, integer(saltLength)),
  )
  const padding = constants.RSA_PKCS1_PSS_PADDING
  return {
    algorithm: sequence(oid(ALGORITHM_OID.rsaPss), parameters),
    signature: new Uint8Array(sign(nodeHash(hash), data, { key: privateKey, padding, saltLength })),
  }
}

function curveHash(privateKey: KeyObject): SigningHash {
  const curve = privateKey.asymmetricKeyDetails?.namedCurve
  if (curve === 'secp384r1') return 'SHA-384'
  return curve === 'secp521r1' ? 'SHA-512' : 'SHA-256'
}

function nodeHash(hash: SigningHash): string {
  return hash.replace('-', '').toLowerCase()
}

function unsupported(what: string): never {
  throw new RangeError(`this key cannot sign with ${what}`)
}
