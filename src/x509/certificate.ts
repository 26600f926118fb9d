/** A certificate as sent, decoded (RFC 5280 §4). Every part keeps its raw bytes. */
import { createHash } from 'node:crypto'
import { equal, toHex } from '../bytes.ts'
import type { DecodeError } from '../errors.ts'
import { type DerCursor, type DerNode, readDer, TAG } from './der.ts'
import {
  decodeExtensionList,
  type Extension,
  type KnownExtension,
  type KnownExtensions,
} from './extension.ts'
import { LazyExtensions } from './lazy-extensions.ts'
import { decodeName, type Name } from './name.ts'
import type { Note } from './note.ts'
import { decodePublicKey, type PublicKeyInfo } from './public-key.ts'
import { decodeSignatureAlgorithm, type SignatureInfo } from './signature-algorithm.ts'
import { decodeTime } from './time.ts'

export type {
  AccessLocations,
  DistributionPoint,
} from './access-extensions.ts'
export type {
  BasicConstraints,
  CertificatePolicy,
  NameConstraints,
  PolicyConstraints,
  PolicyMapping,
} from './constraint-extensions.ts'
export type { Extension, KnownExtension, KnownExtensions } from './extension.ts'
export type { GeneralName } from './general-name.ts'
export type { AuthorityKeyIdentifier, KeyUsageBit } from './key-extensions.ts'
export type { Name, NameAttribute } from './name.ts'
export type { KeyAlgorithm, PublicKeyInfo } from './public-key.ts'
export type { Sct } from './sct.ts'
export type { HashName, SignatureFamily, SignatureInfo } from './signature-algorithm.ts'

/** The known extensions stand beside the fields; they are decoded when first asked for. */
export interface Certificate extends KnownExtensions {
  readonly der: Uint8Array
  /** TBSCertificate, DER: what the signature covers. */
  readonly tbs: Uint8Array
  readonly version: 1 | 2 | 3
  /** Octets of the INTEGER: a first bit of 1 makes it negative. */
  readonly serial: Uint8Array
  /** The same in lower-case hexadecimal. */
  readonly serialHex: string
  readonly issuer: Name
  readonly subject: Name
  /** Issuer and subject match. */
  readonly selfIssued: boolean
  /** Milliseconds since the epoch, at a whole second; both ends belong to the lifetime. */
  readonly notBefore: number
  readonly notAfter: number
  readonly publicKey: PublicKeyInfo
  /** The algorithm beside the signature. */
  readonly signatureAlgorithm: SignatureInfo
  /** The algorithm inside what is signed is the same, octet for octet. */
  readonly signatureAlgorithmsAgree: boolean
  readonly signature: Uint8Array
  /** All of them, undecoded, in the order sent. */
  readonly extensions: readonly Extension[]
  /** OIDs that stand more than once; the first one counts. */
  readonly duplicateExtensions: readonly string[]
  /** Known extensions whose value cannot be read: they count as absent. */
  readonly malformedExtensions: readonly KnownExtension[]
  /** Departures from DER or from the form RFC 5280 demands, malformed extensions included. */
  readonly faults: readonly DecodeError[]
  /** Lower-case hexadecimal. */
  readonly sha256: string
  readonly spkiSha256: string
  /** Whether the extension is there and critical. */
  isCritical(extension: KnownExtension): boolean
}

const MAX_BYTES = 1 << 20

/**
 * Reads one DER certificate. Throws a DecodeError, and nothing else, where it cannot be read at all.
 *
 * @example
 * ```js
 * import { X509Certificate } from 'node:crypto'
 * import { readFileSync } from 'node:fs'
 * import { parseCertificate } from 'mpcert'
 *
 * const { raw } = new X509Certificate(readFileSync('leaf.pem'))
 * const certificate = parseCertificate(new Uint8Array(raw))
 * console.log(certificate.sha256.length, certificate.notAfter > Date.now()) // 64 true
 * ```
 */
export function parseCertificate(der: Uint8Array): Certificate {
  const outer = readDer(der, 'certificate', TAG.sequence)
  if (der.length > MAX_BYTES) outer.fail(`certificate of ${der.length} bytes`)
  const faults: DecodeError[] = []
  const note: Note = fault => faults.push(fault)
  const fields = outer.children()
  const tbs = fields.next('tbsCertificate', TAG.sequence)
  const algorithm = fields.next('signatureAlgorithm', TAG.sequence)
  const signature = fields.next('signature', TAG.bitString).bitStringOctets()
  fields.end()
  const body = decodeBody(tbs, note)
  return new ParsedCertificate(faults, {
    ...body,
    der,
    tbs: tbs.raw,
    signatureAlgorithm: decodeSignatureAlgorithm(algorithm, note),
    signatureAlgorithmsAgree: equal(body.innerAlgorithm, algorithm.raw),
    signature,
  })
}

type EagerFields = Pick<
  Certificate,
  | 'der'
  | 'tbs'
  | 'version'
  | 'serial'
  | 'issuer'
  | 'subject'
  | 'notBefore'
  | 'notAfter'
  | 'publicKey'
  | 'signatureAlgorithm'
  | 'signatureAlgorithmsAgree'
  | 'signature'
  | 'extensions'
>

type Body = Omit<
  EagerFields,
  'der' | 'tbs' | 'signatureAlgorithm' | 'signatureAlgorithmsAgree' | 'signature'
> & { readonly innerAlgorithm: Uint8Array }

function decodeBody(tbs: DerNode, note: Note): Body {
  const fields = tbs.children()
  const version = decodeVersion(fields.optional('version', 0xa0), note)
  const serial = fields.next('serialNumber', TAG.integer).integer()
  const innerAlgorithm = fields.next('signature', TAG.sequence).raw
  const issuer = decodeName(fields.next('issuer', TAG.sequence), note)
  const validity = fields.next('validity', TAG.sequence).children()
  const notBefore = decodeTime(validity.next('notBefore'), note)
  const notAfter = decodeTime(validity.next('notAfter'), note)
  validity.end()
  const subjectNode = fields.next('subject', TAG.sequence)
  const subject = equal(subjectNode.raw, issuer.raw) ? issuer : decodeName(subjectNode, note)
  const publicKey = decodePublicKey(fields.next('subjectPublicKeyInfo', TAG.sequence), note)
  skipUniqueIdentifiers(fields, version, note)
  const extensionsNode = fields.optional('extensions', 0xa3)
  fields.end()
  if (extensionsNode && version !== 3)
    note(extensionsNode.error(`extensions in a version ${version} certificate`))
  const extensions = extensionsNode
    ? decodeExtensionList(extensionsNode.inner('list', TAG.sequence), note)
    : []
  return {
    version,
    serial,
    innerAlgorithm,
    issuer,
    notBefore,
    notAfter,
    subject,
    publicKey,
    extensions,
  }
}

function decodeVersion(node: DerNode | null, note: Note): 1 | 2 | 3 {
  if (!node) return 1
  const value = node.inner('value', TAG.integer).smallInteger()
  if (value === 0) note(node.error('version 1 is the default: left out in DER'))
  if (value > 2) node.fail(`certificate version ${value + 1}`)
  return value === 0 ? 1 : value === 1 ? 2 : 3
}

/** No CA may write them (RFC 5280 §4.1.2.8). */
function skipUniqueIdentifiers(fields: DerCursor, version: number, note: Note): void {
  for (const [name, tag] of [
    ['issuerUniqueID', 0x81],
    ['subjectUniqueID', 0x82],
  ] as const) {
    const node = fields.optional(name, tag)
    if (node) note(node.error(`unique identifier in a version ${version} certificate`))
  }
}

class ParsedCertificate extends LazyExtensions implements Certificate {
  readonly der: Uint8Array
  readonly tbs: Uint8Array
  readonly version: 1 | 2 | 3
  readonly serial: Uint8Array
  readonly issuer: Name
  readonly subject: Name
  readonly notBefore: number
  readonly notAfter: number
  readonly publicKey: PublicKeyInfo
  readonly signatureAlgorithm: SignatureInfo
  readonly signatureAlgorithmsAgree: boolean
  readonly signature: Uint8Array
  private memoSha256: string | null = null
  private memoSpkiSha256: string | null = null

  constructor(faults: readonly DecodeError[], fields: EagerFields) {
    super(fields.extensions, faults)
    this.der = fields.der
    this.tbs = fields.tbs
    this.version = fields.version
    this.serial = fields.serial
    this.issuer = fields.issuer
    this.subject = fields.subject
    this.notBefore = fields.notBefore
    this.notAfter = fields.notAfter
    this.publicKey = fields.publicKey
    this.signatureAlgorithm = fields.signatureAlgorithm
    this.signatureAlgorithmsAgree = fields.signatureAlgorithmsAgree
    this.signature = fields.signature
  }

  get serialHex() {
    return toHex(this.serial)
  }

  get selfIssued() {
    return this.issuer === this.subject || this.issuer.key === this.subject.key
  }

  get sha256() {
    this.memoSha256 ??= createHash('sha256').update(this.der).digest('hex')
    return this.memoSha256
  }

  get spkiSha256() {
    this.memoSpkiSha256 ??= createHash('sha256').update(this.publicKey.spki).digest('hex')
    return this.memoSpkiSha256
  }
}
