/** Signature algorithms: AlgorithmIdentifier and its parameters (RFC 3279, 4055, 5758, 8410, 9881). */
import { type DerNode, TAG } from './der.ts'
import { attempt, type Note } from './note.ts'
import { ALGORITHM_OID } from './oids.ts'

export type HashName =
  | 'MD2'
  | 'MD5'
  | 'SHA-1'
  | 'SHA-224'
  | 'SHA-256'
  | 'SHA-384'
  | 'SHA-512'
  | 'SM3'
  | 'none'
  | 'unknown'

export type SignatureFamily =
  | 'RSA'
  | 'RSA-PSS'
  | 'ECDSA'
  | 'Ed25519'
  | 'Ed448'
  | 'DSA'
  | 'SM2'
  | 'ML-DSA'
  | 'unknown'

export interface SignatureInfo {
  /** What a human reads: `SHA-256 with RSA`, `ECDSA with SHA-384`, or the OID. */
  readonly label: string
  readonly oid: string
  readonly family: SignatureFamily
  readonly hash: HashName
  /** Salt length in octets, for RSA-PSS whose mask hash is the message hash; else null. */
  readonly pssSaltLength: number | null
  /** The parameters are exactly what the standards demand: NULL for RSA, none for ECDSA and EdDSA. */
  readonly parametersExact: boolean
  /** AlgorithmIdentifier, DER. */
  readonly raw: Uint8Array
}

interface Row {
  readonly label: string
  readonly family: SignatureFamily
  readonly hash: HashName
}

/** By OID; RSA-PSS is read from its parameters. */
const SIGNATURES: Readonly<Record<string, Row>> = {
  '1.2.840.113549.1.1.2': rsa('MD2'),
  '1.2.840.113549.1.1.4': rsa('MD5'),
  '1.2.840.113549.1.1.5': rsa('SHA-1'),
  '1.3.14.3.2.29': rsa('SHA-1'),
  '1.2.840.113549.1.1.14': rsa('SHA-224'),
  '1.2.840.113549.1.1.11': rsa('SHA-256'),
  '1.2.840.113549.1.1.12': rsa('SHA-384'),
  '1.2.840.113549.1.1.13': rsa('SHA-512'),
  '1.2.840.10045.4.1': ecdsa('SHA-1'),
  '1.2.840.10045.4.3.1': ecdsa('SHA-224'),
  '1.2.840.10045.4.3.2': ecdsa('SHA-256'),
  '1.2.840.10045.4.3.3': ecdsa('SHA-384'),
  '1.2.840.10045.4.3.4': ecdsa('SHA-512'),
  [ALGORITHM_OID.ed25519]: { label: 'Ed25519', family: 'Ed25519', hash: 'none' },
  [ALGORITHM_OID.ed448]: { label: 'Ed448', family: 'Ed448', hash: 'none' },
  '1.2.840.10040.4.3': { label: 'DSA with SHA-1', family: 'DSA', hash: 'SHA-1' },
  '2.16.840.1.101.3.4.3.1': { label: 'DSA with SHA-224', family: 'DSA', hash: 'SHA-224' },
  '2.16.840.1.101.3.4.3.2': { label: 'DSA with SHA-256', family: 'DSA', hash: 'SHA-256' },
  '1.2.156.10197.1.501': { label: 'SM2 with SM3', family: 'SM2', hash: 'SM3' },
  [ALGORITHM_OID.mlDsa44]: { label: 'ML-DSA-44', family: 'ML-DSA', hash: 'none' },
  [ALGORITHM_OID.mlDsa65]: { label: 'ML-DSA-65', family: 'ML-DSA', hash: 'none' },
  [ALGORITHM_OID.mlDsa87]: { label: 'ML-DSA-87', family: 'ML-DSA', hash: 'none' },
}

const HASHES: Readonly<Record<string, HashName>> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
}

export function decodeSignatureAlgorithm(node: DerNode, note: Note): SignatureInfo {
  const { oid, parameters } = decodeAlgorithmIdentifier(node)
  if (oid === ALGORITHM_OID.rsaPss) {
    const pss = parameters ? attempt(note, () => decodePss(parameters)) : null
    return { ...(pss ?? UNUSABLE_PSS), oid, family: 'RSA-PSS', raw: node.raw }
  }
  const row = SIGNATURES[oid] ?? { label: oid, family: 'unknown', hash: 'unknown' }
  const parametersExact = row.family === 'RSA' ? isNull(parameters) : parameters === null
  return { ...row, oid, pssSaltLength: null, parametersExact, raw: node.raw }
}

/** The two parts of an AlgorithmIdentifier. */
export function decodeAlgorithmIdentifier(node: DerNode): {
  readonly oid: string
  readonly parameters: DerNode | null
} {
  if (node.tag !== TAG.sequence) node.fail('AlgorithmIdentifier is no SEQUENCE')
  const fields = node.children()
  const oid = fields.next('algorithm', TAG.oid).oid()
  const parameters = fields.done ? null : fields.next('parameters')
  fields.end()
  return { oid, parameters }
}

export function isNull(parameters: DerNode | null): boolean {
  return parameters?.tag === TAG.null && parameters.length === 0
}

type PssFacts = Pick<SignatureInfo, 'label' | 'hash' | 'pssSaltLength' | 'parametersExact'>

const UNUSABLE_PSS: PssFacts = {
  label: 'RSA-PSS',
  hash: 'unknown',
  pssSaltLength: null,
  parametersExact: false,
}

/** RSASSA-PSS-params (RFC 4055 §3.1). Absent fields mean SHA-1, MGF1 with SHA-1, 20 octets of salt. */
function decodePss(parameters: DerNode): PssFacts {
  if (parameters.tag !== TAG.sequence) parameters.fail('RSASSA-PSS-params is no SEQUENCE')
  const fields = parameters.children()
  const hashNode = fields.optional('hashAlgorithm', 0xa0)
  const maskNode = fields.optional('maskGenAlgorithm', 0xa1)
  const saltNode = fields.optional('saltLength', 0xa2)
  const trailerNode = fields.optional('trailerField', 0xa3)
  fields.end()
  const hash = hashNode ? decodeHash(hashNode.inner('hash')) : SHA1
  const mask = maskNode ? decodeMask(maskNode.inner('mask')) : SHA1
  const saltLength = saltNode ? saltNode.inner('salt', TAG.integer).smallInteger() : 20
  const trailer = trailerNode ? trailerNode.inner('trailer', TAG.integer).smallInteger() : 1
  const usable = hash.name === mask.name && trailer === 1 && hash.name !== 'unknown'
  // DER leaves out what repeats its default.
  const repeated = trailerNode !== null || (saltNode !== null && saltLength === 20)
  return {
    label: `RSA-PSS with ${hash.name}`,
    hash: hash.name,
    pssSaltLength: usable ? saltLength : null,
    parametersExact: usable && hash.exact && mask.exact && !repeated,
  }
}

interface HashChoice {
  readonly name: HashName
  readonly exact: boolean
}

const SHA1: HashChoice = { name: 'SHA-1', exact: true }

function decodeHash(node: DerNode): HashChoice {
  const { oid, parameters } = decodeAlgorithmIdentifier(node)
  return { name: HASHES[oid] ?? 'unknown', exact: isNull(parameters) }
}

function decodeMask(node: DerNode): HashChoice {
  const { oid, parameters } = decodeAlgorithmIdentifier(node)
  if (oid !== ALGORITHM_OID.mgf1 || !parameters) return { name: 'unknown', exact: false }
  return decodeHash(parameters)
}

function rsa(hash: HashName): Row {
  return { label: `${hash} with RSA`, family: 'RSA', hash }
}

function ecdsa(hash: HashName): Row {
  return { label: `ECDSA with ${hash}`, family: 'ECDSA', hash }
}
