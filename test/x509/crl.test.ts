import { describe, expect, it } from 'vitest'
import { parseCrl } from '../../src/x509/crl.ts'
import { octetString, sequence } from '../../src/x509/der-writer.ts'
import { verifySignature } from '../../src/x509/verify-signature.ts'
import { DAY_MS, makeCa, makeCrl, NOW, parsed } from '../helpers/certs.ts'

const root = makeCa('Root')

describe('parseCrl', () => {
  it('reads a list and its entries', () => {
    const crl = parseCrl(
      makeCrl({
        issuer: root,
        revoked: [{ serial: Uint8Array.of(0x80, 1), reason: 1 }, { serial: Uint8Array.of(2) }],
      }),
    )
    expect(crl).toMatchObject({
      thisUpdate: NOW - DAY_MS,
      nextUpdate: NOW + 7 * DAY_MS,
      number: 7n,
      baseNumber: null,
      scope: null,
      unknownCritical: [],
      signatureAlgorithmsAgree: true,
      faults: [],
    })
    expect(crl.issuer.key).toBe(parsed(root).subject.key)
    expect([...crl.revoked]).toEqual([
      ['008001', { revokedAt: NOW - DAY_MS, reason: 1 }],
      ['02', { revokedAt: NOW - DAY_MS, reason: null }],
    ])
    const { signatureAlgorithm, tbs, signature } = crl
    expect(verifySignature(signatureAlgorithm, parsed(root).publicKey, tbs, signature)).toBe('good')
  })

  it('reads an empty list, a delta, a scope', () => {
    const scope = sequence(Uint8Array.of(0x81, 1, 0xff), Uint8Array.of(0x84, 1, 0xff))
    const crl = parseCrl(makeCrl({ issuer: root, base: 5, scope }))
    expect(crl.revoked.size).toBe(0)
    expect(crl.baseNumber).toBe(5n)
    expect(crl.scope).toMatchObject({
      onlyUserCertificates: true,
      onlyCaCertificates: false,
      indirect: true,
      onlySomeReasons: false,
      fullName: null,
    })
  })

  it('tells critical extensions it does not know, of the list and of entries', () => {
    const extension = (oid: string) => ({
      oid,
      critical: true,
      value: octetString(new Uint8Array()),
    })
    const crl = parseCrl(
      makeCrl({
        issuer: root,
        revoked: [{ serial: Uint8Array.of(1), extensions: [extension('1.2.3')] }],
        extensions: [extension('1.2.4')],
      }),
    )
    expect(crl.unknownCritical).toEqual(['1.2.3', '1.2.4'])
  })

  it.each([['a number', { number: null }, 'CRL without a number']] as const)(
    'notes a list without %s',
    (_, spec, reason) => {
      expect(
        parseCrl(makeCrl({ issuer: root, ...spec })).faults.map(fault => fault.reason),
      ).toEqual([reason])
    },
  )

  it('refuses what is none', () => {
    expect(() => parseCrl(root.der)).toThrow(/^crl\./)
    expect(() => parseCrl(new Uint8Array(3))).toThrow('crl: SEQUENCE expected')
  })
})
