/** Certificate revocation lists (RFC 5280 §5), decoded. */
import type { DecodeError } from '../errors.ts'
import {
  type DistributionPoint,
  decodeDistributionPointName,
  decodeDistributionPoints,
} from './access-extensions.ts'
import { type DerNode, readDer, TAG } from './der.ts'
import { decodeExtensionList, type Extension } from './extension.ts'
import { decodeName, type Name } from './name.ts'
import type { Note } from './note.ts'
import { EXTENSION_OID } from './oids.ts'
import { decodeSignatureAlgorithm, type SignatureInfo } from './signature-algorithm.ts'
import { decodeTime } from './time.ts'

export interface Crl {
  /** TBSCertList, DER: what the signature covers. */
  readonly tbs: Uint8Array
  readonly issuer: Name
  /** Milliseconds since the epoch. */
  readonly thisUpdate: number
  readonly nextUpdate: number | null
  readonly signatureAlgorithm: SignatureInfo
  readonly signatureAlgorithmsAgree: boolean
  readonly signature: Uint8Array
  /** By serial number, in lower-case hexadecimal as in `Certificate.serialHex`. */
  readonly revoked: ReadonlyMap<string, RevokedEntry>
  readonly number: bigint | null
  /** On a delta CRL: the number of the CRL it goes with. */
  readonly baseNumber: bigint | null
  readonly scope: IssuingDistributionPoint | null
  /** Where its deltas are. */
  readonly freshestCrl: readonly DistributionPoint[]
  /** Critical extensions of the list or of an entry that are not known here: such a list must not be used. */
  readonly unknownCritical: readonly string[]
  /** Departures from DER or from what RFC 5280 §5 demands of a list. */
  readonly faults: readonly DecodeError[]
}

export interface RevokedEntry {
  readonly revokedAt: number
  /** CRLReason by number; null where none is given. */
  readonly reason: number | null
}

/** What the list is about (RFC 5280 §5.2.5). */
export interface IssuingDistributionPoint
  extends Pick<DistributionPoint, 'fullName' | 'relativeName'> {
  /** DER, to compare a delta with its base. */
  readonly raw: Uint8Array
  readonly onlyUserCertificates: boolean
  readonly onlyCaCertificates: boolean
  readonly onlyAttributeCertificates: boolean
  readonly onlySomeReasons: boolean
  readonly indirect: boolean
}

const MAX_BYTES = 16 << 20

/** Throws a DecodeError. */
export function parseCrl(der: Uint8Array): Crl {
  const outer = readDer(der, 'crl', TAG.sequence)
  if (der.length > MAX_BYTES) outer.fail(`CRL of ${der.length} bytes`)
  const faults: DecodeError[] = []
  const note: Note = fault => faults.push(fault)
  const fields = outer.children()
  const tbs = fields.next('tbsCertList', TAG.sequence)
  const algorithm = fields.next('signatureAlgorithm', TAG.sequence)
  const signature = fields.next('signature', TAG.bitString).bitStringOctets()
  fields.end()
  const { innerAlgorithm, ...body } = decodeBody(tbs, note)
  return {
    ...body,
    tbs: tbs.raw,
    signatureAlgorithm: decodeSignatureAlgorithm(algorithm, note),
    signatureAlgorithmsAgree: Buffer.compare(innerAlgorithm, algorithm.raw) === 0,
    signature,
    faults,
  }
}

function decodeBody(tbs: DerNode, note: Note) {
  const fields = tbs.children()
  const version = fields.optional('version', TAG.integer)
  if (!version) note(tbs.error('CRL of version 1'))
  else if (version.smallInteger() !== 1) version.fail('CRL version is not 2')
  const innerAlgorithm = fields.next('signature', TAG.sequence).raw
  const issuer = decodeName(fields.next('issuer', TAG.sequence), note)
  const thisUpdate = decodeTime(fields.next('thisUpdate'), note)
  const nextUpdate =
    fields.optional('nextUpdate', TAG.utcTime) ?? fields.optional('nextUpdate', TAG.generalizedTime)
  const entries = fields.optional('revokedCertificates', TAG.sequence)
  const extensions = fields.optional('crlExtensions', 0xa0)
  fields.end()
  const { revoked, unknownCritical } = decodeEntries(entries, note)
  const list = extensions ? decodeExtensionList(extensions.inner('list', TAG.sequence), note) : []
  noteDepartures(tbs, list, note)
  return {
    innerAlgorithm,
    issuer,
    thisUpdate,
    nextUpdate: nextUpdate ? decodeTime(nextUpdate, note) : null,
    revoked,
    unknownCritical: [...unknownCritical, ...unknownOf(list, LIST_EXTENSIONS)],
    number: decodeNumber(list, 'crlNumber'),
    baseNumber: decodeNumber(list, 'deltaCrlIndicator'),
    scope: decodeScope(list, note),
    freshestCrl: decodeFreshest(list, note),
  }
}

function decodeEntries(entries: DerNode | null, note: Note) {
  const revoked = new Map<string, RevokedEntry>()
  const unknownCritical = new Set<string>()
  for (const item of entries?.children().rest(TAG.sequence) ?? []) {
    const fields = item.children()
    const serial = Buffer.from(fields.next('userCertificate', TAG.integer).integer())
    const revokedAt = decodeTime(fields.next('revocationDate'), note)
    const extensions = fields.optional('crlEntryExtensions', TAG.sequence)
    fields.end()
    const list = extensions ? decodeExtensionList(extensions, note) : []
    for (const oid of unknownOf(list, ENTRY_EXTENSIONS)) unknownCritical.add(oid)
    revoked.set(serial.toString('hex'), { revokedAt, reason: decodeReason(list) })
  }
  return { revoked, unknownCritical }
}

/** `certificateIssuer` is not among them: it belongs to indirect CRLs, which are not used here. */
const ENTRY_EXTENSIONS: readonly string[] = [EXTENSION_OID.reasonCode, EXTENSION_OID.invalidityDate]

const LIST_EXTENSIONS: readonly string[] = [
  EXTENSION_OID.authorityKeyIdentifier,
  EXTENSION_OID.issuerAltName,
  EXTENSION_OID.crlNumber,
  EXTENSION_OID.deltaCrlIndicator,
  EXTENSION_OID.issuingDistributionPoint,
  EXTENSION_OID.freshestCrl,
  EXTENSION_OID.authorityInfoAccess,
]

function unknownOf(extensions: readonly Extension[], known: readonly string[]): string[] {
  return extensions.flatMap(({ oid, critical }) => (critical && !known.includes(oid) ? [oid] : []))
}

function find(extensions: readonly Extension[], key: keyof typeof EXTENSION_OID): DerNode | null {
  const extension = extensions.find(({ oid }) => oid === EXTENSION_OID[key])
  return extension
    ? readDer(extension.value, `crl.extensions.${key}`, undefined, extension.offset)
    : null
}

/** RFC 5280 §5.2.1, 3, 4 and 5. */
function noteDepartures(tbs: DerNode, list: readonly Extension[], note: Note): void {
  const critical = (key: keyof typeof EXTENSION_OID) =>
    list.find(({ oid }) => oid === EXTENSION_OID[key])?.critical
  if (critical('authorityKeyIdentifier') === undefined)
    note(tbs.error('CRL without an authority key identifier'))
  if (critical('crlNumber') === undefined) note(tbs.error('CRL without a number'))
  if (critical('crlNumber')) note(tbs.error('CRL number is critical'))
  for (const key of ['deltaCrlIndicator', 'issuingDistributionPoint'] as const)
    if (critical(key) === false) note(tbs.error(`${key} is not critical`))
}

function decodeNumber(
  extensions: readonly Extension[],
  key: 'crlNumber' | 'deltaCrlIndicator',
): bigint | null {
  const node = find(extensions, key)
  if (!node) return null
  if (node.tag !== TAG.integer) node.fail('INTEGER expected')
  const octets = node.integer()
  if ((octets[0] ?? 0) >= 0x80) node.fail('INTEGER is negative')
  if (octets.length > 21) node.fail('INTEGER is too large')
  return BigInt(`0x${Buffer.from(octets).toString('hex')}`)
}

function decodeReason(extensions: readonly Extension[]): number | null {
  const node = find(extensions, 'reasonCode')
  if (!node) return null
  if (node.tag !== TAG.enumerated || node.length !== 1)
    node.fail('ENUMERATED of one octet expected')
  return node.content[0] ?? null
}

function decodeFreshest(
  extensions: readonly Extension[],
  note: Note,
): readonly DistributionPoint[] {
  const node = find(extensions, 'freshestCrl')
  return node ? decodeDistributionPoints(node, note) : []
}

function decodeScope(
  extensions: readonly Extension[],
  note: Note,
): IssuingDistributionPoint | null {
  const node = find(extensions, 'issuingDistributionPoint')
  if (!node) return null
  if (node.tag !== TAG.sequence) node.fail('SEQUENCE expected')
  const fields = node.children()
  const name = fields.optional('distributionPoint', 0xa0)
  const user = fields.optional('onlyContainsUserCerts', 0x81)
  const ca = fields.optional('onlyContainsCACerts', 0x82)
  const reasons = fields.optional('onlySomeReasons', 0x83)
  const indirect = fields.optional('indirectCRL', 0x84)
  const attribute = fields.optional('onlyContainsAttributeCerts', 0x85)
  fields.end()
  return {
    ...decodeDistributionPointName(name, note),
    raw: node.raw,
    onlyUserCertificates: user?.boolean() ?? false,
    onlyCaCertificates: ca?.boolean() ?? false,
    onlyAttributeCertificates: attribute?.boolean() ?? false,
    onlySomeReasons: reasons !== null,
    indirect: indirect?.boolean() ?? false,
  }
}
