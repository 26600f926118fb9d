/** The messages that carry certificates and their staples (RFC 8446 §4.4.2, RFC 5246 §7.4.2, RFC 8879, RFC 6066 §8, RFC 6961). */
import zlib from 'node:zlib'
import { Reader } from '../bytes.ts'
import type { DrawnHello } from './client-hello.ts'
import {
  CERTIFICATE_COMPRESSIONS,
  certificateCompressionName,
  EXTENSIONS,
  extensionName,
} from './names.ts'
import { readExtensions } from './server-hello.ts'
import { illegal, notOffered, stopHere, violate } from './violation.ts'

export interface CertificateMessage {
  readonly chain: readonly Uint8Array[]
  readonly ocspStaple: Uint8Array | null
  readonly sctList: Uint8Array | null
}

const MAX_CERTIFICATES = 100
const MAX_LENGTH = 256 * 1024
const OCSP = 1
const OCSP_MULTI = 2

/** Certificate of TLS 1.2 and older. */
export function readCertificate12(body: Uint8Array): readonly Uint8Array[] {
  const reader = new Reader(body, 'Certificate')
  const list = reader.vector(3, 'list')
  reader.end()
  const chain: Uint8Array[] = []
  while (!list.done) addCertificate(chain, list)
  if (chain.length === 0)
    violate('empty-certificate', 'a Certificate message without certificates', 'decode_error')
  return chain
}

/** Certificate of TLS 1.3; staples of other certificates than the leaf are passed over. */
export function readCertificate13(body: Uint8Array, hello: DrawnHello): CertificateMessage {
  const reader = new Reader(body, 'Certificate')
  if (reader.vector(1, 'context').remaining > 0)
    illegal('a request context in a server certificate')
  const list = reader.vector(3, 'list')
  reader.end()
  const chain: Uint8Array[] = []
  let ocspStaple: Uint8Array | null = null
  let sctList: Uint8Array | null = null
  while (!list.done) {
    addCertificate(chain, list)
    for (const [type, value] of readExtensions(list)) {
      if (!hello.offered.has(type))
        notOffered(`extension ${extensionName(type)}`, 'unsupported_extension')
      const ofLeaf = chain.length === 1
      if (type === EXTENSIONS.status_request) {
        const response = readStatus(value)
        if (ofLeaf) ocspStaple = response
      }
      if (type === EXTENSIONS.signed_certificate_timestamp && ofLeaf) sctList = value.rest()
    }
  }
  if (chain.length === 0)
    violate('empty-certificate', 'a Certificate message without certificates', 'decode_error')
  return { chain, ocspStaple, sctList }
}

/** CertificateStatus of TLS 1.2. */
export function readCertificateStatus(body: Uint8Array): Uint8Array | null {
  return readStatus(new Reader(body, 'CertificateStatus'))
}

/** The body of the Certificate message in a CompressedCertificate, and the code of its algorithm. */
export function decompressCertificate(
  body: Uint8Array,
  offered: readonly number[],
): { readonly algorithm: number; readonly certificate: Uint8Array } {
  const reader = new Reader(body, 'CompressedCertificate')
  const algorithm = reader.u16()
  const length = reader.u24()
  const compressed = reader.vector(3, 'compressed').rest()
  reader.end()
  const name = certificateCompressionName(algorithm)
  if (!offered.includes(algorithm)) notOffered(`certificate compression ${name}`)
  if (length > MAX_LENGTH)
    violate('over-budget', `a certificate message of ${length} bytes`, 'illegal_parameter')
  const certificate = decompress(algorithm, compressed, length)
  if (certificate?.length !== length)
    return violate('decode', `Certificate does not unpack by ${name}`, 'bad_certificate')
  return { algorithm, certificate }
}

function addCertificate(chain: Uint8Array[], list: Reader): void {
  const certificate = list.vector(3, 'certificate')
  if (certificate.done) certificate.fail('an empty certificate')
  chain.push(certificate.rest())
  if (chain.length > MAX_CERTIFICATES)
    violate('over-budget', `over ${MAX_CERTIFICATES} certificates`, 'illegal_parameter')
}

/** The OCSPResponse of the leaf. */
function readStatus(reader: Reader): Uint8Array | null {
  const type = reader.u8()
  if (type !== OCSP && type !== OCSP_MULTI) reader.fail(`unknown status type ${type}`, 0)
  const value = reader.vector(3, 'response')
  reader.end()
  if (type === OCSP && value.done) value.fail('an empty response')
  const response = type === OCSP_MULTI ? value.vector(3, 'first').rest() : value.rest()
  return response.length > 0 ? response : null
}

/** Null where the bytes are not of that algorithm, or more than announced. */
function decompress(algorithm: number, bytes: Uint8Array, length: number): Uint8Array | null {
  const unpack =
    algorithm === CERTIFICATE_COMPRESSIONS.zlib
      ? zlib.inflateSync
      : algorithm === CERTIFICATE_COMPRESSIONS.brotli
        ? zlib.brotliDecompressSync
        : zstd
  // Node has zstd since 22.15.
  if (!unpack) return stopHere()
  try {
    return new Uint8Array(unpack(bytes, { maxOutputLength: Math.max(1, length) }))
  } catch {
    return null
  }
}

type Unpack = (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array
const zstd = (zlib as { readonly zstdDecompressSync?: Unpack }).zstdDecompressSync
