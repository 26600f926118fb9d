import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type VerifyInput, type VerifyResult, verifyChain } from '../../src/chain/verify-chain.ts'
import { extendedKeyUsage } from '../../src/x509/extension-builders.ts'
import { DAY_MS, makeCa, makeCrl, makeLeaf, NOW } from '../helpers/certs.ts'
import { AN_END_MS } from '../helpers/patience.ts'

const root = makeCa('Root')
const mid = makeCa('Mid', { issuer: root })
const names = ['a.example', '192.0.2.1', { type: 'email', value: 'a@example.com' }] as const
const leaf = makeLeaf(names, { issuer: mid, serial: 55 })

function verify(input: Partial<VerifyInput> = {}): VerifyResult {
  return verifyChain({
    leaf: leaf.der,
    intermediates: [mid.der],
    anchors: [root.der],
    name: { type: 'dns', value: 'a.example' },
    time: NOW,
    purpose: 'serverAuth',
    ...input,
  })
}

const code = (input: Partial<VerifyInput> = {}) => verify(input).error?.code ?? 'OK'

describe('verifyChain', () => {
  it('gives the chain from leaf to anchor', () => {
    expect(verify()).toEqual({
      ok: true,
      chain: [leaf.der, mid.der, root.der],
      paths: [],
      stats: { signatures: 2, ncComparisons: 0, buildCalls: 2 },
    })
  })

  it('gives the error, where it is, and why each path failed', () => {
    const expired = makeCa('Mid', { issuer: root, key: mid.key, notAfter: NOW - DAY_MS })
    expect(verify({ intermediates: [expired.der] })).toMatchObject({
      ok: false,
      error: {
        code: 'EXPIRED',
        depth: 1,
        subject: 'Mid',
        message: 'Mid: expired on 2026-11-21 00:00:00Z',
      },
      paths: [{ chain: [leaf.der, expired.der], error: { code: 'EXPIRED', depth: 1 } }],
      stats: { signatures: 1 },
    })
  })

  it('checks the name: DNS, address, mailbox, one or more', () => {
    expect(code({ name: null })).toBe('OK')
    expect(code({ name: { type: 'dns', value: 'b.example' } })).toBe('HOSTNAME')
    expect(code({ name: { type: 'ip', value: '192.0.2.1' } })).toBe('OK')
    expect(code({ name: { type: 'ip', value: '192.0.2.2' } })).toBe('HOSTNAME')
    expect(code({ name: { type: 'ip', value: 'a.example' } })).toBe('HOSTNAME')
    expect(code({ name: { type: 'email', value: 'a@EXAMPLE.com' } })).toBe('OK')
    expect(code({ name: { type: 'email', value: 'b@example.com' } })).toBe('HOSTNAME')
    expect(code({ peerNames: [{ type: 'dns', value: 'a.example' }] })).toBe('OK')
    expect(code({ peerNames: [{ type: 'dns', value: 'b.example' }] })).toBe('HOSTNAME')
  })

  it('checks time, purpose, key usage', () => {
    expect(code({ time: NOW + 61 * DAY_MS })).toBe('EXPIRED')
    expect(code({ time: NOW - 31 * DAY_MS })).toBe('NOT_YET_VALID')
    expect(code({ purpose: 'clientAuth' })).toBe('EKU')
    expect(code({ extendedKeyUsage: ['serverAuth'] })).toBe('OK')
    expect(code({ extendedKeyUsage: ['codeSigning'] })).toBe('EKU')
    expect(code({ keyUsage: ['digitalSignature'] })).toBe('OK')
    expect(code({ keyUsage: ['keyEncipherment'] })).toBe('KEY_USAGE')
    expect(code({ keyUsage: null })).toBe('OK')
  })

  it('checks what the caller demands of signatures and depth', () => {
    expect(code({ signatureAlgorithms: ['ECDSA with SHA-256'] })).toBe('OK')
    expect(code({ signatureAlgorithms: ['1.2.840.10045.4.3.2'] })).toBe('OK')
    expect(code({ signatureAlgorithms: ['SHA-256 with RSA'] })).toBe('WEAK_SIGNATURE')
    expect(code({ maxChainDepth: 1 })).toBe('OK')
    expect(code({ maxChainDepth: 0 })).toBe('LIMIT')
    expect(code({ maxChainDepth: null })).toBe('OK')
    expect(code({ limits: { signatures: 1 } })).toBe('LIMIT')
  })

  it('checks revocation where it is asked to', () => {
    const crls = [makeCrl({ issuer: root }), makeCrl({ issuer: mid })]
    const revoking = makeCrl({ issuer: mid, revoked: [{ serial: Uint8Array.of(55) }] })
    expect(code({ revocation: 'crl-all' })).toBe('CRL')
    expect(code({ revocation: 'crl-all', crls })).toBe('OK')
    expect(code({ revocation: 'crl-all', crls: [...crls, revoking] })).toBe('REVOKED')
    expect(code({ crls: [...crls, revoking] })).toBe('OK')
    expect(code({ revocation: 'crl-all', crls: [...crls, Uint8Array.of(1, 2)] })).toBe('OK')
  })

  it('differs by profile', () => {
    const bare = makeLeaf(['a.example'], { issuer: mid, without: ['extendedKeyUsage'] })
    expect(code({ leaf: bare.der })).toBe('EKU')
    expect(code({ leaf: bare.der, profile: 'webpki' })).toBe('EKU')
    expect(code({ leaf: bare.der, profile: 'rfc5280' })).toBe('OK')
    const named = makeLeaf(['a.example'], { issuer: mid, subject: 'b.example' })
    expect(code({ leaf: named.der })).toBe('OK')
    expect(code({ leaf: named.der, commonName: 'br' })).toBe('PROFILE')
  })

  it('names the fault of the leaf before the missing issuer', () => {
    const wrong = makeLeaf(['a.example'], {
      issuer: mid,
      extensions: [extendedKeyUsage('clientAuth')],
    })
    expect(code({ leaf: wrong.der, intermediates: [] })).toBe('EKU')
    expect(code({ intermediates: [] })).toBe('NO_PATH')
  })

  it('takes bytes that are no certificate', () => {
    expect(verify({ leaf: Uint8Array.of(1, 2, 3) })).toEqual({
      ok: false,
      error: {
        code: 'PARSE',
        depth: 0,
        message:
          'not a readable certificate (certificate: SEQUENCE expected, BOOLEAN found at byte 0)',
      },
      paths: [],
      stats: { signatures: 0, ncComparisons: 0, buildCalls: 0 },
    })
    const junk = [new Uint8Array(0), Uint8Array.of(0x30, 0x80)]
    expect(code({ intermediates: [...junk, mid.der], anchors: [...junk, root.der] })).toBe('OK')
    expect(code({ anchors: junk })).toBe('NO_PATH')
  })

  it('never throws, and takes no damaged chain for a whole one', () => {
    const parts = [leaf.der, mid.der, root.der]
    fc.assert(
      fc.property(fc.nat(2), fc.nat(), fc.nat(7), (part, at, bit) => {
        const damaged = parts.map(der => der.slice())
        const bytes = damaged[part]!
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << bit)
        const [end, intermediate, anchor] = damaged
        const result = verify({ leaf: end!, intermediates: [intermediate!], anchors: [anchor!] })
        // The anchor's own signature is nobody's concern; all else is signed, or the signature itself.
        if (part !== 2) expect(result.ok).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('is quick on hostile input', () => {
    const started = performance.now()
    // The intermediate with its signature damaged in a thousand ways: candidates that all look alike.
    const noise = Array.from({ length: 1000 }, (_, index) => {
      const der = mid.der.slice()
      der[der.length - 1 - (index % 8)]! ^= (index >> 3) + 1
      return der
    })
    expect(code({ intermediates: noise })).toBe('LIMIT')
    expect(performance.now() - started).toBeLessThan(AN_END_MS)
  })
})
