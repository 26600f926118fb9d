/** Makes certificates for demo, fixtures and tests. What it makes by default a strict client accepts. */
import { createHash, randomBytes } from 'node:crypto'
import { equal } from '../bytes.ts'
import {
  bitString,
  explicit,
  integer,
  oid,
  printableString,
  sequence,
  setOf,
  time,
  utf8String,
} from './der-writer.ts'
import { type KnownExtension, oidOf } from './extension.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  encodeExtensions,
  extendedKeyUsage,
  keyIdentifier,
  keyUsage,
  type NewExtension,
  type NewGeneralName,
  signedCertificateTimestamps,
  subjectAltNames,
  subjectKeyIdentifier,
} from './extension-builders.ts'
import { ATTRIBUTE_NAME } from './oids.ts'
import { encodeSctList, type Sct, sctSigningInput } from './sct.ts'
import { type SigningKey, type SigningOptions, signWith } from './signing-key.ts'

/** A commonName; or attributes by short name or OID, in the order of the encoding; or DER. */
export type NewName = string | Readonly<Record<string, string>> | Uint8Array

/** Who signs: any certificate made here is one. */
export interface Issuer {
  /** Name, DER. */
  readonly subject: Uint8Array
  readonly key: SigningKey
}

export interface Issued extends Issuer {
  readonly der: Uint8Array
}

/** A certificate down to the last field: nothing is added to the extensions given. */
export interface CertificateSpec extends SigningOptions {
  readonly subject: NewName
  readonly key: SigningKey
  /** Left out, the certificate is self-signed. */
  readonly issuer?: Issuer | undefined
  readonly notBefore: number
  readonly notAfter: number
  /** Octets of a positive number; 16 random ones where left out. */
  readonly serial?: number | Uint8Array | undefined
  readonly version?: 1 | 2 | 3 | undefined
  readonly extensions?: readonly NewExtension[] | undefined
  /** Logs that vouch for the precertificate; their timestamps are embedded. */
  readonly scts?: readonly SctRequest[] | undefined
  /** AlgorithmIdentifier inside what is signed, where it shall differ from the one beside the signature. */
  readonly innerAlgorithm?: Uint8Array | undefined
  /** One bit of the signature is flipped. */
  readonly corrupted?: boolean | undefined
}

export interface SctRequest {
  readonly log: SigningKey
  readonly timestampMs: number
}

/** What both kinds below share: extensions of the same OID replace the usual ones, `without` leaves some out. */
interface UsualSpec extends Omit<CertificateSpec, 'subject'> {
  readonly without?: readonly KnownExtension[] | undefined
}

export interface LeafSpec extends UsualSpec {
  /** DNS names and addresses. */
  readonly names: readonly NewGeneralName[]
  /** The first name, as commonName, where left out. */
  readonly subject?: NewName | undefined
}

export interface CaSpec extends UsualSpec {
  readonly subject: NewName
  readonly pathLength?: number | undefined
}

/** A certificate for a TLS server. */
export function issueLeaf(spec: LeafSpec): Issued {
  const { names, without = [], extensions = [], ...rest } = spec
  const subject = encodeName(spec.subject ?? names.find(name => typeof name === 'string') ?? {})
  const usual = [
    basicConstraints(false),
    keyUsage('digitalSignature', ...(isRsa(spec.key) ? (['keyEncipherment'] as const) : [])),
    extendedKeyUsage('serverAuth'),
    // Critical where there is no other name (RFC 5280 §4.2.1.6).
    { ...subjectAltNames(...names), critical: equal(subject, encodeName({})) },
  ]
  return issueCertificate({
    ...rest,
    subject,
    extensions: withKeyIdentifiers(spec, usual, without, extensions),
  })
}

/** A certificate of a CA: a root where `issuer` is left out. */
export function issueCa(spec: CaSpec): Issued {
  const { pathLength = null, without = [], extensions = [], ...rest } = spec
  const usual = [basicConstraints(true, pathLength), keyUsage('keyCertSign', 'cRLSign')]
  return issueCertificate({
    ...rest,
    extensions: withKeyIdentifiers(spec, usual, without, extensions),
  })
}

export function issueCertificate(spec: CertificateSpec): Issued {
  const subject = encodeName(spec.subject)
  const issuer = spec.issuer ?? { subject, key: spec.key }
  const serial = spec.serial ?? randomSerial()
  const extensions = [...(spec.extensions ?? [])]
  const innerAlgorithm =
    spec.innerAlgorithm ?? signWith(issuer.key, new Uint8Array(), spec).algorithm
  const encodeTbs = () =>
    sequence(
      ...(spec.version === 1 ? [] : [explicit(0, integer((spec.version ?? 3) - 1))]),
      integer(serial),
      innerAlgorithm,
      issuer.subject,
      sequence(time(spec.notBefore), time(spec.notAfter)),
      subject,
      spec.key.spki,
      ...(extensions.length > 0 ? [explicit(3, encodeExtensions(extensions))] : []),
    )
  if (spec.scts) {
    const tbs = encodeTbs()
    const scts = spec.scts.map(request => requestSct(request, issuer.key, tbs))
    extensions.push(signedCertificateTimestamps(encodeSctList(scts)))
  }
  const tbs = encodeTbs()
  const { algorithm, signature } = signWith(issuer.key, tbs, spec)
  if (spec.corrupted) signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1
  const der = sequence(tbs, algorithm, bitString(signature))
  return { der, subject, key: spec.key }
}

/** Name, DER. */
export function encodeName(name: NewName): Uint8Array {
  if (name instanceof Uint8Array) return name
  const attributes = typeof name === 'string' ? { CN: name } : name
  return sequence(
    ...Object.entries(attributes).map(([type, value]) => {
      const encode = PRINTABLE.has(type) ? printableString : utf8String
      return setOf(sequence(oid(ATTRIBUTE_OID[type] ?? type), encode(value)))
    }),
  )
}

const ATTRIBUTE_OID: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(ATTRIBUTE_NAME).map(([dotted, short]) => [short, dotted]),
)

/** Attribute types that X.520 gives no other string type. */
const PRINTABLE: ReadonlySet<string> = new Set(['C', 'serialNumber', 'jurisdictionC'])

function withKeyIdentifiers(
  { key, issuer }: CertificateSpec | UsualSpec,
  usual: readonly NewExtension[],
  without: readonly KnownExtension[],
  extensions: readonly NewExtension[],
): NewExtension[] {
  const identifiers = [
    subjectKeyIdentifier(keyIdentifier(key.keyBits)),
    authorityKeyIdentifier(keyIdentifier((issuer?.key ?? key).keyBits)),
  ]
  const replaced = new Set([...without.map(oidOf), ...extensions.map(extension => extension.oid)])
  return [...usual, ...identifiers].filter(({ oid }) => !replaced.has(oid)).concat(extensions)
}

/** What a log answers that takes the precertificate. */
function requestSct({ log, timestampMs }: SctRequest, issuerKey: SigningKey, tbs: Uint8Array): Sct {
  const issuerKeyHash = createHash('sha256').update(issuerKey.spki).digest()
  const promise = { timestampMs, extensions: new Uint8Array() }
  const input = sctSigningInput(promise, { type: 'precert', issuerKeyHash, tbs })
  return {
    ...promise,
    version: 0,
    logId: new Uint8Array(createHash('sha256').update(log.spki).digest()),
    hashAlgorithm: 4,
    signatureAlgorithm: isRsa(log) ? 1 : 3,
    signature: signWith(log, input, { hash: 'SHA-256' }).signature,
  }
}

/** 16 octets whose first bits make the number positive and keep its length. */
function randomSerial(): Uint8Array {
  const octets = new Uint8Array(randomBytes(16))
  octets[0] = ((octets[0] ?? 0) & 0x3f) | 0x40
  return octets
}

function isRsa(key: SigningKey): boolean {
  return key.privateKey.asymmetricKeyType === 'rsa'
}
