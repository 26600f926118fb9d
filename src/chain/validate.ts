/** What RFC 5280 §6 asks of each certificate of a path by itself, as far as the policy goes. */
import type { Policy } from '../policy.ts'
import type { Certificate, KnownExtension } from '../x509/certificate.ts'
import { KNOWN_EXTENSIONS, oidOf } from '../x509/extension.ts'
import { isUsableKey } from '../x509/verify-signature.ts'
import { constraintsFlaw } from './name-constraints.ts'
import { type Flaw, flaw } from './path-error.ts'
import { profileFlaws } from './profile.ts'
import { type Purpose, passesPurpose } from './purpose.ts'

/** Where in the path the certificate stands. */
export type Role = 'leaf' | 'intermediate' | 'anchor'

/** What a judgement of one certificate depends on. */
export interface Judgement {
  readonly policy: Policy
  /** Milliseconds since the epoch; whole seconds count. */
  readonly at: number
  readonly purpose: Purpose
}

/** Every flaw of a certificate that issues others, the gravest kinds first; lazily, for one is enough to refuse it. */
export function* issuerFlaws(
  certificate: Certificate,
  role: 'intermediate' | 'anchor',
  judgement: Judgement,
): Generator<Flaw> {
  const { policy, purpose } = judgement
  yield* extensionFlaws(certificate, policy)
  yield* caFlaws(certificate, role)
  if (certificate.nameConstraints) {
    const found = constraintsFlaw(certificate.nameConstraints, policy.profile !== 'client')
    if (found) yield found
  }
  const checksEku = role === 'intermediate' || policy.profile !== 'client'
  if (checksEku && policy.intermediateEku === 'checked' && !passesPurpose(certificate, purpose))
    yield flaw('eku-lacks', { purpose })
  if (role === 'intermediate' || policy.keys.anchor) yield* keyFlaws(certificate, policy)
  if (role === 'intermediate') yield* signatureFlaws(certificate, policy)
  if (role === 'intermediate' || policy.anchorExpiry === 'checked')
    yield* validityFlaws(certificate, judgement.at)
  yield* profileFlaws(certificate, role, policy)
}

/** Dates at whole seconds, both ends included. */
export function* validityFlaws({ notBefore, notAfter }: Certificate, at: number): Generator<Flaw> {
  const second = Math.floor(at / 1000) * 1000
  // A time that is no number lies in no lifetime.
  if (!(second <= notAfter)) yield flaw('expired', { notAfter: formatTime(notAfter) })
  if (second < notBefore) yield flaw('not-yet-valid', { notBefore: formatTime(notBefore) })
}

/** Extensions that must be understood: critical ones, and those that decide. */
export function* extensionFlaws(certificate: Certificate, policy: Policy): Generator<Flaw> {
  for (const { oid, critical } of certificate.extensions)
    if (critical && !PROCESSED.has(oid)) yield flaw('critical-extension', { oid })
  if (certificate.precertificatePoison) yield flaw('precertificate')
  for (const oid of certificate.duplicateExtensions) yield flaw('duplicate-extension', { oid })
  for (const extension of certificate.malformedExtensions) {
    const matters = DECISIVE.has(extension) || certificate.isCritical(extension)
    if (matters || policy.profile !== 'client') yield flaw('malformed-extension', { extension })
  }
}

export function* keyFlaws({ publicKey }: Certificate, { keys }: Policy): Generator<Flaw> {
  const { algorithm, bits, label: key, rsa } = publicKey
  if (!keys.algorithms.includes(algorithm)) {
    yield flaw('key-not-accepted', { key })
    return
  }
  if (algorithm === 'RSA' || algorithm === 'RSA-PSS') {
    const odd = (octets: Uint8Array) => ((octets.at(-1) ?? 0) & 1) === 1
    const exponentOne = rsa?.exponent.length === 1 && rsa.exponent[0] === 1
    if (!rsa || !odd(rsa.modulus) || !odd(rsa.exponent) || exponentOne)
      yield flaw('key-malformed', { key })
    else if (bits < keys.rsaMinBits) yield flaw('weak-key', { key })
  } else if (algorithm === 'DSA') {
    if (bits < keys.rsaMinBits) yield flaw('weak-key', { key })
  } else if (algorithm !== 'ML-DSA') {
    if (bits < keys.ecMinBits) yield flaw('weak-key', { key })
    else if (!isUsableKey(publicKey)) yield flaw('key-malformed', { key })
  }
}

/** The algorithm of the certificate's own signature. */
export function* signatureFlaws(
  { signatureAlgorithm, signatureAlgorithmsAgree }: Certificate,
  { sha1 }: Policy,
): Generator<Flaw> {
  const { hash, label: algorithm } = signatureAlgorithm
  const weak = hash === 'MD2' || hash === 'MD5' || (hash === 'SHA-1' && sha1 === 'refused')
  if (weak) yield flaw('weak-hash', { algorithm })
  if (!signatureAlgorithmsAgree) yield flaw('signature-algorithms-differ')
}

/** An anchor is trusted as it is: what it does not say does not stand against it. */
function* caFlaws(certificate: Certificate, role: 'intermediate' | 'anchor'): Generator<Flaw> {
  const { basicConstraints, keyUsage } = certificate
  if (basicConstraints ? !basicConstraints.ca : role === 'intermediate') yield flaw('not-ca')
  if (keyUsage && !keyUsage.includes('keyCertSign')) yield flaw('no-cert-sign')
}

/** `2026-11-22 08:00:00Z` */
function formatTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')}Z`
}

/** Extensions that may be critical because this code acts on them, or because nothing in them limits a path. */
const PROCESSED: ReadonlySet<string> = new Set(KNOWN_EXTENSIONS.map(oidOf))

/** Extensions without which nobody can say what the certificate is good for. */
const DECISIVE: ReadonlySet<KnownExtension> = new Set([
  'basicConstraints',
  'keyUsage',
  'extendedKeyUsage',
  'subjectAltName',
  'nameConstraints',
  'policyConstraints',
])
