/** What a certificate may be used for: extended key usage (RFC 5280 §4.2.1.12). */
import type { Policy } from '../policy.ts'
import type { Certificate } from '../x509/certificate.ts'
import { KEY_PURPOSE_OID } from '../x509/oids.ts'

export type Purpose = 'serverAuth' | 'clientAuth'

/** Whether the policy takes a leaf for this purpose, given by name or OID. */
export function allowsPurpose(
  { extendedKeyUsage }: Certificate,
  { leafEku, anyEku }: Pick<Policy, 'leafEku' | 'anyEku'>,
  purpose = 'serverAuth',
): boolean {
  if (!extendedKeyUsage) return leafEku === 'if-present'
  const any = anyEku === 'accepted' && extendedKeyUsage.includes(ANY)
  return any || extendedKeyUsage.includes(toOid(purpose))
}

/** Whether a CA certificate lets certificates below it be used for this purpose. */
export function passesPurpose({ extendedKeyUsage }: Certificate, purpose: Purpose): boolean {
  if (!extendedKeyUsage) return true
  return extendedKeyUsage.includes(ANY) || extendedKeyUsage.includes(toOid(purpose))
}

const ANY = KEY_PURPOSE_OID.anyExtendedKeyUsage
const OIDS: ReadonlyMap<string, string> = new Map(Object.entries(KEY_PURPOSE_OID))

function toOid(purpose: string): string {
  return OIDS.get(purpose) ?? purpose
}
