import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readDer, TAG } from '../../src/x509/der.ts'
import { octetString } from '../../src/x509/der-writer.ts'
import { issueOcspError } from '../../src/x509/issue-ocsp.ts'
import { encodeOcspRequest, parseOcspResponse } from '../../src/x509/ocsp.ts'
import { OCSP_OID } from '../../src/x509/oids.ts'
import { DAY_MS, makeCa, makeLeaf, NOW, parsed } from '../helpers/certs.ts'
import { makeOcsp, makeResponder, nonceExtension } from '../helpers/ocsp.ts'

const issuer = makeCa('CA')
const certificate = makeLeaf(['leaf.example'], { issuer, serial: Uint8Array.of(0x80, 5) })
const subject = { certificate, issuer }
const sha1 = (bytes: Uint8Array) => new Uint8Array(createHash('sha1').update(bytes).digest())
const nonce = Uint8Array.of(7, 7)

describe('parseOcspResponse', () => {
  it('reads a response of the issuer', () => {
    const revokedAt = NOW - 2 * DAY_MS
    const response = parseOcspResponse(
      makeOcsp(subject, {
        status: { revokedAt, reason: 4 },
        extensions: [nonceExtension(nonce)],
      }),
    )
    expect(response).toMatchObject({
      state: 'successful',
      responder: { keyHash: sha1(issuer.key.keyBits) },
      nonce: octetString(nonce),
      unknownCritical: [],
      certificates: [],
      responses: [
        {
          id: {
            hash: 'sha1',
            issuerNameHash: sha1(issuer.subject),
            issuerKeyHash: sha1(issuer.key.keyBits),
            serialHex: '008005',
          },
          status: { state: 'revoked', revokedAt, reason: 4 },
          thisUpdate: NOW - DAY_MS,
          nextUpdate: NOW + 6 * DAY_MS,
        },
      ],
    })
  })

  it('reads a response of somebody else, by name', () => {
    const signer = makeResponder(issuer)
    const response = parseOcspResponse(
      makeOcsp(subject, { signer, byName: true, nextUpdate: undefined }),
    )
    expect(response).toMatchObject({
      responder: { name: { commonName: 'Responder' } },
      certificates: [{ sha256: parsed(signer).sha256 }],
      responses: [{ status: { state: 'good' }, nextUpdate: null }],
      nonce: null,
    })
  })

  it('reads the errors', () => {
    const errors = [1, 2, 3, 5, 6].map(code => parseOcspResponse(issueOcspError(code)))
    expect(errors.map(response => response.state === 'error' && response.error)).toEqual([
      'malformedRequest',
      'internalError',
      'tryLater',
      'sigRequired',
      'unauthorized',
    ])
  })

  it('refuses what is none, and says where', () => {
    expect(() => parseOcspResponse(issuer.der)).toThrow(/^ocspResponse\.responseStatus: /)
    expect(() => parseOcspResponse(new Uint8Array(2))).toThrow('ocspResponse: SEQUENCE expected')
    expect(() => parseOcspResponse(issueOcspError(0))).toThrow('without a response')
    expect(() => parseOcspResponse(issueOcspError(4))).toThrow('no OCSPResponseStatus')
  })

  it('reads no time but the one form', () => {
    const text = Buffer.from(makeOcsp(subject)).toString('latin1')
    const year = text.replaceAll(/2026(\d{10})Z/g, '2026$1+')
    expect(() => parseOcspResponse(Buffer.from(year, 'latin1'))).toThrow(
      'time is not in the form YYYYMMDDHHMMSSZ',
    )
  })

  it('reads no endless list', () => {
    const lasting = (count: number) =>
      makeOcsp(subject, { more: Array.from({ length: count - 1 }, () => ({ thisUpdate: NOW })) })
    expect(() => parseOcspResponse(lasting(501))).toThrow('more than 500 elements')
    expect(parseOcspResponse(lasting(500)).state).toBe('successful')
  })
})

it('asks for one certificate, with a nonce', () => {
  const value = octetString(nonce)
  const der = encodeOcspRequest(parsed(certificate), parsed(issuer), value)
  const tbs = readDer(der, 'request', TAG.sequence).inner('tbs', TAG.sequence).children()
  const request = tbs.next('list', TAG.sequence).inner('request', TAG.sequence)
  const fields = request.inner('certId', TAG.sequence).children()
  fields.next('hashAlgorithm', TAG.sequence)
  expect(fields.next('issuerNameHash').content).toEqual(sha1(issuer.subject))
  expect(fields.next('issuerKeyHash').content).toEqual(sha1(issuer.key.keyBits))
  expect(fields.next('serial').content).toEqual(Uint8Array.of(0, 0x80, 5))
  const extension = tbs
    .next('extensions', 0xa2)
    .inner('list', TAG.sequence)
    .inner('one', TAG.sequence)
    .children()
  expect(extension.next('id', TAG.oid).oid()).toBe(OCSP_OID.nonce)
  expect(extension.next('value', TAG.octetString).content).toEqual(value)
})
