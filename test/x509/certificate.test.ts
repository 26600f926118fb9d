import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { toHex, utf8 } from '../../src/bytes.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import { readDer } from '../../src/x509/der.ts'
import {
  element,
  ia5String,
  integer,
  octetString,
  oid,
  sequence,
} from '../../src/x509/der-writer.ts'
import {
  authorityInfoAccess,
  basicConstraints,
  certificatePolicies,
  crlDistributionPoints,
  extendedKeyUsage,
  inhibitAnyPolicy,
  keyUsage,
  type NewExtension,
  nameConstraints,
  policyConstraints,
  policyMappings,
  precertificatePoison,
  subjectAltNames,
  tlsFeature,
} from '../../src/x509/extension-builders.ts'
import { issueCertificate } from '../../src/x509/issue.ts'
import { EXTENSION_OID } from '../../src/x509/oids.ts'
import { DAY_MS, makeCa, makeLeaf, NOW, parsed, testKey } from '../helpers/certs.ts'

const root = makeCa({ C: 'CN', O: 'Test', CN: 'Root' }, { key: testKey('rsa-2048') })
const leaf = makeLeaf(['api.example.com', '10.0.0.1'], { issuer: root })

/** A certificate with these extensions and no other. */
function withExtensions(...extensions: NewExtension[]) {
  return parsed(
    issueCertificate({
      subject: 'x',
      key: testKey(),
      notBefore: NOW,
      notAfter: NOW + DAY_MS,
      extensions,
    }),
  )
}

describe('parseCertificate', () => {
  it('reads every field', () => {
    const certificate = parsed(leaf)
    expect(certificate).toMatchObject({
      version: 3,
      notBefore: NOW - 30 * DAY_MS,
      notAfter: NOW + 60 * DAY_MS,
      selfIssued: false,
      signatureAlgorithmsAgree: true,
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
      basicConstraints: { ca: false, pathLength: null },
      nameConstraints: null,
      duplicateExtensions: [],
      malformedExtensions: [],
      faults: [],
    })
    expect(certificate.issuer.text).toBe('CN=Root, O=Test, C=CN')
    expect(certificate.subject.commonName).toBe('api.example.com')
    expect(certificate.publicKey.label).toBe('EC P-256')
    expect(certificate.signatureAlgorithm.label).toBe('SHA-256 with RSA')
    expect(certificate.subjectAltName).toEqual([
      { type: 'dns', value: 'api.example.com' },
      { type: 'ip', value: Uint8Array.of(10, 0, 0, 1) },
    ])
    expect(certificate.authorityKeyIdentifier?.keyId).toEqual(parsed(root).subjectKeyIdentifier)
  })

  it('agrees with node:crypto', () => {
    for (const issued of [root, leaf]) {
      const ours = parsed(issued)
      const theirs = new X509Certificate(issued.der)
      expect(ours.serialHex.toUpperCase()).toBe(theirs.serialNumber)
      expect(ours.notBefore).toBe(Date.parse(theirs.validFrom))
      expect(ours.notAfter).toBe(Date.parse(theirs.validTo))
      expect(ours.sha256.toUpperCase()).toBe(theirs.fingerprint256.replaceAll(':', ''))
      expect(ours.publicKey.spki).toEqual(
        new Uint8Array(theirs.publicKey.export({ type: 'spki', format: 'der' })),
      )
    }
  })

  it('keeps what is signed as it came', () => {
    const certificate = parsed(leaf)
    const header = leaf.der.length - certificate.tbs.length
    expect(header).toBeGreaterThan(0)
    expect(toHex(leaf.der)).toContain(toHex(certificate.tbs))
    expect(certificate.der).toBe(leaf.der)
  })

  it('knows versions, and notes extensions before version 3', () => {
    const common = { subject: 'x', key: testKey(), notBefore: NOW, notAfter: NOW + DAY_MS }
    expect(parsed(issueCertificate({ ...common, version: 1 }))).toMatchObject({
      version: 1,
      faults: [],
    })
    const second = parsed(
      issueCertificate({ ...common, version: 2, extensions: [basicConstraints(false)] }),
    )
    expect(second.version).toBe(2)
    expect(second.faults.map(fault => fault.reason)).toEqual([
      'extensions in a version 2 certificate',
    ])
  })

  it('notes unique identifiers, which nobody may write', () => {
    const common = { subject: 'x', key: testKey(), notBefore: NOW, notAfter: NOW + DAY_MS }
    const outer = readDer(issueCertificate(common).der, 'certificate').children()
    const tbs = outer.next()
    const rest = [...outer.rest()].map(node => node.raw)
    const identifier = element(0x81, Uint8Array.of(0, 1))
    const der = sequence(sequence(tbs.content, identifier), ...rest)
    expect(parseCertificate(der).faults.map(fault => fault.reason)).toEqual([
      'unique identifier in a version 3 certificate',
    ])
  })

  it('tells when two signature algorithms are named', () => {
    const other = sequence(oid('1.2.840.10045.4.3.3'))
    expect(
      parsed(makeLeaf(['a.example'], { innerAlgorithm: other })).signatureAlgorithmsAgree,
    ).toBe(false)
  })

  it('says what is wrong at which byte', () => {
    const broken = leaf.der.slice()
    broken[1] = 0x80
    expect(() => parseCertificate(broken)).toThrow('certificate: indefinite length at byte 0')
    expect(() => parseCertificate(leaf.der.subarray(0, 100))).toThrow(
      /certificate: \d+ bytes of content/,
    )
    expect(() => parseCertificate(new Uint8Array(0))).toThrow('certificate: missing at byte 0')
    expect(() => parseCertificate(utf8('-----BEGIN'))).toThrow('SEQUENCE expected, tag 2d found')
  })

  it('refuses what no certificate needs: more than a mebibyte', () => {
    const huge = sequence(octetString(new Uint8Array(1 << 20)))
    expect(() => parseCertificate(huge)).toThrow(/certificate of 10485\d\d bytes/)
  })
})

describe('extensions', () => {
  it('of CAs', () => {
    const certificate = withExtensions(
      basicConstraints(true, 2),
      keyUsage('keyCertSign', 'cRLSign'),
      nameConstraints({
        permitted: ['example.com', { type: 'ip', value: Uint8Array.of(10, 0, 0, 0, 255, 0, 0, 0) }],
        excluded: [{ type: 'email', value: '.example.com' }],
      }),
      certificatePolicies('2.23.140.1.2.1', '2.5.29.32.0'),
      policyMappings(['1.2.3', '1.2.4']),
      policyConstraints({ requireExplicitPolicy: 0, inhibitPolicyMapping: 3 }),
      inhibitAnyPolicy(1),
    )
    expect(certificate).toMatchObject({
      basicConstraints: { ca: true, pathLength: 2 },
      keyUsage: ['keyCertSign', 'cRLSign'],
      nameConstraints: {
        permitted: [
          { type: 'dns', value: 'example.com' },
          { type: 'ip', value: Uint8Array.of(10, 0, 0, 0, 255, 0, 0, 0) },
        ],
        excluded: [{ type: 'email', value: '.example.com' }],
      },
      certificatePolicies: [
        { oid: '2.23.140.1.2.1', statements: [] },
        { oid: '2.5.29.32.0', statements: [] },
      ],
      policyMappings: [{ issuer: '1.2.3', subject: '1.2.4' }],
      policyConstraints: { requireExplicitPolicy: 0, inhibitPolicyMapping: 3 },
      inhibitAnyPolicy: 1,
      faults: [],
    })
    expect(certificate.isCritical('nameConstraints')).toBe(true)
    expect(certificate.isCritical('certificatePolicies')).toBe(false)
    expect(certificate.isCritical('freshestCrl')).toBe(false)
  })

  it('of servers', () => {
    const certificate = withExtensions(
      extendedKeyUsage('serverAuth', 'clientAuth', '1.2.3.4'),
      authorityInfoAccess({ caIssuers: ['http://a.example/ca.cer'], ocsp: ['http://o.example'] }),
      crlDistributionPoints('http://c.example/1.crl'),
      tlsFeature(5),
      precertificatePoison(),
    )
    expect(certificate).toMatchObject({
      extendedKeyUsage: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2', '1.2.3.4'],
      authorityInfoAccess: { caIssuers: ['http://a.example/ca.cer'], ocsp: ['http://o.example'] },
      crlDistributionPoints: [
        {
          fullName: [{ type: 'uri', value: 'http://c.example/1.crl' }],
          relativeName: null,
          onlySomeReasons: false,
          crlIssuer: null,
        },
      ],
      tlsFeature: [5],
      precertificatePoison: true,
      faults: [],
    })
  })

  it('names of every kind', () => {
    const names = [
      { type: 'dns', value: 'a.example' },
      { type: 'email', value: 'a@example.com' },
      { type: 'uri', value: 'https://a.example/' },
      { type: 'ip', value: Uint8Array.of(192, 0, 2, 1) },
      { type: 'directory', value: parsed(root).subject },
      { type: 'other', oid: '1.2.3', value: octetString(Uint8Array.of(1)) },
      { type: 'registeredId', value: '1.2.3' },
      { type: 'unsupported', tag: 3, value: Uint8Array.of(5, 0) },
    ] as const
    const { subjectAltName, faults } = withExtensions(subjectAltNames(...names))
    expect(faults).toEqual([])
    expect(subjectAltName?.map(({ type }) => type)).toEqual(names.map(({ type }) => type))
    expect(subjectAltName?.filter(({ type }) => type !== 'directory')).toEqual(
      names.filter(({ type }) => type !== 'directory'),
    )
    const directory = subjectAltName?.find(name => name.type === 'directory')
    expect(directory?.value.key).toBe(parsed(root).subject.key)
  })

  it('unknown ones stay as they are', () => {
    const extension = { oid: '1.2.3.4.5', critical: true, value: utf8('not DER') }
    const certificate = withExtensions(extension)
    expect(certificate.extensions).toMatchObject([extension])
    expect(certificate.faults).toEqual([])
  })

  it('that stand twice are told, and the first one counts', () => {
    const certificate = withExtensions(basicConstraints(true), basicConstraints(false))
    expect(certificate.duplicateExtensions).toEqual([EXTENSION_OID.basicConstraints])
    expect(certificate.basicConstraints?.ca).toBe(true)
  })

  it.each([
    ['basicConstraints', octetString(Uint8Array.of(1)), 'SEQUENCE expected'],
    ['basicConstraints', sequence(integer(1), integer(2)), 'bytes too many'],
    ['keyUsage', sequence(), 'BIT STRING expected'],
    ['extendedKeyUsage', sequence(integer(1)), 'OBJECT IDENTIFIER expected'],
    ['subjectAltName', sequence(ia5String('x')), 'no GeneralName'],
    ['subjectAltName', utf8('junk'), 'bytes of content expected'],
    [
      'nameConstraints',
      sequence(element(0xa0, sequence(element(0x82), element(0x80, Uint8Array.of(1))))),
      'minimum',
    ],
    ['authorityInfoAccess', sequence(integer(1)), 'SEQUENCE expected'],
    [
      'signedCertificateTimestamps',
      octetString(Uint8Array.of(0, 1, 2)),
      '2 bytes expected, 1 left',
    ],
    ['signedCertificateTimestamps', octetString(Uint8Array.of(0, 0)), 'no timestamp'],
    ['precertificatePoison', integer(1), 'NULL expected'],
  ] as const)('malformed %s counts as absent and is told', (key, value, reason) => {
    const certificate = withExtensions({ oid: EXTENSION_OID[key], critical: false, value })
    expect(certificate[key]).toBeNull()
    expect(certificate.malformedExtensions).toEqual([key])
    expect(certificate.faults).toHaveLength(1)
    const [fault] = certificate.faults
    expect(fault?.reason).toContain(reason)
    expect(fault?.path).toContain(`extensions.${key}`)
    const at = Buffer.from(certificate.der).indexOf(value)
    expect(fault?.offset).toBeGreaterThanOrEqual(at)
    expect(fault?.offset).toBeLessThanOrEqual(at + value.length)
  })

  it.each([
    ['basicConstraints', sequence(element(1, Uint8Array.of(0))), 'FALSE is the default'],
    ['basicConstraints', sequence(integer(0)), 'pathLenConstraint without cA'],
    ['keyUsage', element(3, Uint8Array.of(0, 0x80)), 'trailing zero bits'],
    ['keyUsage', element(3, Uint8Array.of(0)), 'no usage'],
    ['extendedKeyUsage', sequence(), 'no key purpose'],
    ['subjectAltName', sequence(), 'no name'],
    ['subjectAltName', sequence(element(0x82, utf8('é.example'))), 'not ASCII'],
    ['nameConstraints', sequence(), 'neither permitted nor excluded'],
    ['nameConstraints', sequence(element(0xa0)), 'no subtree'],
    ['authorityInfoAccess', sequence(), 'no access description'],
    ['authorityKeyIdentifier', sequence(element(0x82, Uint8Array.of(1))), 'go together'],
    ['policyConstraints', sequence(), 'empty'],
    [
      'certificatePolicies',
      sequence(sequence(oid('1.2.3')), sequence(oid('1.2.3'))),
      'stands twice',
    ],
  ] as const)('sloppy %s is read and noted', (key, value, reason) => {
    const certificate = withExtensions({ oid: EXTENSION_OID[key], critical: false, value })
    expect(certificate[key]).not.toBeNull()
    expect(certificate.malformedExtensions).toEqual([])
    expect(certificate.faults.map(fault => fault.reason).join()).toContain(reason)
  })
})
