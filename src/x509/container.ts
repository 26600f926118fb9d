/** What a file or a fetched body holds: certificates and keys in PEM, DER or PKCS#7; PKCS#12 is named, and opened elsewhere. */
import { toBinary } from '../bytes.ts'
import { DecodeError } from '../errors.ts'
import { berToDer, isIndefinite } from './ber.ts'
import { type DerNode, readDer, TAG } from './der.ts'
import { decodePem, type PemBlock } from './pem.ts'
import { decodeSignedData, isSignedData } from './pkcs7.ts'
import { isPkcs12 } from './pkcs12.ts'

export interface ContainerEntry {
  readonly kind: 'certificate' | 'private-key' | 'encrypted-private-key' | 'other'
  /** As PEM calls it; `CERTIFICATE` or `PRIVATE KEY` where there is no PEM around it. */
  readonly label: string
  /** Not looked into: whether it can be read shows when it is. */
  readonly der: Uint8Array
  /** Line of the PEM block, from 1; null without PEM. */
  readonly line: number | null
  /** The PEM block of a key, which says more than its DER; null without PEM, and for other things. */
  readonly pem: string | null
}

const MAX_BYTES = 16 << 20

/** Everything in the container, in its order. Throws a DecodeError where it is none that is known. */
export function readContainer(bytes: Uint8Array): ContainerEntry[] {
  const fail = (reason: string): never => {
    throw new DecodeError(reason, 'container', 0)
  }
  if (bytes.length > MAX_BYTES) fail(`more than ${MAX_BYTES >> 20} MiB`)
  if (bytes.length === 0) fail('empty')
  const text = toBinary(bytes)
  if (text.includes('-----BEGIN ')) return decodePem(text).flatMap(fromPemBlock)
  if (bytes[0] !== TAG.sequence) fail('neither PEM nor DER')
  if (isPkcs12(bytes)) fail('PKCS#12: a password is needed to open it')
  return fromDer(readDer(derOf(bytes), 'container'))
}

/** PKCS#7 may be BER (RFC 5280 §4.2.2.1); a certificate in it is DER all the same. */
function derOf(bytes: Uint8Array): Uint8Array {
  return isIndefinite(bytes) ? berToDer(bytes, 'container') : bytes
}

/** The certificates alone. */
export function readCertificates(bytes: Uint8Array): Uint8Array[] {
  return readContainer(bytes).flatMap(({ kind, der }) => (kind === 'certificate' ? [der] : []))
}

const CERTIFICATE_LABELS: ReadonlySet<string> = new Set(['CERTIFICATE', 'X509 CERTIFICATE'])

function fromPemBlock({ label, der, line, encrypted, text }: PemBlock): ContainerEntry[] {
  if (label === 'PKCS7' || label === 'CMS') {
    const certificates = decodeSignedData(readDer(derOf(der), 'pkcs7', TAG.sequence))
    return certificates.map(certificate => toCertificate(certificate, line))
  }
  if (CERTIFICATE_LABELS.has(label)) return [{ kind: 'certificate', label, der, line, pem: null }]
  if (!label.endsWith('PRIVATE KEY')) return [{ kind: 'other', label, der, line, pem: null }]
  const locked = encrypted || label === 'ENCRYPTED PRIVATE KEY'
  return [{ kind: locked ? 'encrypted-private-key' : 'private-key', label, der, line, pem: text }]
}

function fromDer(node: DerNode): ContainerEntry[] {
  if (isSignedData(node)) return decodeSignedData(node).map(der => toCertificate(der, null))
  const fields = node.children()
  const first = fields.next('first')
  const common = { der: node.raw, line: null, pem: null }
  if (first.tag === TAG.integer) return [{ kind: 'private-key', label: 'PRIVATE KEY', ...common }]
  // EncryptedPrivateKeyInfo (RFC 5958 §3) has octets where a certificate has its algorithm.
  if (fields.optional('encryptedData', TAG.octetString))
    return [{ kind: 'encrypted-private-key', label: 'ENCRYPTED PRIVATE KEY', ...common }]
  return [toCertificate(node.raw, null)]
}

function toCertificate(der: Uint8Array, line: number | null): ContainerEntry {
  return { kind: 'certificate', label: 'CERTIFICATE', der, line, pem: null }
}
