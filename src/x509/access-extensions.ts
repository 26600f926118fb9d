/** Extensions that say where more can be fetched (RFC 5280 §4.2.1.13, 15 and §4.2.2). */
import { type DerNode, TAG } from './der.ts'
import { decodeGeneralName, decodeGeneralNames, type GeneralName } from './general-name.ts'
import type { Note } from './note.ts'
import { ACCESS_METHOD_OID } from './oids.ts'

/** URIs by access method; other methods and other forms of location are left out. */
export interface AccessLocations {
  readonly caIssuers: readonly string[]
  readonly ocsp: readonly string[]
}

export interface DistributionPoint {
  /** Null where the name is absent or relative to the CRL issuer. */
  readonly fullName: readonly GeneralName[] | null
  /** RelativeDistinguishedName, DER content of its tag. */
  readonly relativeName: Uint8Array | null
  /** The reasons it covers are limited. */
  readonly onlySomeReasons: boolean
  readonly crlIssuer: readonly GeneralName[] | null
}

export function decodeAccessLocations(node: DerNode, note: Note): AccessLocations {
  if (node.tag !== TAG.sequence) node.fail('SEQUENCE expected')
  const caIssuers: string[] = []
  const ocsp: string[] = []
  const descriptions = [...node.children().rest(TAG.sequence)]
  for (const description of descriptions) {
    const fields = description.children()
    const method = fields.next('accessMethod', TAG.oid).oid()
    const location = decodeGeneralName(fields.next('accessLocation'), note)
    fields.end()
    if (location.type !== 'uri') continue
    if (method === ACCESS_METHOD_OID.caIssuers) caIssuers.push(location.value)
    if (method === ACCESS_METHOD_OID.ocsp) ocsp.push(location.value)
  }
  if (descriptions.length === 0) note(node.error('no access description'))
  return { caIssuers, ocsp }
}

export function decodeDistributionPoints(node: DerNode, note: Note): DistributionPoint[] {
  if (node.tag !== TAG.sequence) node.fail('SEQUENCE expected')
  const points: DistributionPoint[] = []
  for (const item of node.children().rest(TAG.sequence)) {
    const fields = item.children()
    const name = fields.optional('distributionPoint', 0xa0)
    const reasons = fields.optional('reasons', 0x81)
    const issuer = fields.optional('cRLIssuer', 0xa2)
    fields.end()
    if (!name && !issuer) note(item.error('neither a name nor a CRL issuer'))
    points.push({
      ...decodeDistributionPointName(name, note),
      onlySomeReasons: reasons !== null,
      crlIssuer: issuer ? decodeGeneralNames(issuer, note) : null,
    })
  }
  if (points.length === 0) note(node.error('no distribution point'))
  return points
}

/** `[0] EXPLICIT DistributionPointName`; both parts are null where it is absent. */
export function decodeDistributionPointName(
  node: DerNode | null,
  note: Note,
): Pick<DistributionPoint, 'fullName' | 'relativeName'> {
  if (!node) return { fullName: null, relativeName: null }
  const choice = node.inner('name')
  if (choice.tag === 0xa0) return { fullName: decodeGeneralNames(choice, note), relativeName: null }
  if (choice.tag === 0xa1) return { fullName: null, relativeName: choice.content }
  return choice.fail('no DistributionPointName')
}
