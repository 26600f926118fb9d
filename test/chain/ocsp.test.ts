import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type OcspQuestion, statusByOcsp } from '../../src/chain/ocsp.ts'
import { CLOCK_TOLERANCE_MS, troubleText } from '../../src/chain/status.ts'
import { TAG } from '../../src/x509/der.ts'
import { element, nullValue, octetString, oid, sequence } from '../../src/x509/der-writer.ts'
import { DAY_MS, makeCa, makeLeaf, NOW, parsed, testKey } from '../helpers/certs.ts'
import { makeOcsp, makeResponder, nonceExtension, wrongResponses } from '../helpers/ocsp.ts'

const issuer = makeCa('CA')
const certificate = makeLeaf(['leaf.example'], { issuer, serial: Uint8Array.of(0x80, 5) })
const subject = { certificate, issuer }
const stranger = makeCa('Other CA')
const other = { certificate: makeLeaf(['other.example'], { issuer: stranger }), issuer: stranger }

const NONCE = octetString(Uint8Array.of(1, 2, 3, 4))
const question: OcspQuestion = {
  certificate: parsed(certificate),
  issuer: parsed(issuer),
  at: NOW,
  nonce: null,
}
const judge = (der: Uint8Array, change: Partial<OcspQuestion> = {}) =>
  statusByOcsp(der, { ...question, ...change })
const GOOD = { state: 'good' }

describe('a response', () => {
  it('that is good: by key or by name, from the issuer or from somebody it certified', () => {
    expect(judge(makeOcsp(subject))).toEqual(GOOD)
    expect(judge(makeOcsp(subject, { byName: true }))).toEqual(GOOD)
    const signer = makeResponder(issuer)
    expect(judge(makeOcsp(subject, { signer }))).toEqual(GOOD)
    expect(judge(makeOcsp(subject, { signer, byName: true }))).toEqual(GOOD)
  })

  it('signed with RSA, PSS, P-384, Ed25519 and SHA-1', () => {
    for (const kind of ['rsa-2048', 'rsa-pss-2048', 'ec-p384', 'ed25519'] as const) {
      const signer = makeResponder(issuer, { key: testKey(kind) })
      expect(judge(makeOcsp(subject, { signer }))).toEqual(GOOD)
    }
    expect(judge(makeOcsp(subject, { hash: 'SHA-1' }))).toEqual(GOOD)
  })

  it('that names the certificate by SHA-256', () => {
    const hash = (bytes: Uint8Array) => octetString(createHash('sha256').update(bytes).digest())
    const { issuer: name, serial } = parsed(certificate)
    const id = sequence(
      sequence(oid('2.16.840.1.101.3.4.2.1'), nullValue()),
      hash(name.raw),
      hash(issuer.key.keyBits),
      element(TAG.integer, serial),
    )
    expect(judge(makeOcsp(subject, { id }))).toEqual(GOOD)
  })

  it('that revokes, with when and why', () => {
    const revokedAt = NOW - 3 * DAY_MS
    expect(judge(makeOcsp(subject, { status: { revokedAt, reason: 1 } }))).toEqual({
      state: 'revoked',
      revokedAt,
      reason: 'keyCompromise',
    })
    expect(judge(makeOcsp(subject, { status: { revokedAt } }))).toMatchObject({
      reason: 'unspecified',
    })
  })

  it('without a next update speaks for a day', () => {
    const made = makeOcsp(subject, { thisUpdate: NOW - DAY_MS + 1000, nextUpdate: undefined })
    expect(judge(made)).toEqual(GOOD)
    expect(judge(made, { at: NOW + CLOCK_TOLERANCE_MS + 2000 })).toMatchObject({
      trouble: { code: 'ocsp-late' },
    })
  })

  it('is current by a tolerance of five minutes, and no longer', () => {
    const made = makeOcsp(subject, { thisUpdate: NOW, nextUpdate: NOW + DAY_MS })
    const from = NOW - CLOCK_TOLERANCE_MS
    const until = NOW + DAY_MS + CLOCK_TOLERANCE_MS
    for (const at of [from, until]) expect(judge(made, { at })).toEqual(GOOD)
    expect(judge(made, { at: from - 1 })).toMatchObject({ trouble: { code: 'ocsp-early' } })
    expect(judge(made, { at: until + 1 })).toMatchObject({ trouble: { code: 'ocsp-late' } })
  })

  it('repeats the nonce or has none', () => {
    const repeat = (value: number) =>
      makeOcsp(subject, { extensions: [nonceExtension(Uint8Array.of(value, 2, 3, 4))] })
    expect(judge(repeat(1), { nonce: NONCE })).toEqual(GOOD)
    expect(judge(makeOcsp(subject), { nonce: NONCE })).toEqual(GOOD)
    expect(judge(repeat(1))).toEqual(GOOD)
    expect(judge(repeat(9), { nonce: NONCE })).toMatchObject({
      trouble: { code: 'ocsp-nonce' },
    })
  })

  it('that speaks twice of a certificate means what is newer', () => {
    const older = { thisUpdate: NOW - 2 * DAY_MS, nextUpdate: NOW + DAY_MS } as const
    const status = { revokedAt: NOW - 3 * DAY_MS }
    expect(judge(makeOcsp(subject, { more: [{ ...older, status }] }))).toEqual(GOOD)
    const newest = makeOcsp(subject, { ...older, more: [{ thisUpdate: NOW, status }] })
    expect(judge(newest)).toMatchObject({ state: 'revoked' })
  })

  it('for the same name and number under another key is about another certificate', () => {
    const twin = makeCa('CA')
    const made = makeOcsp({ certificate, issuer: twin })
    expect(judge(made)).toMatchObject({ trouble: { code: 'ocsp-other' } })
  })
})

describe('a response tells nothing', () => {
  it.each(wrongResponses(subject, other))('%s: %s', (_, code, der) => {
    const status = judge(der)
    expect(status).toMatchObject({ state: 'unknown', trouble: { code } })
    if (status.state !== 'unknown') return
    const { en, 'zh-CN': zh } = troubleText(status.trouble)
    expect(en + zh).not.toMatch(/\{|undefined|\(\)/)
  })
})
