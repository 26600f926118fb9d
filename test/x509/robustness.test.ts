/** Whatever a server sends: a value or a DecodeError, never another exception, never a hang. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DecodeError } from '../../src/errors.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import { readContainer } from '../../src/x509/container.ts'
import { parseCrl } from '../../src/x509/crl.ts'
import {
  authorityInfoAccess,
  certificatePolicies,
  crlDistributionPoints,
  inhibitAnyPolicy,
  nameConstraints,
  policyConstraints,
  policyMappings,
  tlsFeature,
} from '../../src/x509/extension-builders.ts'
import { parseOcspResponse } from '../../src/x509/ocsp.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { encodeSignedData } from '../../src/x509/pkcs7.ts'
import { makeCa, makeCrl, makeLeaf, NOW, testKey } from '../helpers/certs.ts'
import { makeOcsp, makeResponder, nonceExtension } from '../helpers/ocsp.ts'

const root = makeCa(
  { C: 'CN', O: '测试', CN: 'Root' },
  {
    key: testKey('rsa-1024'),
    pss: true,
    extensions: [
      nameConstraints({
        permitted: ['example.com', { type: 'email', value: 'example.com' }],
        excluded: [{ type: 'ip', value: Uint8Array.of(10, 0, 0, 0, 255, 0, 0, 0) }],
      }),
      policyConstraints({ requireExplicitPolicy: 1 }),
      policyMappings(['1.2.3', '1.2.4']),
      inhibitAnyPolicy(0),
    ],
  },
)
const leaf = makeLeaf(['a.example.com', '192.0.2.1', { type: 'uri', value: 'https://a.example' }], {
  issuer: root,
  extensions: [
    authorityInfoAccess({ caIssuers: ['http://a.example/'], ocsp: ['http://o.example'] }),
    crlDistributionPoints('http://c.example/'),
    certificatePolicies('2.23.140.1.2.1'),
    tlsFeature(5),
  ],
  scts: [{ log: testKey(), timestampMs: NOW }],
})
const ocsp = makeOcsp(
  { certificate: leaf, issuer: root },
  {
    signer: makeResponder(root),
    byName: true,
    status: { revokedAt: NOW, reason: 1 },
    extensions: [nonceExtension(Uint8Array.of(1, 2, 3))],
  },
)
const crl = makeCrl({ issuer: root, revoked: [{ serial: Uint8Array.of(5), reason: 1 }] })

/** Reads all there is to read. */
function readCertificate(bytes: Uint8Array): void {
  const certificate = parseCertificate(bytes)
  expect(certificate.faults.every(fault => fault instanceof DecodeError)).toBe(true)
  for (const name of [certificate.subject, certificate.issuer])
    void [name.text, name.key, name.commonName]
  void [certificate.malformedExtensions, certificate.duplicateExtensions, certificate.sha256]
}

const readers: [string, Uint8Array, (bytes: Uint8Array) => unknown][] = [
  ['a CA certificate', root.der, readCertificate],
  ['a server certificate', leaf.der, readCertificate],
  ['a CRL', crl, parseCrl],
  ['an OCSP response', ocsp, parseOcspResponse],
  ['PKCS#7', encodeSignedData([leaf.der, root.der]), readContainer],
  ['PEM', Buffer.from(encodePem(leaf.der) + encodePem(root.der)), readContainer],
]

function survives(read: (bytes: Uint8Array) => unknown, bytes: Uint8Array): void {
  try {
    read(bytes)
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    expect(error.offset).toBeLessThanOrEqual(bytes.length)
  }
}

describe.each(readers)('%s', (_, good, read) => {
  it('itself is read', () => {
    read(good)
  })

  it('cut off anywhere', () => {
    for (let length = 0; length < good.length; length++) survives(read, good.subarray(0, length))
  })

  it('with any one bit flipped', () => {
    const bytes = good.slice()
    for (let bit = 0; bit < good.length * 8; bit++) {
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      survives(read, bytes)
      bytes[bit >> 3] = good[bit >> 3] ?? 0
    }
  })

  it('with a piece cut out, doubled or replaced', () => {
    const index = fc.nat(good.length)
    fc.assert(
      fc.property(index, index, fc.uint8Array({ maxLength: 20 }), (a, b, noise) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        survives(read, new Uint8Array([...good.subarray(0, from), ...noise, ...good.subarray(to)]))
        survives(read, new Uint8Array([...good.subarray(0, to), ...noise, ...good.subarray(from)]))
      }),
      { numRuns: 300 },
    )
  })
})
