/** Extensions (RFC 5280 §4.2): the raw list, and the table of those this code can read. */
import {
  type AccessLocations,
  type DistributionPoint,
  decodeAccessLocations,
  decodeDistributionPoints,
} from './access-extensions.ts'
import {
  type BasicConstraints,
  type CertificatePolicy,
  decodeBasicConstraints,
  decodeInhibitAnyPolicy,
  decodeNameConstraints,
  decodePolicies,
  decodePolicyConstraints,
  decodePolicyMappings,
  type NameConstraints,
  type PolicyConstraints,
  type PolicyMapping,
} from './constraint-extensions.ts'
import { type DerNode, readDer, TAG } from './der.ts'
import { decodeGeneralNames, type GeneralName } from './general-name.ts'
import {
  type AuthorityKeyIdentifier,
  decodeAuthorityKeyIdentifier,
  decodeExtendedKeyUsage,
  decodeKeyUsage,
  decodePoison,
  decodeSubjectKeyIdentifier,
  decodeTlsFeature,
  type KeyUsageBit,
} from './key-extensions.ts'
import type { Note } from './note.ts'
import { EXTENSION_OID } from './oids.ts'
import { decodeSctExtension, type Sct } from './sct.ts'

export interface Extension {
  readonly oid: string
  readonly critical: boolean
  /** The content of extnValue, DER by its own rules. */
  readonly value: Uint8Array
  /** Where `value` stands in the certificate. */
  readonly offset: number
}

/** What the standard extensions say; each is null where it is absent or cannot be decoded. */
export interface KnownExtensions {
  readonly subjectKeyIdentifier: Uint8Array | null
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | null
  readonly keyUsage: readonly KeyUsageBit[] | null
  /** Key purposes by OID. */
  readonly extendedKeyUsage: readonly string[] | null
  readonly basicConstraints: BasicConstraints | null
  readonly nameConstraints: NameConstraints | null
  readonly subjectAltName: readonly GeneralName[] | null
  readonly issuerAltName: readonly GeneralName[] | null
  readonly certificatePolicies: readonly CertificatePolicy[] | null
  readonly policyMappings: readonly PolicyMapping[] | null
  readonly policyConstraints: PolicyConstraints | null
  /** Certificates after this one in which anyPolicy still counts. */
  readonly inhibitAnyPolicy: number | null
  readonly authorityInfoAccess: AccessLocations | null
  readonly subjectInfoAccess: AccessLocations | null
  readonly crlDistributionPoints: readonly DistributionPoint[] | null
  readonly freshestCrl: readonly DistributionPoint[] | null
  /** TLS extension types the server promises; 5 is status_request, "must staple" (RFC 7633). */
  readonly tlsFeature: readonly number[] | null
  readonly signedCertificateTimestamps: readonly Sct[] | null
  /** `true` on a precertificate (RFC 6962 §3.1). */
  readonly precertificatePoison: true | null
}

export type KnownExtension = keyof KnownExtensions

type Decoders = {
  readonly [Key in KnownExtension]: (
    node: DerNode,
    note: Note,
  ) => Exclude<KnownExtensions[Key], null>
}

const DECODERS: Decoders = {
  subjectKeyIdentifier: decodeSubjectKeyIdentifier,
  authorityKeyIdentifier: decodeAuthorityKeyIdentifier,
  keyUsage: decodeKeyUsage,
  extendedKeyUsage: decodeExtendedKeyUsage,
  basicConstraints: decodeBasicConstraints,
  nameConstraints: decodeNameConstraints,
  subjectAltName: decodeAltName,
  issuerAltName: decodeAltName,
  certificatePolicies: decodePolicies,
  policyMappings: decodePolicyMappings,
  policyConstraints: decodePolicyConstraints,
  inhibitAnyPolicy: decodeInhibitAnyPolicy,
  authorityInfoAccess: decodeAccessLocations,
  subjectInfoAccess: decodeAccessLocations,
  crlDistributionPoints: decodeDistributionPoints,
  freshestCrl: decodeDistributionPoints,
  tlsFeature: decodeTlsFeature,
  signedCertificateTimestamps: decodeSctExtension,
  precertificatePoison: decodePoison,
}

export const KNOWN_EXTENSIONS = Object.keys(DECODERS) as readonly KnownExtension[]

/** SEQUENCE OF Extension, in the order sent, duplicates and all. */
export function decodeExtensionList(node: DerNode, note: Note): Extension[] {
  const extensions: Extension[] = []
  for (const item of node.children().rest(TAG.sequence)) {
    const fields = item.children()
    const oid = fields.next('extnID', TAG.oid).oid()
    const critical = fields.optional('critical', TAG.boolean)
    if (critical && !critical.boolean())
      note(critical.error('FALSE is the default: left out in DER'))
    const value = fields.next('extnValue', TAG.octetString)
    fields.end()
    extensions.push({
      oid,
      critical: critical?.boolean() ?? false,
      value: value.content,
      offset: value.contentOffset,
    })
  }
  if (extensions.length === 0) note(node.error('no extension in Extensions'))
  return extensions
}

/** The value of a known extension. Throws a DecodeError where it cannot be read. */
export function decodeExtension<Key extends KnownExtension>(
  key: Key,
  extension: Extension,
  note: Note,
): Exclude<KnownExtensions[Key], null> {
  return DECODERS[key](
    readDer(extension.value, `extensions.${key}`, undefined, extension.offset),
    note,
  )
}

export function oidOf(key: KnownExtension): string {
  return EXTENSION_OID[key]
}

function decodeAltName(node: DerNode, note: Note): GeneralName[] {
  if (node.tag !== TAG.sequence) node.fail('SEQUENCE expected')
  return decodeGeneralNames(node, note)
}
