/** The Online Certificate Status Protocol (RFC 6960 §4): requests encoded, responses decoded. */
import { createHash } from 'node:crypto'
import { type Certificate, parseCertificate } from './certificate.ts'
import { type DerNode, readDer, TAG } from './der.ts'
import { element, explicit, nullValue, octetString, oid, sequence } from './der-writer.ts'
import { decodeExtensionList, type Extension } from './extension.ts'
import { encodeExtensions } from './extension-builders.ts'
import { decodeName, type Name } from './name.ts'
import { OCSP_OID } from './oids.ts'
import {
  decodeAlgorithmIdentifier,
  decodeSignatureAlgorithm,
  type SignatureInfo,
} from './signature-algorithm.ts'
import { decodeTime } from './time.ts'

/** OCSPResponseStatus by number; 4 is not used. */
const ERRORS = {
  1: 'malformedRequest',
  2: 'internalError',
  3: 'tryLater',
  5: 'sigRequired',
  6: 'unauthorized',
} as const

export type OcspResponse =
  | { readonly state: 'error'; readonly error: (typeof ERRORS)[keyof typeof ERRORS] }
  | ({ readonly state: 'successful' } & BasicResponse)

export interface BasicResponse {
  /** ResponseData, DER: what the signature covers. */
  readonly tbs: Uint8Array
  readonly responder: { readonly name: Name } | { readonly keyHash: Uint8Array }
  readonly responses: readonly SingleResponse[]
  /** extnValue of the nonce, as the request had it; null where none came back. */
  readonly nonce: Uint8Array | null
  /** Critical extensions that are not known here: such a response must not be used. */
  readonly unknownCritical: readonly string[]
  readonly signatureAlgorithm: SignatureInfo
  readonly signature: Uint8Array
  /** What the responder sent along to prove itself. */
  readonly certificates: readonly Certificate[]
}

export interface SingleResponse {
  readonly id: CertId
  readonly status:
    | { readonly state: 'good' | 'unknown' }
    | { readonly state: 'revoked'; readonly revokedAt: number; readonly reason: number | null }
  /** Milliseconds since the epoch. */
  readonly thisUpdate: number
  readonly nextUpdate: number | null
  readonly extensions: readonly Extension[]
}

/** A certificate by its issuer's name and key, hashed, and its serial number. */
export interface CertId {
  /** As node:crypto calls it; null where the algorithm is not known here. */
  readonly hash: 'sha1' | 'sha256' | 'sha384' | 'sha512' | null
  readonly issuerNameHash: Uint8Array
  readonly issuerKeyHash: Uint8Array
  /** Lower-case hexadecimal, as in `Certificate.serialHex`. */
  readonly serialHex: string
}

const SHA1_OID = '1.3.14.3.2.26'

const HASHES: Readonly<Record<string, CertId['hash']>> = {
  [SHA1_OID]: 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

const MAX_BYTES = 1 << 18
const MAX_RESPONSES = 500
const MAX_CERTIFICATES = 10

/** OCSPRequest for one certificate, named by SHA-1, which every responder knows (RFC 5019 §2.1.1). */
export function encodeOcspRequest(
  certificate: Certificate,
  issuer: Certificate,
  nonce: Uint8Array,
): Uint8Array {
  const id = encodeCertId(certificate, issuer)
  const extension = { oid: OCSP_OID.nonce, critical: false, value: nonce }
  return sequence(sequence(sequence(sequence(id)), explicit(2, encodeExtensions([extension]))))
}

export function encodeCertId(
  certificate: Pick<Certificate, 'serial' | 'issuer'>,
  issuer: Pick<Certificate, 'publicKey'>,
): Uint8Array {
  const hash = (bytes: Uint8Array) => octetString(createHash('sha1').update(bytes).digest())
  return sequence(
    sequence(oid(SHA1_OID), nullValue()),
    hash(certificate.issuer.raw),
    hash(issuer.publicKey.keyBits),
    element(TAG.integer, certificate.serial),
  )
}

/** Throws a DecodeError. */
export function parseOcspResponse(der: Uint8Array): OcspResponse {
  const outer = readDer(der, 'ocspResponse', TAG.sequence)
  if (der.length > MAX_BYTES) outer.fail(`OCSP response of ${der.length} bytes`)
  const fields = outer.children()
  const status = fields.next('responseStatus', TAG.enumerated)
  const code = status.length === 1 ? status.content[0] : undefined
  const body = fields.optional('responseBytes', 0xa0)
  fields.end()
  if (code === 0) {
    if (!body) return outer.fail('successful, but without a response')
    return { state: 'successful', ...decodeBody(body.inner('value', TAG.sequence)) }
  }
  if (body) outer.fail('an error with a response')
  const error = ERRORS[code as keyof typeof ERRORS] ?? status.fail('no OCSPResponseStatus')
  return { state: 'error', error }
}

function decodeBody(node: DerNode): BasicResponse {
  const body = node.children()
  const type = body.next('responseType', TAG.oid)
  if (type.oid() !== OCSP_OID.basicResponse) type.fail('no basic OCSP response')
  const response = body.next('response', TAG.octetString)
  body.end()
  const fields = readDer(
    response.content,
    'ocspResponse.basic',
    TAG.sequence,
    response.contentOffset,
  ).children()
  const tbs = fields.next('tbsResponseData', TAG.sequence)
  const algorithm = fields.next('signatureAlgorithm', TAG.sequence)
  const signature = fields.next('signature', TAG.bitString).bitStringOctets()
  const certificates = fields.optional('certs', 0xa0)
  fields.end()
  return {
    ...decodeData(tbs),
    tbs: tbs.raw,
    signatureAlgorithm: decodeSignatureAlgorithm(algorithm, tolerate),
    signature,
    certificates: certificates
      ? list(certificates.inner('list', TAG.sequence), MAX_CERTIFICATES).map(decodeCertificate)
      : [],
  }
}

function decodeData(
  tbs: DerNode,
): Pick<BasicResponse, 'responder' | 'responses' | 'nonce' | 'unknownCritical'> {
  const fields = tbs.children()
  const version = fields.optional('version', 0xa0)
  if (version && version.inner('value', TAG.integer).smallInteger() !== 0)
    version.fail('OCSP version is not 1')
  const responder = decodeResponder(fields.next('responderID'))
  decodeMoment(fields.next('producedAt'))
  const items = list(fields.next('responses', TAG.sequence), MAX_RESPONSES)
  const extensions = decodeExtensions(fields.optional('responseExtensions', 0xa1))
  fields.end()
  const responses = items.map(decodeSingle)
  const critical = [...extensions, ...responses.flatMap(single => single.extensions)].filter(
    extension => extension.critical && extension.oid !== OCSP_OID.nonce,
  )
  return {
    responder,
    responses,
    nonce: extensions.find(extension => extension.oid === OCSP_OID.nonce)?.value ?? null,
    unknownCritical: critical.map(extension => extension.oid),
  }
}

function decodeResponder(node: DerNode): BasicResponse['responder'] {
  if (node.tag === 0xa1) return { name: decodeName(node.inner('name', TAG.sequence), tolerate) }
  if (node.tag === 0xa2) return { keyHash: node.inner('keyHash', TAG.octetString).content }
  return node.fail('no ResponderID')
}

function decodeSingle(node: DerNode): SingleResponse {
  const fields = node.children()
  const id = decodeCertId(fields.next('certID', TAG.sequence))
  const status = decodeStatus(fields.next('certStatus'))
  const thisUpdate = decodeMoment(fields.next('thisUpdate'))
  const next = fields.optional('nextUpdate', 0xa0)
  const extensions = decodeExtensions(fields.optional('singleExtensions', 0xa1))
  fields.end()
  const nextUpdate = next ? decodeMoment(next.inner('value')) : null
  return { id, status, thisUpdate, nextUpdate, extensions }
}

function decodeCertId(node: DerNode): CertId {
  const fields = node.children()
  const algorithm = decodeAlgorithmIdentifier(fields.next('hashAlgorithm'))
  const issuerNameHash = fields.next('issuerNameHash', TAG.octetString).content
  const issuerKeyHash = fields.next('issuerKeyHash', TAG.octetString).content
  const serial = fields.next('serialNumber', TAG.integer).integer()
  fields.end()
  return {
    hash: HASHES[algorithm.oid] ?? null,
    issuerNameHash,
    issuerKeyHash,
    serialHex: Buffer.from(serial).toString('hex'),
  }
}

function decodeStatus(node: DerNode): SingleResponse['status'] {
  if (node.tag === 0xa1) {
    const fields = node.children()
    const revokedAt = decodeMoment(fields.next('revocationTime'))
    const reason = fields.optional('revocationReason', 0xa0)?.inner('value', TAG.enumerated)
    fields.end()
    if (reason && reason.length !== 1) reason.fail('ENUMERATED of one octet expected')
    return { state: 'revoked', revokedAt, reason: reason?.content[0] ?? null }
  }
  if ((node.tag !== 0x80 && node.tag !== 0x82) || node.length > 0) node.fail('no CertStatus')
  return { state: node.tag === 0x80 ? 'good' : 'unknown' }
}

/** GeneralizedTime is the rule here, whatever the year. */
function decodeMoment(node: DerNode): number {
  if (node.tag !== TAG.generalizedTime) node.fail('GeneralizedTime expected')
  if (!/^\d{14}Z$/.test(Buffer.from(node.content).toString('latin1')))
    node.fail('time is not in the form YYYYMMDDHHMMSSZ')
  return decodeTime(node, tolerate)
}

function decodeExtensions(node: DerNode | null): readonly Extension[] {
  return node ? decodeExtensionList(node.inner('list', TAG.sequence), tolerate) : []
}

function decodeCertificate(node: DerNode): Certificate {
  return parseCertificate(node.raw)
}

function list(node: DerNode, most: number): readonly DerNode[] {
  const items: DerNode[] = []
  for (const item of node.children().rest(TAG.sequence)) {
    if (items.length === most) node.fail(`more than ${most} elements`)
    items.push(item)
  }
  return items
}

/** What can be read all the same is no reason to refuse a response: its signature decides. */
function tolerate(): void {}
