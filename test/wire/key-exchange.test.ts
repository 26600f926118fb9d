import { createHash, ECDH } from 'node:crypto'
import { ml_kem768, ml_kem1024 } from '@noble/post-quantum/ml-kem.js'
import { describe, expect, test } from 'vitest'
import { concat, fromHex, toHex } from '../../src/bytes.ts'
import { createDhShare, ffdheGroup, ffdhePrime, isDhValue } from '../../src/wire/ffdhe.ts'
import { ML_KEM_768, ML_KEM_1024, SEED } from '../../src/wire/kem-keys.ts'
import { createKeyShare } from '../../src/wire/key-exchange.ts'
import { GROUPS, type GroupName } from '../../src/wire/names.ts'
import { ProtocolViolation } from '../../src/wire/violation.ts'

const share = (name: GroupName, random: (length: number) => Uint8Array) =>
  createKeyShare(GROUPS[name], random)!
const filled = (byte: number) => (length: number) => new Uint8Array(length).fill(byte)

test('X25519 as in RFC 8448 §3, X448 as in RFC 7748 §6.2', () => {
  const x25519 = share('x25519', () =>
    fromHex('49af42ba7f7994852d713ef2784bcbcaa7911de26adc5642cb634540e7ea5005'),
  )
  expect(toHex(x25519.publicKey)).toBe(
    '99381de560e4bd43d23d8e435a7dbafeb3c06e51c13cae4d5413691e529aaf2c',
  )
  expect(
    toHex(
      x25519.agree(fromHex('c9828876112095fe66762bdbf7c672e156d6cc253b833df1dd69b1b04e751f0f')),
    ),
  ).toBe('8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d')
  const x448 = share('x448', () =>
    fromHex(`9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28d
      d9c9baf574a9419744897391006382a6f127ab1d9ac2d8c0a598726b`),
  )
  expect(toHex(x448.publicKey)).toBe(
    '9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c' +
      '22c5d9bbc836647241d953d40c5b12da88120d53177f80e532c41fa0',
  )
  const bob = fromHex(`3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b430
    27d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609`)
  expect(toHex(x448.agree(bob))).toBe(
    '07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282b' +
      'b60c0b56fd2464c335543936521c24403085d59a449a5037514a879d',
  )
})

describe('each group', () => {
  const names: readonly GroupName[] = [
    'x25519',
    'x448',
    'secp224r1',
    'secp256r1',
    'secp256k1',
    'secp384r1',
    'secp521r1',
    'brainpoolP256r1',
    'brainpoolP384r1',
    'brainpoolP512r1',
    'brainpoolP256r1tls13',
    'ffdhe2048',
    'ffdhe3072',
  ]

  test.each(names)('%s: both sides agree, whatever the random bytes are', name => {
    for (const byte of [0, 1, 0x7f, 0xff]) {
      const [ours, theirs] = [share(name, filled(byte)), share(name, filled(byte ^ 0x55))]
      expect(toHex(ours.agree(theirs.publicKey))).toBe(toHex(theirs.agree(ours.publicKey)))
    }
  })

  test.each(names)('%s: a value that is not of it is a violation', name => {
    const ours = share(name, filled(3))
    const length = ours.publicKey.length
    for (const peer of [
      new Uint8Array(),
      new Uint8Array(length),
      new Uint8Array(length).fill(255),
      ours.publicKey.subarray(1),
    ])
      if (!(name.startsWith('x') && peer[0] === 255))
        expect(() => ours.agree(peer)).toThrow(ProtocolViolation)
  })
})

test('a compressed point is none', () => {
  const point = ECDH.convertKey(
    share('secp256r1', filled(5)).publicKey,
    'prime256v1',
    undefined,
    undefined,
    'compressed',
  )
  expect(() => share('secp256r1', filled(3)).agree(point as Buffer)).toThrow(ProtocolViolation)
})

test('a group without arithmetic gives none', () => {
  expect(createKeyShare(GROUPS.curveSM2, filled(1))).toBeNull()
})

describe('hybrids', () => {
  test('the public halves written down are those that ML-KEM derives from the seed', () => {
    expect(toHex(ML_KEM_768)).toBe(toHex(ml_kem768.keygen(SEED).publicKey))
    expect(toHex(ML_KEM_1024)).toBe(toHex(ml_kem1024.keygen(SEED).publicKey))
  })

  test.each([
    ['X25519MLKEM768', ml_kem768, 'x25519', false],
    ['SecP256r1MLKEM768', ml_kem768, 'secp256r1', true],
    ['SecP384r1MLKEM1024', ml_kem1024, 'secp384r1', true],
  ] as const)('%s agrees with a server that encapsulates', async (name, kem, curve, curveFirst) => {
    const ours = share(name, filled(9))
    const theirs = share(curve, filled(17))
    const curveLength = theirs.publicKey.length
    const [ofCurve, ofKem] = curveFirst
      ? [ours.publicKey.subarray(0, curveLength), ours.publicKey.subarray(curveLength)]
      : [ours.publicKey.subarray(-curveLength), ours.publicKey.subarray(0, -curveLength)]
    const { cipherText, sharedSecret } = kem.encapsulate(ofKem)
    const order = (a: Uint8Array, b: Uint8Array) => concat(curveFirst ? [a, b] : [b, a])
    await ours.prepare?.()
    const secret = ours.agree(order(theirs.publicKey, cipherText))
    expect(toHex(secret)).toBe(toHex(order(theirs.agree(ofCurve), sharedSecret)))
    expect(() => ours.agree(order(theirs.publicKey, cipherText).subarray(1))).toThrow(
      ProtocolViolation,
    )
  })
})

describe('groups over a prime field', () => {
  /** The first bytes of the SHA-256 of each prime, as GnuTLS 3.7 holds it. */
  const primes = [
    ['ffdhe2048', 2048, '9cd3b7f336872f46'],
    ['ffdhe3072', 3072, '0eaf67db3a839156'],
    ['ffdhe4096', 4096, '4648414224ac881b'],
    ['ffdhe6144', 6144, '227ac9066b3ddd9e'],
    ['ffdhe8192', 8192, '770b14efaf6f0499'],
  ] as const

  test.each(primes)('%s is the prime of RFC 7919', (name, bits, digest) => {
    const prime = ffdhePrime(GROUPS[name])!
    expect(prime).toHaveLength(bits / 8)
    expect(createHash('sha256').update(prime).digest('hex').slice(0, 16)).toBe(digest)
    expect(ffdheGroup(prime)).toBe(GROUPS[name])
  })

  test('another prime has no name, another group no prime', () => {
    expect(ffdheGroup(new Uint8Array(256).fill(255))).toBeNull()
    expect(ffdheGroup(Uint8Array.of(23))).toBeNull()
    expect(ffdhePrime(GROUPS.x25519)).toBeNull()
  })

  test('values of no use are refused', () => {
    const prime = ffdhePrime(GROUPS.ffdhe2048)!
    const last = prime.slice()
    last[255] = 0xfe
    expect(
      [[], [0], [1], prime, last].map(value => isDhValue(Uint8Array.from(value), prime)),
    ).toEqual(Array(5).fill(false))
    expect(isDhValue(Uint8Array.of(2), prime)).toBe(true)
    expect(isDhValue(Uint8Array.of(2), new Uint8Array())).toBe(false)
  })

  test('shares and secrets are as long as the prime', () => {
    const prime = ffdhePrime(GROUPS.ffdhe2048)!
    const one = createDhShare(0, prime, Uint8Array.of(2), filled(0))
    expect(one.publicKey).toHaveLength(256)
    expect(one.agree(Uint8Array.of(2))).toHaveLength(256)
  })
})
