/** What CAs must keep to beyond what validation needs: RFC 5280 §4 and the Baseline Requirements §7.1. */
import { equal } from '../bytes.ts'
import type { Policy } from '../policy.ts'
import type {
  Certificate,
  GeneralName,
  KnownExtension,
  SignatureInfo,
} from '../x509/certificate.ts'
import { formatIp } from '../x509/ip-address.ts'
import { KEY_PURPOSE_OID } from '../x509/oids.ts'
import { hasValidALabels, isPreferredDnsName, isWildcard, parentOf } from './dns-name.ts'
import { parseMailbox } from './mailbox.ts'
import { type Flaw, flaw } from './path-error.ts'
import type { Role } from './validate.ts'

/** Nothing under the profile `client`: phones accept more than a CA may issue. */
export function* profileFlaws(
  certificate: Certificate,
  role: Role,
  { profile }: Policy,
): Generator<Flaw> {
  if (profile === 'client') return
  const webpki = profile === 'webpki'
  yield* commonFlaws(certificate, role, webpki)
  yield* keyIdentifierFlaws(certificate, role, webpki)
  if (role === 'leaf') yield* leafFlaws(certificate, webpki)
  else yield* caFlaws(certificate, role, webpki)
}

function* commonFlaws(certificate: Certificate, role: Role, webpki: boolean): Generator<Flaw> {
  if (certificate.issuer.rdns.length === 0) yield flaw('issuer-empty')
  for (const extension of NEVER_CRITICAL)
    if (certificate.isCritical(extension)) yield flaw('must-not-be-critical', { extension })
  for (const extension of ALWAYS_CRITICAL)
    if (certificate[extension] !== null && !certificate.isCritical(extension))
      yield flaw('must-be-critical', { extension })
  // A trust anchor is a name and a key: how the certificate around them is written is nobody's concern.
  if (role === 'anchor') return
  yield* serialFlaws(certificate.serial)
  const { signatureAlgorithm, faults } = certificate
  if (!signatureAlgorithm.parametersExact || (webpki && !hasUsualSalt(signatureAlgorithm)))
    yield flaw('signature-parameters', { algorithm: signatureAlgorithm.label })
  if (webpki && signatureAlgorithm.hash === 'SHA-224')
    yield flaw('algorithm-not-accepted', { algorithm: signatureAlgorithm.label })
  for (const fault of faults) yield flaw('encoding', { detail: fault.message })
}

/** As long as the hash, for the three hashes that are left (BR §7.1.3.2.1). */
function hasUsualSalt({ family, hash, pssSaltLength }: SignatureInfo): boolean {
  return family !== 'RSA-PSS' || pssSaltLength === Number(hash.slice('SHA-'.length)) / 8
}

/** RFC 5280 §4.1.2.2. */
function* serialFlaws(serial: Uint8Array): Generator<Flaw> {
  const negative = (serial[0] ?? 0) >= 0x80
  if (negative || serial.every(octet => octet === 0)) yield flaw('serial-not-positive')
  const octets = serial[0] === 0 ? serial.length - 1 : serial.length
  if (octets > 20) yield flaw('serial-too-long')
}

/** RFC 5280 §4.2.1.1 and 2; Baseline Requirements §7.1.2.11.1. */
function* keyIdentifierFlaws(
  { authorityKeyIdentifier: aki, subjectKeyIdentifier: ski, selfIssued }: Certificate,
  role: Role,
  webpki: boolean,
): Generator<Flaw> {
  if (role !== 'leaf' && !ski)
    yield flaw('extension-missing', { extension: 'subjectKeyIdentifier' })
  if (!aki) {
    // An anchor is found without it, and the path ends there.
    if (!selfIssued && role !== 'anchor')
      yield flaw('extension-missing', { extension: 'authorityKeyIdentifier' })
    return
  }
  if (!aki.keyId && (webpki || !selfIssued))
    yield flaw('authority-key-identifier', { detail: 'no key identifier' })
  if (!webpki) return
  if (aki.issuer || aki.serial)
    yield flaw('authority-key-identifier', { detail: 'issuer and serial number' })
  const isRoot = role === 'anchor' && selfIssued
  if (isRoot && aki.keyId && ski && !equal(aki.keyId, ski))
    yield flaw('authority-key-identifier', { detail: 'not the subject key identifier of a root' })
}

function* caFlaws(
  certificate: Certificate,
  role: 'intermediate' | 'anchor',
  webpki: boolean,
): Generator<Flaw> {
  const { basicConstraints, subject, selfIssued, publicKey, version } = certificate
  if (subject.rdns.length === 0) yield flaw('subject-empty')
  if (webpki && version !== 3) yield flaw('version', { version: String(version) })
  if (!basicConstraints && version === 3)
    yield flaw('extension-missing', { extension: 'basicConstraints' })
  if (basicConstraints && !certificate.isCritical('basicConstraints'))
    yield flaw('must-be-critical', { extension: 'basicConstraints' })
  if (!webpki) return
  if (publicKey.rsa && publicKey.bits % 8 !== 0) yield flaw('weak-key', { key: publicKey.label })
  if (role !== 'anchor' || !selfIssued) return
  if (certificate.extendedKeyUsage)
    yield flaw('extension-forbidden', { extension: 'extendedKeyUsage' })
  const { hash, label } = certificate.signatureAlgorithm
  if (hash === 'unknown') yield flaw('algorithm-not-accepted', { algorithm: label })
}

function* leafFlaws(certificate: Certificate, webpki: boolean): Generator<Flaw> {
  const { basicConstraints, keyUsage, nameConstraints, subject, version } = certificate
  if (nameConstraints) yield flaw('extension-forbidden', { extension: 'nameConstraints' })
  if (keyUsage?.includes('keyCertSign') && !basicConstraints?.ca) yield flaw('cert-sign-without-ca')
  const { subjectAltName } = certificate
  if (!subjectAltName && (webpki || subject.rdns.length === 0))
    yield flaw('extension-missing', { extension: 'subjectAltName' })
  if (subjectAltName && subject.rdns.length === 0 && !certificate.isCritical('subjectAltName'))
    yield flaw('must-be-critical', { extension: 'subjectAltName' })
  for (const name of subjectAltName ?? [])
    if (!isWellFormed(name, webpki)) yield flaw('san-malformed', { name: describe(name) })
  if (!webpki) return
  if (version !== 3) yield flaw('version', { version: String(version) })
  if (basicConstraints?.ca) yield flaw('leaf-is-ca')
  if (subject.rdns.length > 0 && certificate.isCritical('subjectAltName'))
    yield flaw('must-not-be-critical', { extension: 'subjectAltName' })
  if (certificate.isCritical('extendedKeyUsage'))
    yield flaw('must-not-be-critical', { extension: 'extendedKeyUsage' })
  if (certificate.extendedKeyUsage?.includes(KEY_PURPOSE_OID.anyExtendedKeyUsage))
    yield flaw('eku-any')
  if (certificate.publicKey.rsa && certificate.publicKey.bits % 8 !== 0)
    yield flaw('weak-key', { key: certificate.publicKey.label })
}

/** RFC 5280 §4.2.1.6; a wildcard is the whole leftmost label and leaves two labels to its right. */
function isWellFormed(name: GeneralName, webpki: boolean): boolean {
  switch (name.type) {
    case 'dns': {
      const wildcard = isWildcard(name.value)
      const fixed = wildcard ? parentOf(name.value) : name.value
      if (!isPreferredDnsName(fixed)) return false
      return !webpki || (hasValidALabels(fixed) && (!wildcard || fixed.includes('.')))
    }
    case 'ip':
      return name.value.length === 4 || name.value.length === 16
    case 'email':
      return parseMailbox(name.value) !== null
    case 'uri':
      return /^[a-z][a-z0-9+.-]*:[^\s]+$/i.test(name.value)
    default:
      return true
  }
}

function describe(name: GeneralName): string {
  if (name.type === 'ip') return formatIp(name.value)
  return typeof name.value === 'string' ? name.value : name.type
}

const NEVER_CRITICAL: readonly KnownExtension[] = [
  'authorityKeyIdentifier',
  'subjectKeyIdentifier',
  'authorityInfoAccess',
  'subjectInfoAccess',
  'freshestCrl',
]

const ALWAYS_CRITICAL: readonly KnownExtension[] = ['policyConstraints', 'inhibitAnyPolicy']
