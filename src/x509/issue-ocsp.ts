/** Makes OCSP responses for demo and tests. What it makes by default a strict client accepts. */
import { createHash } from 'node:crypto'
import { parseCertificate } from './certificate.ts'
import { TAG } from './der.ts'
import {
  bitString,
  element,
  explicit,
  generalizedTime,
  implicit,
  octetString,
  oid,
  sequence,
} from './der-writer.ts'
import { encodeExtensions, type NewExtension } from './extension-builders.ts'
import type { Issued } from './issue.ts'
import { encodeCertId } from './ocsp.ts'
import { OCSP_OID } from './oids.ts'
import { type SigningOptions, signWith } from './signing-key.ts'

interface SingleSpec {
  /** Good where left out. */
  readonly status?: 'good' | 'unknown' | Revoked | undefined
  readonly thisUpdate: number
  readonly nextUpdate?: number | undefined
  /** CertID, DER, in place of the certificate's own. */
  readonly id?: Uint8Array | undefined
}

interface Revoked {
  readonly revokedAt: number
  /** CRLReason by number. */
  readonly reason?: number
}

export interface OcspSpec extends SingleSpec, SigningOptions {
  readonly certificate: Issued
  readonly issuer: Issued
  /** What stands behind it in the same response. */
  readonly more?: readonly SingleSpec[] | undefined
  /** Who signs; the issuer where left out. Anybody else is sent along. */
  readonly signer?: Issued | undefined
  /** The responder by its name instead of its key. */
  readonly byName?: boolean | undefined
  /** Of the response as a whole. */
  readonly extensions?: readonly NewExtension[] | undefined
  /** One bit of the signature is flipped. */
  readonly corrupted?: boolean | undefined
}

/** OCSPResponse, DER. */
export function issueOcspResponse(spec: OcspSpec): Uint8Array {
  const { certificate, issuer, signer = issuer, extensions = [], more = [] } = spec
  const id = encodeCertId(parseCertificate(certificate.der), parseCertificate(issuer.der))
  const keyHash = createHash('sha1').update(signer.key.keyBits).digest()
  const tbs = sequence(
    spec.byName ? explicit(1, signer.subject) : explicit(2, octetString(keyHash)),
    generalizedTime(spec.thisUpdate),
    sequence(...[spec, ...more].map(single => encodeSingle(single, id))),
    ...(extensions.length > 0 ? [explicit(1, encodeExtensions(extensions))] : []),
  )
  const { algorithm, signature } = signWith(signer.key, tbs, spec)
  if (spec.corrupted) signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1
  const basic = sequence(
    tbs,
    algorithm,
    bitString(signature),
    ...(signer === issuer ? [] : [explicit(0, sequence(signer.der))]),
  )
  return sequence(
    element(TAG.enumerated, Uint8Array.of(0)),
    explicit(0, sequence(oid(OCSP_OID.basicResponse), octetString(basic))),
  )
}

/** What a responder says that gives no answer, by the number of OCSPResponseStatus. */
export function issueOcspError(status: number): Uint8Array {
  return sequence(element(TAG.enumerated, Uint8Array.of(status)))
}

function encodeSingle({ id, status, thisUpdate, nextUpdate }: SingleSpec, usual: Uint8Array) {
  return sequence(
    id ?? usual,
    encodeStatus(status ?? 'good'),
    generalizedTime(thisUpdate),
    ...(nextUpdate === undefined ? [] : [explicit(0, generalizedTime(nextUpdate))]),
  )
}

function encodeStatus(status: 'good' | 'unknown' | Revoked): Uint8Array {
  if (typeof status === 'string') return implicit(status === 'good' ? 0 : 2, new Uint8Array())
  const reason = status.reason === undefined ? [] : [Uint8Array.of(status.reason)]
  return explicit(
    1,
    generalizedTime(status.revokedAt),
    ...reason.map(octet => explicit(0, element(TAG.enumerated, octet))),
  )
}
