/** OCSP responses of every kind, right and wrong, about one certificate. */

import { readDer, TAG } from '../../src/x509/der.ts'
import { element, nullValue, octetString, oid, sequence } from '../../src/x509/der-writer.ts'
import { extendedKeyUsage, keyUsage } from '../../src/x509/extension-builders.ts'
import type { Issued, LeafSpec } from '../../src/x509/issue.ts'
import { issueOcspError, issueOcspResponse, type OcspSpec } from '../../src/x509/issue-ocsp.ts'
import type { Name } from '../../src/x509/name.ts'
import { encodeCertId } from '../../src/x509/ocsp.ts'
import { OCSP_OID } from '../../src/x509/oids.ts'
import { DAY_MS, freshKey, makeLeaf, NOW, parsed } from './certs.ts'

export interface Subject {
  readonly certificate: Issued
  readonly issuer: Issued
}

/** Good, of yesterday and for a week, signed by the issuer, but for what is asked for. */
export function makeOcsp(subject: Subject, spec: Partial<OcspSpec> = {}): Uint8Array {
  return issueOcspResponse({
    ...subject,
    thisUpdate: NOW - DAY_MS,
    nextUpdate: NOW + 6 * DAY_MS,
    ...spec,
  })
}

/** Somebody whom the issuer lets answer, but for what is asked for. */
export function makeResponder(issuer: Issued, spec: Partial<LeafSpec> = {}): Issued {
  const usual = [extendedKeyUsage('OCSPSigning'), keyUsage('digitalSignature')]
  return makeLeaf([], {
    subject: 'Responder',
    key: freshKey(),
    issuer,
    without: ['subjectAltName'],
    ...spec,
    extensions: spec.extensions ?? usual,
  })
}

export const nonceExtension = (value: Uint8Array) => ({
  oid: OCSP_OID.nonce,
  critical: false,
  value: octetString(value),
})

/** By what is wrong, and the code it is given; none of them tells anything of the certificate. */
export function wrongResponses(subject: Subject, other: Subject): readonly WrongResponse[] {
  const { issuer } = subject
  const make = (spec: Partial<OcspSpec>) => makeOcsp(subject, spec)
  const signedBy = (spec: Partial<LeafSpec>, from = issuer) =>
    make({ signer: makeResponder(from, spec) })
  return [
    ['garbage', 'ocsp-unreadable', Uint8Array.of(1, 2, 3)],
    ['nothing', 'ocsp-unreadable', new Uint8Array()],
    ['a certificate', 'ocsp-unreadable', issuer.der],
    ['bytes behind it', 'ocsp-unreadable', new Uint8Array([...make({}), 0])],
    ['tryLater', 'ocsp-error', issueOcspError(3)],
    ['unauthorized', 'ocsp-error', issueOcspError(6)],
    ['an error that does not exist', 'ocsp-unreadable', issueOcspError(4)],
    ['success without a response', 'ocsp-unreadable', issueOcspError(0)],
    ['another certificate', 'ocsp-other', makeOcsp(other)],
    [
      'another serial number',
      'ocsp-other',
      make({ id: withId(subject, { serial: Uint8Array.of(9) }) }),
    ],
    ['a hash nobody knows', 'ocsp-other', make({ id: withHash(subject, '1.2.3') })],
    [
      'another name of the issuer',
      'ocsp-other',
      make({ id: withId(subject, { issuer: parsed(other.issuer).subject }) }),
    ],
    ['an error with a response', 'ocsp-unreadable', errorWithResponse(make({}))],
    ['ended', 'ocsp-late', make({ thisUpdate: NOW - 8 * DAY_MS, nextUpdate: NOW - DAY_MS })],
    [
      'old and without an end',
      'ocsp-late',
      make({ thisUpdate: NOW - 2 * DAY_MS, nextUpdate: undefined }),
    ],
    ['not yet', 'ocsp-early', make({ thisUpdate: NOW + DAY_MS })],
    ['a flipped bit', 'ocsp-signature', make({ corrupted: true })],
    ['a critical extension', 'ocsp-critical', make({ extensions: [CRITICAL] })],
    ['unknown', 'ocsp-unknown', make({ status: 'unknown' })],
    ['another CA', 'ocsp-signer', make({ signer: other.issuer })],
    [
      'another key under the name',
      'ocsp-signature',
      make({ signer: { ...issuer, key: freshKey() }, byName: true }),
    ],
    ['not meant for it', 'ocsp-signer', signedBy({ extensions: [extendedKeyUsage('serverAuth')] })],
    [
      'any purpose',
      'ocsp-signer',
      signedBy({ extensions: [extendedKeyUsage('anyExtendedKeyUsage')] }),
    ],
    [
      'no purpose',
      'ocsp-signer',
      signedBy({ extensions: [], without: ['subjectAltName', 'extendedKeyUsage'] }),
    ],
    [
      'another usage',
      'ocsp-signer',
      signedBy({ extensions: [extendedKeyUsage('OCSPSigning'), keyUsage('keyAgreement')] }),
    ],
    ['certified by another CA', 'ocsp-signer', signedBy({}, other.issuer)],
    [
      'certified under the name of the CA',
      'ocsp-signer',
      signedBy({}, { ...issuer, key: freshKey() }),
    ],
    [
      'certified under another name',
      'ocsp-signer',
      signedBy({}, { ...issuer, subject: other.issuer.subject }),
    ],
    ['a responder that has ended', 'ocsp-signer', signedBy({ notAfter: NOW - DAY_MS })],
    [
      'a responder of tomorrow',
      'ocsp-signer',
      signedBy({ notBefore: NOW + DAY_MS, notAfter: NOW + 2 * DAY_MS }),
    ],
  ]
}

export type WrongResponse = readonly [what: string, code: string, der: Uint8Array]

const CRITICAL = { oid: '1.2.3', critical: true, value: octetString(new Uint8Array(1)) }

/** CertID, as it is but for one part. */
function withId(
  { certificate, issuer }: Subject,
  change: { readonly serial?: Uint8Array; readonly issuer?: Name },
): Uint8Array {
  const { serial, issuer: name } = parsed(certificate)
  return encodeCertId({ serial, issuer: name, ...change }, parsed(issuer))
}

function withHash({ certificate }: Subject, hash: string): Uint8Array {
  const digest = octetString(new Uint8Array(20))
  const { serial } = parsed(certificate)
  return sequence(sequence(oid(hash), nullValue()), digest, digest, element(TAG.integer, serial))
}

/** `malformedRequest`, and yet a response. */
function errorWithResponse(response: Uint8Array): Uint8Array {
  const [, body] = [...readDer(response, 'response').children().rest()]
  return sequence(element(TAG.enumerated, Uint8Array.of(1)), body?.raw ?? response)
}
