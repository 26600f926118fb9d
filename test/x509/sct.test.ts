import { createHash, createPublicKey, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { concat, fromHex } from '../../src/bytes.ts'
import { precertificatePoison } from '../../src/x509/extension-builders.ts'
import { precertificateTbs } from '../../src/x509/precertificate.ts'
import { decodeSctList, encodeSctList, sctSigningInput } from '../../src/x509/sct.ts'
import { signWith } from '../../src/x509/signing-key.ts'
import { makeCa, makeLeaf, NOW, parsed, testKey } from '../helpers/certs.ts'

const root = makeCa('Root')
const logs = [testKey('ec-p256', 900), testKey('rsa-2048')]
const leaf = makeLeaf(['a.example'], {
  issuer: root,
  scts: logs.map(log => ({ log, timestampMs: NOW })),
})

describe('timestamps embedded in a certificate', () => {
  it('are decoded', () => {
    expect(parsed(leaf).signedCertificateTimestamps).toMatchObject([
      { version: 0, timestampMs: NOW, hashAlgorithm: 4, signatureAlgorithm: 3 },
      { version: 0, timestampMs: NOW, hashAlgorithm: 4, signatureAlgorithm: 1 },
    ])
    expect(parsed(leaf).faults).toEqual([])
  })

  it('verify over the precertificate', () => {
    const certificate = parsed(leaf)
    const issuerKeyHash = createHash('sha256').update(parsed(root).publicKey.spki).digest()
    const tbs = precertificateTbs(certificate)
    for (const [index, sct] of (certificate.signedCertificateTimestamps ?? []).entries()) {
      const spki = logs[index]?.spki ?? new Uint8Array()
      const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
      expect(Buffer.from(sct.logId)).toEqual(createHash('sha256').update(spki).digest())
      const input = sctSigningInput(sct, { type: 'precert', issuerKeyHash, tbs })
      expect(verify('sha256', input, key, sct.signature)).toBe(true)
      const other = sctSigningInput(sct, { type: 'x509', certificate: certificate.der })
      expect(verify('sha256', other, key, sct.signature)).toBe(false)
    }
  })

  it('stand for the precertificate without its poison', () => {
    const spec = { issuer: root, serial: 5 }
    const precertificate = makeLeaf(['a.example'], {
      ...spec,
      extensions: [precertificatePoison()],
    })
    const final = makeLeaf(['a.example'], { ...spec, scts: [{ log: logs[0]!, timestampMs: NOW }] })
    expect(precertificateTbs(parsed(precertificate))).toEqual(precertificateTbs(parsed(final)))
  })
})

describe('a list of timestamps', () => {
  const sct = {
    version: 0,
    logId: new Uint8Array(32).fill(1),
    timestampMs: 2 ** 41 + 5,
    extensions: Uint8Array.of(9),
    hashAlgorithm: 4,
    signatureAlgorithm: 3,
    signature: signWith(testKey(), new Uint8Array()).signature,
  }

  it('goes to bytes and back', () => {
    expect(decodeSctList(encodeSctList([sct, sct]))).toMatchObject([sct, sct])
  })

  it('of another version is kept as unknown', () => {
    expect(decodeSctList(fromHex('0005 0003 010203'))).toMatchObject([
      { version: 1, timestampMs: 0 },
    ])
  })

  it.each([
    ['', '2 bytes expected'],
    ['0000', 'no timestamp'],
    ['0003 0001 00', '32 bytes expected'],
    ['0004 0005 00 00', '5 bytes expected'],
    ['0003 0001 01 ff', '1 bytes too many'],
  ])('refuses %s', (hex, reason) => {
    expect(() => decodeSctList(fromHex(hex))).toThrow(reason)
  })

  it('has a limit', () => {
    const one = fromHex('0001 01')
    const many = concat(Array.from({ length: 101 }, () => one))
    expect(() => decodeSctList(concat([fromHex('012f'), many]))).toThrow('more than 100')
  })
})
