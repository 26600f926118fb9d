/** Who signed whom: the costly part of path building, remembered from one client's judgement to the next. */
import type { Certificate } from '../x509/certificate.ts'
import { type SignatureVerdict, verifySignature } from '../x509/verify-signature.ts'

/** Verdicts by SHA-256 of the certificate and of the key; shared by all judgements of one chain. */
export type SignatureCache = Map<string, SignatureVerdict>

export function isSignedBy(
  certificate: Certificate,
  issuer: Certificate,
  cache: SignatureCache,
): SignatureVerdict {
  const edge = edgeOf(certificate, issuer)
  const known = cache.get(edge)
  if (known) return known
  const { signatureAlgorithm, tbs, signature } = certificate
  const verdict = verifySignature(signatureAlgorithm, issuer.publicKey, tbs, signature)
  cache.set(edge, verdict)
  return verdict
}

/** Certificates that share a key sign the same. */
export function edgeOf(certificate: Certificate, issuer: Certificate): string {
  return `${certificate.sha256} ${issuer.spkiSha256}`
}

/** How the key identifiers fit: 0 equal, 1 unknown, 2 different. They order candidates and exclude none. */
export function keyIdentifierRank(certificate: Certificate, issuer: Certificate): 0 | 1 | 2 {
  const wanted = certificate.authorityKeyIdentifier?.keyId
  const found = issuer.subjectKeyIdentifier
  if (!wanted || !found) return 1
  return Buffer.compare(wanted, found) === 0 ? 0 : 2
}
