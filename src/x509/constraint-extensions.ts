/** Extensions by which a CA certificate limits what stands below it (RFC 5280 §4.2.1.4–5, 9–11, 14). */
import { type DerNode, TAG } from './der.ts'
import { decodeGeneralName, type GeneralName } from './general-name.ts'
import type { Note } from './note.ts'

export interface BasicConstraints {
  readonly ca: boolean
  /** Intermediates that may follow below this one, self-issued ones not counted. */
  readonly pathLength: number | null
}

export interface NameConstraints {
  /** Null where the field is absent: nothing is demanded. */
  readonly permitted: readonly GeneralName[] | null
  readonly excluded: readonly GeneralName[] | null
}

export interface CertificatePolicy {
  readonly oid: string
  /** URIs of certification practice statements. */
  readonly statements: readonly string[]
}

export interface PolicyMapping {
  readonly issuer: string
  readonly subject: string
}

/** Numbers of certificates that may follow before the demand takes hold. */
export interface PolicyConstraints {
  readonly requireExplicitPolicy: number | null
  readonly inhibitPolicyMapping: number | null
}

const PRACTICE_STATEMENT_OID = '1.3.6.1.5.5.7.2.1'

export function decodeBasicConstraints(node: DerNode, note: Note): BasicConstraints {
  const fields = sequenceOf(node)
  const ca = fields.optional('cA', TAG.boolean)
  const pathLength = fields.optional('pathLenConstraint', TAG.integer)
  fields.end()
  if (ca && !ca.boolean()) note(ca.error('FALSE is the default: left out in DER'))
  if (pathLength && !ca?.boolean()) note(pathLength.error('pathLenConstraint without cA'))
  return { ca: ca?.boolean() ?? false, pathLength: pathLength?.smallInteger() ?? null }
}

export function decodeNameConstraints(node: DerNode, note: Note): NameConstraints {
  const fields = sequenceOf(node)
  const permitted = fields.optional('permittedSubtrees', 0xa0)
  const excluded = fields.optional('excludedSubtrees', 0xa1)
  fields.end()
  if (!permitted && !excluded) note(node.error('neither permitted nor excluded subtrees'))
  return {
    permitted: permitted ? decodeSubtrees(permitted, note) : null,
    excluded: excluded ? decodeSubtrees(excluded, note) : null,
  }
}

export function decodePolicies(node: DerNode, note: Note): CertificatePolicy[] {
  const policies: CertificatePolicy[] = []
  const seen = new Set<string>()
  for (const item of sequenceOf(node).rest(TAG.sequence)) {
    const fields = item.children()
    const oid = fields.next('policyIdentifier', TAG.oid).oid()
    const qualifiers = fields.optional('policyQualifiers', TAG.sequence)
    fields.end()
    if (seen.has(oid)) note(item.error(`policy ${oid} stands twice`))
    seen.add(oid)
    policies.push({ oid, statements: qualifiers ? decodeStatements(qualifiers) : [] })
  }
  if (policies.length === 0) note(node.error('no policy'))
  return policies
}

export function decodePolicyMappings(node: DerNode, note: Note): PolicyMapping[] {
  const mappings: PolicyMapping[] = []
  for (const item of sequenceOf(node).rest(TAG.sequence)) {
    const fields = item.children()
    const issuer = fields.next('issuerDomainPolicy', TAG.oid).oid()
    const subject = fields.next('subjectDomainPolicy', TAG.oid).oid()
    fields.end()
    mappings.push({ issuer, subject })
  }
  if (mappings.length === 0) note(node.error('no policy mapping'))
  return mappings
}

export function decodePolicyConstraints(node: DerNode, note: Note): PolicyConstraints {
  const fields = sequenceOf(node)
  const require = fields.optional('requireExplicitPolicy', 0x80)
  const inhibit = fields.optional('inhibitPolicyMapping', 0x81)
  fields.end()
  if (!require && !inhibit) note(node.error('policy constraints are empty'))
  return {
    requireExplicitPolicy: require?.smallInteger() ?? null,
    inhibitPolicyMapping: inhibit?.smallInteger() ?? null,
  }
}

export function decodeInhibitAnyPolicy(node: DerNode): number {
  if (node.tag !== TAG.integer) node.fail('INTEGER expected')
  return node.smallInteger()
}

/** GeneralSubtrees: RFC 5280 allows no other minimum than 0 and no maximum. */
function decodeSubtrees(node: DerNode, note: Note): GeneralName[] {
  const bases: GeneralName[] = []
  for (const item of node.children().rest(TAG.sequence)) {
    const fields = item.children()
    bases.push(decodeGeneralName(fields.next('base'), note))
    const minimum = fields.optional('minimum', 0x80)
    if (minimum && minimum.smallInteger() !== 0) minimum.fail('minimum is not 0')
    if (minimum) note(minimum.error('minimum 0 is the default: left out in DER'))
    const maximum = fields.optional('maximum', 0x81)
    if (maximum) maximum.fail('maximum is present')
    fields.end()
  }
  if (bases.length === 0) note(node.error('no subtree'))
  return bases
}

function decodeStatements(qualifiers: DerNode): string[] {
  const statements: string[] = []
  for (const item of qualifiers.children().rest(TAG.sequence)) {
    const fields = item.children()
    const oid = fields.next('policyQualifierId', TAG.oid).oid()
    const qualifier = fields.done ? null : fields.next('qualifier')
    fields.end()
    if (oid === PRACTICE_STATEMENT_OID && qualifier?.tag === TAG.ia5String)
      statements.push(Buffer.from(qualifier.content).toString('latin1'))
  }
  return statements
}

function sequenceOf(node: DerNode): ReturnType<DerNode['children']> {
  if (node.tag !== TAG.sequence) node.fail('SEQUENCE expected')
  return node.children()
}
