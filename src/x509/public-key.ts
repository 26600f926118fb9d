/** SubjectPublicKeyInfo (RFC 5280 §4.1.2.7, RFC 3279, 4055, 5480, 8410, 9881). */
import { type DerNode, TAG } from './der.ts'
import { attempt, type Note } from './note.ts'
import { ALGORITHM_OID } from './oids.ts'
import { decodeAlgorithmIdentifier, isNull } from './signature-algorithm.ts'

export type KeyAlgorithm =
  | 'RSA'
  | 'RSA-PSS'
  | 'P-256'
  | 'P-384'
  | 'P-521'
  | 'EC-other'
  | 'Ed25519'
  | 'Ed448'
  | 'DSA'
  | 'SM2'
  | 'ML-DSA'
  | 'unknown'

export interface PublicKeyInfo {
  readonly algorithm: KeyAlgorithm
  /** RSA modulus, EC field or DSA prime, in bits; 0 where unknown. */
  readonly bits: number
  /** What a human reads: `RSA 2048`, `EC P-256`, `SM2`, or the OID. */
  readonly label: string
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
  /** The key itself, without its algorithm: what a subjectKeyIdentifier usually hashes. */
  readonly keyBits: Uint8Array
  /** Big-endian, without sign octet; null for other algorithms. */
  readonly rsa: { readonly modulus: Uint8Array; readonly exponent: Uint8Array } | null
}

interface Curve {
  readonly algorithm: KeyAlgorithm
  readonly bits: number
  readonly label: string
}

const CURVES: Readonly<Record<string, Curve>> = {
  '1.2.840.10045.3.1.7': { algorithm: 'P-256', bits: 256, label: 'EC P-256' },
  '1.3.132.0.34': { algorithm: 'P-384', bits: 384, label: 'EC P-384' },
  '1.3.132.0.35': { algorithm: 'P-521', bits: 521, label: 'EC P-521' },
  '1.2.156.10197.1.301': { algorithm: 'SM2', bits: 256, label: 'SM2' },
  '1.2.840.10045.3.1.1': { algorithm: 'EC-other', bits: 192, label: 'EC P-192' },
  '1.3.132.0.33': { algorithm: 'EC-other', bits: 224, label: 'EC P-224' },
  '1.3.132.0.10': { algorithm: 'EC-other', bits: 256, label: 'EC secp256k1' },
  '1.3.36.3.3.2.8.1.1.7': { algorithm: 'EC-other', bits: 256, label: 'EC brainpoolP256r1' },
  '1.3.36.3.3.2.8.1.1.11': { algorithm: 'EC-other', bits: 384, label: 'EC brainpoolP384r1' },
  '1.3.36.3.3.2.8.1.1.13': { algorithm: 'EC-other', bits: 512, label: 'EC brainpoolP512r1' },
}

const ML_DSA: Readonly<Record<string, string>> = {
  [ALGORITHM_OID.mlDsa44]: 'ML-DSA-44',
  [ALGORITHM_OID.mlDsa65]: 'ML-DSA-65',
  [ALGORITHM_OID.mlDsa87]: 'ML-DSA-87',
}

/** A key nobody can use is noted and never an error: it matters only where it is used. */
export function decodePublicKey(node: DerNode, note: Note): PublicKeyInfo {
  const fields = node.children()
  const { oid, parameters } = decodeAlgorithmIdentifier(fields.next('algorithm'))
  const key = fields.next('subjectPublicKey', TAG.bitString)
  fields.end()
  const common = { spki: node.raw, keyBits: key.bitStringOctets(), rsa: null }
  const parts: KeyParts = { key, parameters, note }
  switch (oid) {
    case ALGORITHM_OID.rsa:
      if (!isNull(parameters)) note(node.error('parameters of an RSA key are not NULL'))
      return { ...common, ...rsaKey('RSA', parts) }
    case ALGORITHM_OID.rsaPss:
      return { ...common, ...rsaKey('RSA-PSS', parts) }
    case ALGORITHM_OID.ec:
      return { ...common, ...ecKey(parts) }
    case ALGORITHM_OID.ed25519:
      return { ...common, ...edwardsKey('Ed25519', 256, 32, parts) }
    case ALGORITHM_OID.ed448:
      return { ...common, ...edwardsKey('Ed448', 448, 57, parts) }
    case ALGORITHM_OID.dsa:
      return { ...common, ...dsaKey(parts) }
    default:
      return { ...common, ...otherKey(oid) }
  }
}

interface KeyParts {
  readonly key: DerNode
  readonly parameters: DerNode | null
  readonly note: Note
}

type KeyFacts = Pick<PublicKeyInfo, 'algorithm' | 'bits' | 'label'>

function rsaKey(
  algorithm: 'RSA' | 'RSA-PSS',
  { key, note }: KeyParts,
): KeyFacts & Pick<PublicKeyInfo, 'rsa'> {
  const rsa = attempt(note, () => {
    const fields = key.bitStringInner('rsaPublicKey', TAG.sequence).children()
    const modulus = unsigned(fields.next('modulus', TAG.integer))
    const exponent = unsigned(fields.next('publicExponent', TAG.integer))
    fields.end()
    return { modulus, exponent }
  })
  const bits = rsa ? bitLength(rsa.modulus) : 0
  return { algorithm, bits, label: `${algorithm} ${bits}`, rsa }
}

function ecKey({ key, parameters, note }: KeyParts): KeyFacts {
  if (parameters?.tag !== TAG.oid) {
    note(key.error('EC key without a named curve'))
    return { algorithm: 'EC-other', bits: 0, label: 'EC with explicit parameters' }
  }
  const oid = parameters.oid()
  return CURVES[oid] ?? { algorithm: 'EC-other', bits: 0, label: `EC ${oid}` }
}

function edwardsKey(
  algorithm: 'Ed25519' | 'Ed448',
  bits: number,
  octets: number,
  { key, parameters, note }: KeyParts,
): KeyFacts {
  if (parameters) note(key.error(`${algorithm} key with parameters`))
  if (key.length !== octets + 1) note(key.error(`${algorithm} key of a wrong length`))
  return { algorithm, bits, label: algorithm }
}

/** The prime stands in the parameters (RFC 3279 §2.3.2); they may be inherited and absent. */
function dsaKey({ parameters, note }: KeyParts): KeyFacts {
  const prime = parameters
    ? attempt(note, () => unsigned(parameters.children().next('p', TAG.integer)))
    : null
  const bits = prime ? bitLength(prime) : 0
  return { algorithm: 'DSA', bits, label: `DSA ${bits}` }
}

function otherKey(oid: string): KeyFacts {
  const mlDsa = ML_DSA[oid]
  if (mlDsa) return { algorithm: 'ML-DSA', bits: 0, label: mlDsa }
  return { algorithm: 'unknown', bits: 0, label: oid }
}

/** The octets of a non-negative INTEGER without its sign octet. */
function unsigned(node: DerNode): Uint8Array {
  const octets = node.integer()
  if ((octets[0] ?? 0) >= 0x80) node.fail('INTEGER is negative')
  return octets[0] === 0 ? octets.subarray(1) : octets
}

function bitLength(octets: Uint8Array): number {
  const [first = 0] = octets
  return octets.length === 0 ? 0 : octets.length * 8 - (Math.clz32(first) - 24)
}
