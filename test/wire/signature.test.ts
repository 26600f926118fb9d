import { constants, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { SCHEMES, type SchemeName } from '../../src/wire/names.ts'
import { verify12, verify13 } from '../../src/wire/signature.ts'
import { ProtocolViolation } from '../../src/wire/violation.ts'
import type { KeyKind } from '../../src/x509/signing-key.ts'
import { testKey } from '../helpers/certs.ts'

const CONTENT = Buffer.from('what is signed')

interface Case {
  readonly scheme: SchemeName
  readonly key: KeyKind
  readonly hash: string | null
  readonly pss?: true
  /** TLS 1.3 takes it as well. */
  readonly modern?: true
}

const CASES: readonly Case[] = [
  { scheme: 'rsa_pkcs1_sha1', key: 'rsa-2048', hash: 'sha1' },
  { scheme: 'rsa_sha224', key: 'rsa-2048', hash: 'sha224' },
  { scheme: 'rsa_pkcs1_sha256', key: 'rsa-2048', hash: 'sha256' },
  { scheme: 'rsa_pkcs1_sha512', key: 'rsa-1024', hash: 'sha512' },
  { scheme: 'rsa_pss_rsae_sha256', key: 'rsa-2048', hash: 'sha256', pss: true, modern: true },
  { scheme: 'rsa_pss_rsae_sha512', key: 'rsa-2048', hash: 'sha512', pss: true, modern: true },
  { scheme: 'rsa_pss_pss_sha256', key: 'rsa-pss-2048', hash: 'sha256', pss: true, modern: true },
  { scheme: 'ecdsa_sha1', key: 'ec-p256', hash: 'sha1' },
  { scheme: 'ecdsa_secp256r1_sha256', key: 'ec-p256', hash: 'sha256', modern: true },
  { scheme: 'ecdsa_secp384r1_sha384', key: 'ec-p384', hash: 'sha384', modern: true },
  { scheme: 'ecdsa_secp521r1_sha512', key: 'ec-p521', hash: 'sha512', modern: true },
  { scheme: 'ed25519', key: 'ed25519', hash: null, modern: true },
  { scheme: 'ed448', key: 'ed448', hash: null, modern: true },
]

describe.each(CASES)('$scheme', ({ scheme, key, hash, pss, modern }) => {
  const { privateKey } = testKey(key)
  const publicKey = createPublicKey(privateKey)
  const padding = {
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  }
  const signature = sign(hash, CONTENT, pss ? { key: privateKey, ...padding } : privateKey)

  test('verifies in TLS 1.2, and in TLS 1.3 only where that knows it', () => {
    expect(() => verify12(SCHEMES[scheme], publicKey, CONTENT, signature)).not.toThrow()
    const newer = () => verify13(SCHEMES[scheme], publicKey, CONTENT, signature)
    if (modern) expect(newer).not.toThrow()
    else expect(newer).toThrow('in TLS 1.3')
  })

  test('refuses another content, another signature and every other kind of key', () => {
    const wrong = Buffer.from(signature)
    wrong[8]! ^= 1
    expect(() => verify12(SCHEMES[scheme], publicKey, Buffer.from('x'), signature)).toThrow(
      ProtocolViolation,
    )
    expect(() => verify12(SCHEMES[scheme], publicKey, CONTENT, wrong)).toThrow(ProtocolViolation)
    expect(() => verify12(SCHEMES[scheme], publicKey, CONTENT, Buffer.alloc(0))).toThrow(
      'not signed',
    )
    for (const other of ['rsa-2048', 'rsa-pss-2048', 'ec-p256', 'ed25519'] as const) {
      const otherKey = createPublicKey(testKey(other).privateKey)
      if (otherKey.asymmetricKeyType !== publicKey.asymmetricKeyType)
        expect(() => verify12(SCHEMES[scheme], otherKey, CONTENT, signature)).toThrow(
          'with a key of',
        )
    }
  })
})

test('TLS 1.3 binds ECDSA to its curve, TLS 1.2 does not', () => {
  const { privateKey } = testKey('ec-p384')
  const publicKey = createPublicKey(privateKey)
  const signature = sign('sha256', CONTENT, privateKey)
  const scheme = SCHEMES.ecdsa_secp256r1_sha256
  expect(() => verify12(scheme, publicKey, CONTENT, signature)).not.toThrow()
  expect(() => verify13(scheme, publicKey, CONTENT, signature)).toThrow('with a key of secp384r1')
})

test('TLS 1.3 has a salt as long as the hash', () => {
  const { privateKey } = testKey('rsa-2048')
  const key = { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 20 }
  const signature = sign('sha256', CONTENT, key)
  expect(() =>
    verify13(SCHEMES.rsa_pss_rsae_sha256, createPublicKey(privateKey), CONTENT, signature),
  ).toThrow('not signed')
})

test('before TLS 1.2 the hash follows from the key', () => {
  const dsa = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 })
  const keys = [
    ['md5-sha1', testKey('rsa-2048').privateKey],
    ['sha1', testKey('ec-p256').privateKey],
    ['sha1', dsa.privateKey],
  ] as const
  for (const [hash, privateKey] of keys) {
    const signature = sign(hash, CONTENT, privateKey)
    expect(() => verify12(null, createPublicKey(privateKey), CONTENT, signature)).not.toThrow()
    const other = sign('sha256', CONTENT, privateKey)
    expect(() => verify12(null, createPublicKey(privateKey), CONTENT, other)).toThrow('not signed')
  }
  const edwards = createPublicKey(testKey('ed25519').privateKey)
  expect(() => verify12(null, edwards, CONTENT, CONTENT)).toThrow('with a key of ed25519')
})

test("a scheme we cannot compute is not the key's", () => {
  const key = createPublicKey(testKey('ec-p256').privateKey)
  for (const scheme of [SCHEMES.mldsa44, SCHEMES.sm2sig_sm3, 0xfefe])
    for (const verify of [verify12, verify13])
      expect(() => verify(scheme, key, CONTENT, CONTENT)).toThrow('with a key of prime256v1')
})
