/** What a log signed before a certificate was issued (RFC 6962 §3.2). */
import type { Certificate } from './certificate.ts'
import { constructedContextTag, readDer, TAG } from './der.ts'
import { explicit, sequence } from './der-writer.ts'
import { EXTENSION_OID } from './oids.ts'

/** TBSCertificate without the list of timestamps and without the poison: the `tbs` of a precert entry. */
export function precertificateTbs(certificate: Certificate): Uint8Array {
  const fields = [...readDer(certificate.tbs, 'tbsCertificate', TAG.sequence).children().rest()]
  return sequence(
    ...fields.map(field => {
      if (field.tag !== constructedContextTag(3)) return field.raw
      const kept = [...field.inner('extensions').children().rest()].filter(
        extension => !DROPPED.has(extension.children().next('extnID').oid()),
      )
      return explicit(3, sequence(...kept.map(extension => extension.raw)))
    }),
  )
}

const DROPPED: ReadonlySet<string> = new Set([
  EXTENSION_OID.signedCertificateTimestamps,
  EXTENSION_OID.precertificatePoison,
])
