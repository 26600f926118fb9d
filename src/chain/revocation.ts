/** Whether the CRLs at hand revoke a certificate of a path (RFC 5280 §6.3). */
import { equal } from '../bytes.ts'
import { formatDay } from '../text.ts'
import type { Certificate, GeneralName } from '../x509/certificate.ts'
import type { Crl, RevokedEntry } from '../x509/crl.ts'
import { encodeGeneralName } from '../x509/extension-builders.ts'
import { verifySignature } from '../x509/verify-signature.ts'
import type { Budget } from './limits.ts'
import { type Flaw, flaw, type Problem } from './path-error.ts'
import { CLOCK_TOLERANCE_MS, revoked, type Status, unknown } from './status.ts'

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
    const found = toFlaw(statusByCrl(certificate, issuer, { crls, at, budget, strict: true }))
    if (found) return { ...found, depth, certificate }
  }
  return null
}

export interface CrlContext {
  readonly crls: readonly Crl[]
  readonly at: number
  readonly budget: Budget
  /** To the letter of RFC 5280: no fault of form and no difference of clocks is overlooked. */
  readonly strict: boolean
}

export function statusByCrl(
  certificate: Certificate,
  issuer: Certificate,
  context: CrlContext,
): Status {
  const own = context.crls.filter(({ issuer: name }) => name.key === certificate.issuer.key)
  if (own.length === 0) return unknown('crl-other')
  const usable: Crl[] = []
  let detail = 'no complete list'
  for (const crl of own) {
    const fault = crlFault(crl, certificate, issuer, context)
    if (fault === null) usable.push(crl)
    else detail = fault
  }
  const complete = usable.filter(crl => crl.baseNumber === null)
  if (complete.length === 0)
    return unknown('crl-unusable', { en: detail, 'zh-CN': CHINESE[detail] ?? detail })
  for (const crl of complete) {
    const entry = withDeltas(crl, usable).get(certificate.serialHex)
    if (entry) return revoked(entry.revokedAt, entry.reason)
  }
  return { state: 'good' }
}

function toFlaw(status: Status): Flaw | null {
  if (status.state === 'good') return null
  if (status.state === 'revoked')
    return flaw('revoked', { date: formatDay(status.revokedAt), cause: status.reason })
  const { code, detail } = status.trouble
  return code === 'crl-other' ? flaw('crl-missing') : flaw('crl-unusable', { detail: detail.en })
}

/** Why the list says nothing of this certificate, or null. */
function crlFault(
  crl: Crl,
  certificate: Certificate,
  issuer: Certificate,
  { at, budget, strict }: CrlContext,
): string | null {
  const second = Math.floor(at / 1000) * 1000
  const tolerance = strict ? 0 : CLOCK_TOLERANCE_MS
  const [fault] = crl.faults
  if (fault && strict) return fault.reason
  if (crl.thisUpdate > second + tolerance) return 'not yet issued'
  if (crl.nextUpdate === null) return 'without a next update'
  if (crl.nextUpdate < second - tolerance) return 'out of date'
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

/** What people meet of the above; what is left is shown as it is. */
const CHINESE: Readonly<Record<string, string>> = {
  'no complete list': '没有完整列表',
  'not yet issued': '尚未签发',
  'without a next update': '未注明下次更新时间',
  'out of date': '已过期',
  'its issuer may not sign CRLs': '颁发者无权签发吊销列表',
  'its signature does not verify': '签名验证失败',
  indirect: '间接列表',
  'for some reasons alone': '仅包含部分吊销原因',
  'for end entities alone': '仅包含终端证书',
  'for CAs alone': '仅包含 CA 证书',
  'of another distribution point': '属于另一个分发点',
}
