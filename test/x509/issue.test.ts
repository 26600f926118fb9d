import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { tlsFeature } from '../../src/x509/extension-builders.ts'
import { importKey, type KeyKind, signWith } from '../../src/x509/signing-key.ts'
import { DAY_MS, makeCa, makeLeaf, NOW, parsed, testKey } from '../helpers/certs.ts'

const kinds: KeyKind[] = [
  'rsa-2048',
  'rsa-pss-2048',
  'ec-p256',
  'ec-p384',
  'ec-p521',
  'ed25519',
  'ed448',
]

describe('what is issued', () => {
  it.each(kinds)('with a key of the kind %s verifies in node:crypto', kind => {
    const root = makeCa('Root', { key: testKey(kind) })
    const leaf = makeLeaf(['a.example'], { issuer: root })
    const issuer = new X509Certificate(root.der)
    expect(issuer.ca).toBe(true)
    expect(issuer.verify(issuer.publicKey)).toBe(true)
    expect(new X509Certificate(leaf.der).verify(issuer.publicKey)).toBe(true)
    expect(new X509Certificate(leaf.der).checkIssued(issuer)).toBe(true)
    expect(new X509Certificate(leaf.der).checkHost('a.example')).toBe('a.example')
  })

  it('can be wrong in every way a test needs', () => {
    const root = makeCa('Root', { key: testKey('rsa-2048') })
    const certificate = (spec: Parameters<typeof makeLeaf>[1]) =>
      parsed(makeLeaf(['a.example'], { issuer: root, ...spec }))
    expect(certificate({ hash: 'SHA-1' }).signatureAlgorithm.label).toBe('SHA-1 with RSA')
    expect(certificate({ pss: true }).signatureAlgorithm.label).toBe('RSA-PSS with SHA-256')
    expect(certificate({ without: ['subjectAltName'] }).subjectAltName).toBeNull()
    expect(certificate({ without: ['extendedKeyUsage'] }).extendedKeyUsage).toBeNull()
    expect(certificate({ notAfter: NOW + 1825 * DAY_MS }).notAfter).toBe(NOW + 1825 * DAY_MS)
    expect(certificate({ serial: 0 }).serialHex).toBe('00')
    expect(certificate({ extensions: [tlsFeature(5)] }).tlsFeature).toEqual([5])
    const { der } = makeLeaf(['a.example'], { issuer: root, corrupted: true })
    expect(new X509Certificate(der).verify(new X509Certificate(root.der).publicKey)).toBe(false)
  })

  it('has a positive serial number of 16 octets that differs', () => {
    const serials = Array.from({ length: 20 }, () => parsed(makeLeaf(['a.example'])).serial)
    for (const serial of serials) {
      expect(serial).toHaveLength(16)
      expect(serial[0]).toBeLessThan(0x80)
    }
    expect(new Set(serials.map(String)).size).toBe(20)
  })
})

describe('a signing key', () => {
  it('comes back from PKCS#8', () => {
    const key = testKey('ec-p256')
    const again = importKey(new Uint8Array(key.privateKey.export({ type: 'pkcs8', format: 'der' })))
    expect(again.spki).toEqual(key.spki)
  })

  it('refuses what it cannot do', () => {
    expect(() => signWith(testKey('ec-p256'), new Uint8Array(), { hash: 'MD5' })).toThrow(
      RangeError,
    )
  })
})
