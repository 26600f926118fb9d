/** Whether the CRLs at hand revoke a certificate of a path (RFC 5280 §6.3). */
import { equal } from '../bytes.ts'
import type { Certificate, GeneralName } from '../x509/certificate.ts'
import type { Crl, RevokedEntry } from '../x509/crl.ts'
import { encodeGeneralName } from '../x509/extension-builders.ts'
import { verifySignature } from '../x509/verify-signature.ts'
import type { Budget } from './limits.ts'
import { type Flaw, flaw, type Problem } from './path-error.ts'

/** The first certificate below the anchor that is revoked, or of which no CRL tells that it is not. */
export function revocationProblem(
  path: readonly Certificate[],
  crls: readonly Crl[],
  at: number,
  budget: Budget,
): Problem | null {
  for (const [depth, certificate] of path.slice(0, -1).entries()) {
    const issuer = path[depth + 1]
    if (!issuer) break
    const found = statusFlaw(certificate, issuer, { crls, at, budget })
    if (found) return { ...found, depth, certificate }
  }
  return null
}

interface Context {
  readonly crls: readonly Crl[]
  readonly at: number
  readonly budget: Budget
}

function statusFlaw(certificate: Certificate, issuer: Certificate, context: Context): Flaw | null {
  const own = context.crls.filter(({ issuer: name }) => name.key === certificate.issuer.key)
  if (own.length === 0) return flaw('crl-missing')
  const usable: Crl[] = []
  let detail = 'no complete list'
  for (const crl of own) {
    const fault = crlFault(crl, certificate, issuer, context)
    if (fault === null) usable.push(crl)
    else detail = fault
  }
  const complete = usable.filter(crl => crl.baseNumber === null)
  if (complete.length === 0) return flaw('crl-unusable', { detail })
  for (const crl of complete) {
    const entry = withDeltas(crl, usable).get(certificate.serialHex)
    if (entry) return revokedFlaw(entry)
  }
  return null
}

/** Why the list says nothing of this certificate, or null. */
function crlFault(
  crl: Crl,
  certificate: Certificate,
  issuer: Certificate,
  { at, budget }: Context,
): string | null {
  const second = Math.floor(at / 1000) * 1000
  const [fault] = crl.faults
  if (fault) return fault.reason
  if (crl.thisUpdate > second) return 'not yet issued'
  if (crl.nextUpdate === null) return 'without a next update'
  if (crl.nextUpdate < second) return 'out of date'
  if (crl.unknownCritical.length > 0) return `critical extension ${crl.unknownCritical[0]}`
  if (!crl.signatureAlgorithmsAgree) return 'names two different signature algorithms'
  const outside = scopeFault(crl, certificate)
  if (outside) return outside
  if (issuer.keyUsage && !issuer.keyUsage.includes('cRLSign')) return 'its issuer may not sign CRLs'
  budget.spend('signatures')
  const { signatureAlgorithm, tbs, signature } = crl
  const verdict = verifySignature(signatureAlgorithm, issuer.publicKey, tbs, signature)
  return verdict === 'good' ? null : 'its signature does not verify'
}

/** Indirect lists and those for some reasons alone are not used: what they leave open stays open. */
function scopeFault({ scope }: Crl, certificate: Certificate): string | null {
  if (!scope) return null
  const ca = certificate.basicConstraints?.ca ?? false
  if (scope.indirect) return 'indirect'
  if (scope.onlySomeReasons) return 'for some reasons alone'
  if (scope.onlyAttributeCertificates) return 'for attribute certificates'
  if (scope.onlyUserCertificates && ca) return 'for end entities alone'
  if (scope.onlyCaCertificates && !ca) return 'for CAs alone'
  if (scope.relativeName) return 'of a point named relative to its issuer'
  if (!scope.fullName) return null
  const wanted = (certificate.crlDistributionPoints ?? []).flatMap(point => point.fullName ?? [])
  return sharesName(scope.fullName, wanted) ? null : 'of another distribution point'
}

function sharesName(a: readonly GeneralName[], b: readonly GeneralName[]): boolean {
  const encoded = a.map(encodeGeneralName)
  return b.map(encodeGeneralName).some(name => encoded.some(other => equal(name, other)))
}

/** RFC 5280 §5.2.4: a delta continues every complete list from its base number on, of the same scope. */
function withDeltas(crl: Crl, usable: readonly Crl[]): ReadonlyMap<string, RevokedEntry> {
  const number = crl.number ?? 0n
  const deltas = usable.filter(
    delta =>
      delta.baseNumber !== null &&
      delta.baseNumber <= number &&
      (delta.number ?? 0n) >= number &&
      sameScope(delta, crl),
  )
  if (deltas.length === 0) return crl.revoked
  const merged = new Map(crl.revoked)
  for (const delta of deltas.toSorted((a, b) => Number((a.number ?? 0n) - (b.number ?? 0n))))
    for (const [serial, entry] of delta.revoked) {
      if (entry.reason === REMOVE_FROM_CRL) merged.delete(serial)
      else merged.set(serial, entry)
    }
  return merged
}

function sameScope(a: Crl, b: Crl): boolean {
  if (!a.scope || !b.scope) return a.scope === b.scope
  return equal(a.scope.raw, b.scope.raw)
}

const REMOVE_FROM_CRL = 8

/** CRLReason (RFC 5280 §5.3.1). */
const REASONS: Readonly<Record<number, string>> = {
  1: 'keyCompromise',
  2: 'cACompromise',
  3: 'affiliationChanged',
  4: 'superseded',
  5: 'cessationOfOperation',
  6: 'certificateHold',
  9: 'privilegeWithdrawn',
  10: 'aACompromise',
}

function revokedFlaw({ revokedAt, reason }: RevokedEntry): Flaw {
  const date = new Date(revokedAt).toISOString().slice(0, 10)
  return flaw('revoked', { date, cause: REASONS[reason ?? 0] ?? 'unspecified' })
}
