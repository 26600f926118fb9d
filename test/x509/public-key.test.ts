import { describe, expect, it } from 'vitest'
import { readDer } from '../../src/x509/der.ts'
import { bitString, integer, nullValue, oid, sequence } from '../../src/x509/der-writer.ts'
import { ALGORITHM_OID } from '../../src/x509/oids.ts'
import { decodePublicKey } from '../../src/x509/public-key.ts'
import { testKey } from '../helpers/certs.ts'

function read(spki: Uint8Array) {
  const faults: string[] = []
  const key = decodePublicKey(readDer(spki, 'spki'), fault => faults.push(fault.reason))
  return { ...key, faults }
}

const rsaKey = (
  modulus: Uint8Array,
  exponent: Uint8Array,
  algorithm = [oid(ALGORITHM_OID.rsa), nullValue()],
) => sequence(sequence(...algorithm), bitString(sequence(integer(modulus), integer(exponent))))

describe('a public key', () => {
  it.each([
    ['rsa-1024', 'RSA', 1024, 'RSA 1024'],
    ['rsa-2048', 'RSA', 2048, 'RSA 2048'],
    ['rsa-pss-2048', 'RSA-PSS', 2048, 'RSA-PSS 2048'],
    ['ec-p224', 'EC-other', 224, 'EC P-224'],
    ['ec-p256', 'P-256', 256, 'EC P-256'],
    ['ec-p384', 'P-384', 384, 'EC P-384'],
    ['ec-p521', 'P-521', 521, 'EC P-521'],
    ['ec-secp256k1', 'EC-other', 256, 'EC secp256k1'],
    ['ed25519', 'Ed25519', 256, 'Ed25519'],
    ['ed448', 'Ed448', 448, 'Ed448'],
  ] as const)('of the kind %s', (kind, algorithm, bits, label) => {
    const { spki, keyBits } = testKey(kind)
    expect(read(spki)).toMatchObject({ algorithm, bits, label, spki, keyBits, faults: [] })
  })

  it('tells the modulus in bits, whatever its first octet', () => {
    const key = rsaKey(Uint8Array.of(0x01, 0x80, 0x01), Uint8Array.of(1, 0, 1))
    expect(read(key)).toMatchObject({
      bits: 17,
      rsa: { modulus: Uint8Array.of(1, 0x80, 1), exponent: Uint8Array.of(1, 0, 1) },
    })
  })

  it('of SM2 and ML-DSA is named', () => {
    const sm2 = sequence(
      sequence(oid(ALGORITHM_OID.ec), oid('1.2.156.10197.1.301')),
      bitString(new Uint8Array(65)),
    )
    expect(read(sm2)).toMatchObject({ algorithm: 'SM2', label: 'SM2', faults: [] })
    const mlDsa = sequence(sequence(oid(ALGORITHM_OID.mlDsa65)), bitString(new Uint8Array(1952)))
    expect(read(mlDsa)).toMatchObject({ algorithm: 'ML-DSA', label: 'ML-DSA-65', faults: [] })
  })

  it('of DSA has the bits of its prime', () => {
    const parameters = sequence(integer(new Uint8Array(128).fill(0xff)), integer(3), integer(2))
    const dsa = sequence(sequence(oid(ALGORITHM_OID.dsa), parameters), bitString(integer(5)))
    expect(read(dsa)).toMatchObject({ algorithm: 'DSA', bits: 1024, faults: [] })
  })

  it('of an unknown algorithm shows its identifier', () => {
    const key = sequence(sequence(oid('1.2.3.4')), bitString(new Uint8Array(3)))
    expect(read(key)).toMatchObject({ algorithm: 'unknown', bits: 0, label: '1.2.3.4' })
  })

  it.each([
    [
      'RSA without NULL',
      rsaKey(Uint8Array.of(0x81), Uint8Array.of(3), [oid(ALGORITHM_OID.rsa)]),
      'not NULL',
    ],
    [
      'RSA that is no SEQUENCE',
      sequence(sequence(oid(ALGORITHM_OID.rsa), nullValue()), bitString(integer(1))),
      'SEQUENCE expected',
    ],
    [
      'a curve given by parameters',
      sequence(sequence(oid(ALGORITHM_OID.ec), sequence()), bitString(new Uint8Array(65))),
      'named curve',
    ],
    [
      'Ed25519 of 31 octets',
      sequence(sequence(oid(ALGORITHM_OID.ed25519)), bitString(new Uint8Array(31))),
      'wrong length',
    ],
    [
      'Ed25519 with parameters',
      sequence(sequence(oid(ALGORITHM_OID.ed25519), nullValue()), bitString(new Uint8Array(32))),
      'parameters',
    ],
  ])('is read and noted: %s', (_, spki, reason) => {
    expect(read(spki).faults.join()).toContain(reason)
  })
})
