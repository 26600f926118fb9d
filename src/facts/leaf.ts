/** Small questions about a leaf that several rules ask. */
import type { Certificate } from '../x509/certificate.ts'
import { formatIp } from '../x509/ip-address.ts'

/** The names a host may match, as text. */
export function certificateNames({ subjectAltName }: Certificate): string[] {
  return (subjectAltName ?? []).flatMap(name => {
    if (name.type === 'dns') return [name.value]
    return name.type === 'ip' ? [formatIp(name.value)] : []
  })
}

/** What to call a certificate in a word or two. */
export function certificateLabel(certificate: Certificate): string {
  const { commonName, text } = certificate.subject
  return commonName ?? certificateNames(certificate)[0] ?? (text || certificate.serialHex)
}

export function lifetimeSeconds({ notBefore, notAfter }: Certificate): number {
  return (notAfter - notBefore) / 1000
}
