import { describe, expect, it } from 'vitest'
import { readDer } from '../../src/x509/der.ts'
import { bitString, integer, nullValue, oid, sequence } from '../../src/x509/der-writer.ts'
import { ALGORITHM_OID } from '../../src/x509/oids.ts'
import { decodePublicKey } from '../../src/x509/public-key.ts'
import { decodeSignatureAlgorithm } from '../../src/x509/signature-algorithm.ts'
import { type KeyKind, type SigningOptions, signWith } from '../../src/x509/signing-key.ts'
import { verifySignature } from '../../src/x509/verify-signature.ts'
import { testKey } from '../helpers/certs.ts'

const data = new TextEncoder().encode('what is signed')
const algorithmOf = (der: Uint8Array) => decodeSignatureAlgorithm(readDer(der, 'a'), () => {})
const keyOf = (spki: Uint8Array) => decodePublicKey(readDer(spki, 'k'), () => {})

const cases: [KeyKind, SigningOptions][] = [
  ['rsa-1024', { hash: 'MD5' }],
  ['rsa-1024', { hash: 'SHA-1' }],
  ['rsa-2048', { hash: 'SHA-256' }],
  ['rsa-2048', { hash: 'SHA-384' }],
  ['rsa-2048', { hash: 'SHA-512' }],
  ['rsa-2048', { hash: 'SHA-256', pss: true }],
  ['rsa-2048', { hash: 'SHA-384', pss: true }],
  ['rsa-pss-2048', { hash: 'SHA-512' }],
  ['ec-p256', { hash: 'SHA-256' }],
  ['ec-p256', { hash: 'SHA-1' }],
  ['ec-p384', {}],
  ['ec-p521', {}],
  ['ec-p224', {}],
  ['ec-secp256k1', {}],
  ['ed25519', {}],
  ['ed448', {}],
]

describe('verifySignature', () => {
  it.each(cases)('%s %j', (kind, options) => {
    const key = testKey(kind)
    const { algorithm, signature } = signWith(key, data, options)
    const verdict = (message: Uint8Array, made: Uint8Array) =>
      verifySignature(algorithmOf(algorithm), keyOf(key.spki), message, made)
    expect(verdict(data, signature)).toBe('good')
    expect(verdict(data.subarray(1), signature)).toBe('bad')
    const flipped = signature.slice()
    flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1
    expect(verdict(data, flipped)).toBe('bad')
    expect(verdict(data, new Uint8Array(0))).toBe('bad')
    expect(verdict(data, new Uint8Array([...signature, 0]))).toBe('bad')
  })

  it('wants the key that fits the algorithm', () => {
    const { algorithm, signature } = signWith(testKey('ec-p256'), data)
    const verdict = verifySignature(
      algorithmOf(algorithm),
      keyOf(testKey('rsa-2048').spki),
      data,
      signature,
    )
    expect(verdict).toBe('unsupported')
  })

  it.each([
    ['SM2', sequence(oid('1.2.156.10197.1.501'))],
    ['ML-DSA', sequence(oid(ALGORITHM_OID.mlDsa65))],
    ['MD2', sequence(oid('1.2.840.113549.1.1.2'), nullValue())],
    ['RSA-PSS without parameters', sequence(oid(ALGORITHM_OID.rsaPss))],
    ['unknown', sequence(oid('1.2.3'))],
  ])('does not judge %s', (_, algorithm) => {
    const key = keyOf(testKey('rsa-2048').spki)
    expect(verifySignature(algorithmOf(algorithm), key, data, new Uint8Array(256))).toBe(
      'unsupported',
    )
  })

  it.each([
    [
      'a point that is not on the curve',
      sequence(
        sequence(oid(ALGORITHM_OID.ec), oid('1.2.840.10045.3.1.7')),
        bitString(new Uint8Array(65).fill(4)),
      ),
    ],
    [
      'a curve by its parameters',
      sequence(sequence(oid(ALGORITHM_OID.ec), sequence()), bitString(new Uint8Array(65).fill(4))),
    ],
  ])('does not judge with %s', (_, spki) => {
    const { algorithm, signature } = signWith(testKey('ec-p256'), data)
    expect(verifySignature(algorithmOf(algorithm), keyOf(spki), data, signature)).toBe(
      'unsupported',
    )
  })

  it('is quick to refuse an RSA key of absurd size', () => {
    const key = sequence(
      sequence(oid(ALGORITHM_OID.rsa), nullValue()),
      bitString(sequence(integer(new Uint8Array(8192).fill(0xff)), integer(65_537))),
    )
    const { algorithm, signature } = signWith(testKey('rsa-2048'), data)
    expect(verifySignature(algorithmOf(algorithm), keyOf(key), data, signature)).toBe('unsupported')
  })
})
