import { describe, expect, it } from 'vitest'
import { readDer } from '../../src/x509/der.ts'
import { explicit, integer, nullValue, oid, sequence } from '../../src/x509/der-writer.ts'
import { ALGORITHM_OID } from '../../src/x509/oids.ts'
import { decodeSignatureAlgorithm } from '../../src/x509/signature-algorithm.ts'

const SHA256 = '2.16.840.1.101.3.4.2.1'
const SHA384 = '2.16.840.1.101.3.4.2.2'

function read(algorithm: Uint8Array) {
  const faults: string[] = []
  const info = decodeSignatureAlgorithm(readDer(algorithm, 'a'), fault => faults.push(fault.reason))
  return { ...info, faults }
}

function pss(hash: string, mask: string, salt: number, ...rest: Uint8Array[]): Uint8Array {
  const hashAlgorithm = (dotted: string) => sequence(oid(dotted), nullValue())
  return sequence(
    oid(ALGORITHM_OID.rsaPss),
    sequence(
      explicit(0, hashAlgorithm(hash)),
      explicit(1, sequence(oid(ALGORITHM_OID.mgf1), hashAlgorithm(mask))),
      explicit(2, integer(salt)),
      ...rest,
    ),
  )
}

describe('a signature algorithm', () => {
  it.each([
    ['1.2.840.113549.1.1.11', [nullValue()], 'SHA-256 with RSA', 'RSA', 'SHA-256', true],
    ['1.2.840.113549.1.1.11', [], 'SHA-256 with RSA', 'RSA', 'SHA-256', false],
    ['1.2.840.113549.1.1.5', [nullValue()], 'SHA-1 with RSA', 'RSA', 'SHA-1', true],
    ['1.2.840.113549.1.1.4', [nullValue()], 'MD5 with RSA', 'RSA', 'MD5', true],
    ['1.2.840.10045.4.3.3', [], 'ECDSA with SHA-384', 'ECDSA', 'SHA-384', true],
    ['1.2.840.10045.4.3.2', [nullValue()], 'ECDSA with SHA-256', 'ECDSA', 'SHA-256', false],
    ['1.3.101.112', [], 'Ed25519', 'Ed25519', 'none', true],
    ['1.2.156.10197.1.501', [], 'SM2 with SM3', 'SM2', 'SM3', true],
    ['2.16.840.1.101.3.4.3.18', [], 'ML-DSA-65', 'ML-DSA', 'none', true],
    ['1.2.3', [], '1.2.3', 'unknown', 'unknown', true],
  ])('%s', (dotted, parameters, label, family, hash, parametersExact) => {
    const raw = sequence(oid(dotted), ...parameters)
    expect(read(raw)).toMatchObject({ oid: dotted, label, family, hash, parametersExact, raw })
  })

  it('RSA-PSS has its hash and salt in its parameters', () => {
    expect(read(pss(SHA256, SHA256, 32))).toMatchObject({
      label: 'RSA-PSS with SHA-256',
      hash: 'SHA-256',
      pssSaltLength: 32,
      parametersExact: true,
    })
  })

  it.each([
    ['two hashes', pss(SHA256, SHA384, 32), null],
    ['another trailer', pss(SHA256, SHA256, 32, explicit(3, integer(2))), null],
    ['no parameters', sequence(oid(ALGORITHM_OID.rsaPss)), null],
    ['an unknown hash', pss('1.2.3', '1.2.3', 32), null],
    ['a default that is spelt out', pss(SHA256, SHA256, 32, explicit(3, integer(1))), 32],
  ])('RSA-PSS with %s is not exact', (_, algorithm, pssSaltLength) => {
    expect(read(algorithm)).toMatchObject({
      family: 'RSA-PSS',
      pssSaltLength,
      parametersExact: false,
    })
  })

  it('RSA-PSS whose fields are left out means SHA-1', () => {
    const algorithm = sequence(oid(ALGORITHM_OID.rsaPss), sequence())
    expect(read(algorithm)).toMatchObject({
      hash: 'SHA-1',
      pssSaltLength: 20,
      parametersExact: true,
    })
  })

  it('notes parameters it cannot read', () => {
    const algorithm = sequence(oid(ALGORITHM_OID.rsaPss), sequence(integer(1)))
    expect(read(algorithm)).toMatchObject({
      hash: 'unknown',
      faults: ['14 bytes too many'.replace('14', '3')],
    })
  })
})
