/** What an OCSP response tells of a certificate at a moment (RFC 6960 §3.2 and §4.2.2). */
import { createHash } from 'node:crypto'
import { equal } from '../bytes.ts'
import { DecodeError } from '../errors.ts'
import { DAY_MS } from '../text.ts'
import type { Certificate } from '../x509/certificate.ts'
import {
  type BasicResponse,
  type CertId,
  type OcspResponse,
  parseOcspResponse,
  type SingleResponse,
} from '../x509/ocsp.ts'
import { KEY_PURPOSE_OID } from '../x509/oids.ts'
import { verifySignature } from '../x509/verify-signature.ts'
import { CLOCK_TOLERANCE_MS, revoked, type Status, unknown } from './status.ts'

export interface OcspQuestion {
  readonly certificate: Certificate
  readonly issuer: Certificate
  /** Milliseconds since the epoch. */
  readonly at: number
  /** The extnValue that was sent as nonce; null for a response nobody asked for, such as a stapled one. */
  readonly nonce: Uint8Array | null
}

/** Takes any bytes: what is no good response leaves the status unknown. */
export function statusByOcsp(der: Uint8Array, question: OcspQuestion): Status {
  const response = readResponse(der)
  if (response instanceof DecodeError) return unknown('ocsp-unreadable', response.text)
  if (response.state === 'error') return unknown('ocsp-error', response.error)
  const [newest] = response.responses
    .filter(({ id }) => isAbout(id, question))
    .toSorted((a, b) => b.thisUpdate - a.thisUpdate)
  if (!newest) return unknown('ocsp-other')
  const [critical] = response.unknownCritical
  if (critical !== undefined) return unknown('ocsp-critical', critical)
  return (
    signatureTrouble(response, question) ??
    nonceTrouble(response, question) ??
    timeTrouble(newest, question) ??
    statusOf(newest)
  )
}

function readResponse(der: Uint8Array): OcspResponse | DecodeError {
  try {
    return parseOcspResponse(der)
  } catch (error) {
    if (error instanceof DecodeError) return error
    throw error
  }
}

function isAbout(id: CertId, { certificate, issuer }: OcspQuestion): boolean {
  const { hash, issuerNameHash, issuerKeyHash, serialHex } = id
  if (hash === null || serialHex !== certificate.serialHex) return false
  const digest = (bytes: Uint8Array) => createHash(hash).update(bytes).digest()
  return (
    equal(issuerNameHash, digest(certificate.issuer.raw)) &&
    equal(issuerKeyHash, digest(issuer.publicKey.keyBits))
  )
}

/** The issuer itself signs, or somebody it has certified for that. */
function signatureTrouble(response: BasicResponse, { issuer, at }: OcspQuestion): Status | null {
  const signers = [issuer, ...response.certificates].filter(
    signer => isNamed(response, signer) && (signer === issuer || mayAnswer(signer, issuer, at)),
  )
  if (signers.length === 0) return unknown('ocsp-signer')
  const { signatureAlgorithm, tbs, signature } = response
  const verdicts = signers.map(({ publicKey }) =>
    verifySignature(signatureAlgorithm, publicKey, tbs, signature),
  )
  if (verdicts.includes('good')) return null
  return verdicts.includes('unsupported')
    ? unknown('ocsp-algorithm', signatureAlgorithm.label)
    : unknown('ocsp-signature')
}

function isNamed({ responder }: BasicResponse, { subject, publicKey }: Certificate): boolean {
  if ('name' in responder) return responder.name.key === subject.key
  const keyHash = createHash('sha1').update(publicKey.keyBits).digest()
  return equal(responder.keyHash, keyHash)
}

/** RFC 6960 §4.2.2.2: issued by the very issuer, for this purpose by name. */
function mayAnswer(signer: Certificate, issuer: Certificate, at: number): boolean {
  const { signatureAlgorithm, tbs, signature, keyUsage, notBefore, notAfter } = signer
  return (
    signer.issuer.key === issuer.subject.key &&
    (signer.extendedKeyUsage?.includes(KEY_PURPOSE_OID.OCSPSigning) ?? false) &&
    (keyUsage === null || keyUsage.includes('digitalSignature')) &&
    notBefore <= at + CLOCK_TOLERANCE_MS &&
    at <= notAfter + CLOCK_TOLERANCE_MS &&
    verifySignature(signatureAlgorithm, issuer.publicKey, tbs, signature) === 'good'
  )
}

/** Responders that prepare their answers send none back; another one answers another request. */
function nonceTrouble(response: BasicResponse, { nonce }: OcspQuestion): Status | null {
  const same = nonce === null || response.nonce === null || equal(nonce, response.nonce)
  return same ? null : unknown('ocsp-nonce')
}

/** One that names no next update may be had anew at any time: it speaks for a day. */
function timeTrouble({ thisUpdate, nextUpdate }: SingleResponse, { at }: OcspQuestion) {
  const end = nextUpdate ?? thisUpdate + DAY_MS
  if (thisUpdate > at + CLOCK_TOLERANCE_MS) return unknown('ocsp-early', formatMinute(thisUpdate))
  return end < at - CLOCK_TOLERANCE_MS ? unknown('ocsp-late', formatMinute(end)) : null
}

function statusOf({ status }: SingleResponse): Status {
  if (status.state === 'revoked') return revoked(status.revokedAt, status.reason)
  return status.state === 'good' ? { state: 'good' } : unknown('ocsp-unknown')
}

function formatMinute(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16)}Z`
}
