/** Certificate policies along a path (RFC 5280 §6.1, with the policy graph of RFC 9618). */
import type { Certificate } from '../x509/certificate.ts'
import { ANY_POLICY_OID } from '../x509/oids.ts'
import type { Budget } from './limits.ts'
import { type Flaw, flaw, type Problem } from './path-error.ts'

/**
 * The problem with the policies of a path from leaf to anchor, or null. Any policy will do; one is demanded only
 * where a certificate of the path says so.
 */
export function policyProblem(path: readonly Certificate[], budget: Budget): Problem | null {
  // Without such a demand no outcome of the policies refuses a path.
  const demanded = path.some(
    ({ policyConstraints, policyMappings }) =>
      policyMappings !== null || typeof policyConstraints?.requireExplicitPolicy === 'number',
  )
  return demanded ? walk(path, budget) : null
}

/** Policies valid at one depth, each with those that may stand for it one certificate below. */
type Level = ReadonlyMap<string, ReadonlySet<string>>

/** Certificates that may still pass before a demand takes hold. */
interface Countdowns {
  explicitPolicy: number
  policyMapping: number
  anyPolicy: number
}

function walk(path: readonly Certificate[], budget: Budget): Problem | null {
  const never = path.length + 1
  const left: Countdowns = { explicitPolicy: never, policyMapping: never, anyPolicy: never }
  let level: Level = new Map([[ANY_POLICY_OID, new Set([ANY_POLICY_OID])]])
  for (let depth = path.length - 2; depth >= 0; depth--) {
    const certificate = path[depth]
    if (!certificate) break
    const problem = (found: Flaw): Problem => ({ ...found, depth, certificate })
    const isLeaf = depth === 0
    const anyCounts = left.anyPolicy > 0 || (!isLeaf && certificate.selfIssued)
    level = nextLevel(level, certificate, anyCounts, budget)
    if (level.size === 0 && left.explicitPolicy === 0) return problem(flaw('policy-missing'))
    if (isLeaf) {
      const { requireExplicitPolicy } = certificate.policyConstraints ?? {}
      const demanded = left.explicitPolicy <= 1 || requireExplicitPolicy === 0
      return demanded && level.size === 0 ? problem(flaw('policy-missing')) : null
    }
    const mappings = certificate.policyMappings ?? []
    budget.spend('buildCalls', mappings.length)
    if (mappings.some(pair => pair.issuer === ANY_POLICY_OID || pair.subject === ANY_POLICY_OID))
      return problem(flaw('policy-mapping-any'))
    level = mapLevel(level, mappings, left.policyMapping > 0)
    countDown(left, certificate)
  }
  return null
}

/** RFC 5280 §6.1.3 d and e. */
function nextLevel(
  level: Level,
  certificate: Certificate,
  anyCounts: boolean,
  budget: Budget,
): Level {
  const next = new Map<string, Set<string>>()
  const asserted = new Set(certificate.certificatePolicies?.map(({ oid }) => oid))
  const expected = new Set<string>()
  for (const policies of level.values()) for (const policy of policies) expected.add(policy)
  // Certificates may hold tens of thousands of them, and many paths may end here.
  budget.spend('buildCalls', asserted.size + expected.size)
  for (const policy of asserted) {
    if (policy === ANY_POLICY_OID) continue
    if (expected.has(policy) || level.has(ANY_POLICY_OID)) next.set(policy, new Set([policy]))
  }
  if (asserted.has(ANY_POLICY_OID) && anyCounts)
    for (const policy of expected) if (!next.has(policy)) next.set(policy, new Set([policy]))
  return next
}

/** RFC 5280 §6.1.4 b. */
function mapLevel(
  level: Level,
  mappings: readonly { readonly issuer: string; readonly subject: string }[],
  allowed: boolean,
): Level {
  if (mappings.length === 0) return level
  const mapped = new Map<string, Set<string>>()
  for (const [policy, expected] of level) mapped.set(policy, new Set(expected))
  const targets = new Map<string, Set<string>>()
  for (const { issuer, subject } of mappings)
    targets.set(issuer, (targets.get(issuer) ?? new Set<string>()).add(subject))
  for (const [issuer, subjects] of targets) {
    const known = mapped.has(issuer) || mapped.has(ANY_POLICY_OID)
    if (allowed && known) mapped.set(issuer, subjects)
    else mapped.delete(issuer)
  }
  return mapped
}

/** RFC 5280 §6.1.4 h, i and j. */
function countDown(left: Countdowns, certificate: Certificate): void {
  if (!certificate.selfIssued) {
    left.explicitPolicy = Math.max(0, left.explicitPolicy - 1)
    left.policyMapping = Math.max(0, left.policyMapping - 1)
    left.anyPolicy = Math.max(0, left.anyPolicy - 1)
  }
  const { requireExplicitPolicy, inhibitPolicyMapping } = certificate.policyConstraints ?? {}
  left.explicitPolicy = Math.min(left.explicitPolicy, requireExplicitPolicy ?? left.explicitPolicy)
  left.policyMapping = Math.min(left.policyMapping, inhibitPolicyMapping ?? left.policyMapping)
  left.anyPolicy = Math.min(left.anyPolicy, certificate.inhibitAnyPolicy ?? left.anyPolicy)
}
