/** PKCS#7 that carries certificates and nothing else (RFC 2315, RFC 5652 §5, RFC 5280 §4.2.2.1). */
import { constructedContextTag, type DerNode, TAG } from './der.ts'
import { explicit, integer, oid, sequence, setOf } from './der-writer.ts'
import { CONTENT_TYPE_OID } from './oids.ts'

const MAX_CERTIFICATES = 10_000

/** Whether this is a ContentInfo with SignedData. */
export function isSignedData(node: DerNode): boolean {
  if (node.tag !== TAG.sequence) return false
  const fields = node.children()
  const contentType = fields.optional('contentType', TAG.oid)
  return contentType?.oid() === CONTENT_TYPE_OID.signedData
}

/** The certificates of SignedData, as they stand there. Throws a DecodeError. */
export function decodeSignedData(node: DerNode): Uint8Array[] {
  const info = node.children()
  info.next('contentType', TAG.oid)
  const signedData = info
    .next('content', constructedContextTag(0))
    .inner('signedData', TAG.sequence)
    .children()
  info.end()
  signedData.next('version', TAG.integer)
  signedData.next('digestAlgorithms', TAG.set)
  signedData.next('encapContentInfo', TAG.sequence)
  const set = signedData.optional('certificates', constructedContextTag(0))
  const certificates: Uint8Array[] = []
  for (const item of set?.children().rest() ?? []) {
    if (certificates.length === MAX_CERTIFICATES)
      item.fail(`more than ${MAX_CERTIFICATES} certificates`)
    // The other choices of CertificateSet are tagged: formats of old that hold no X.509 certificate.
    if (item.tag === TAG.sequence) certificates.push(item.raw)
  }
  return certificates
}

export function encodeSignedData(certificates: readonly Uint8Array[]): Uint8Array {
  const signedData = sequence(
    integer(1),
    setOf(),
    sequence(oid(CONTENT_TYPE_OID.data)),
    explicit(0, ...certificates),
    setOf(),
  )
  return sequence(oid(CONTENT_TYPE_OID.signedData), explicit(0, signedData))
}
