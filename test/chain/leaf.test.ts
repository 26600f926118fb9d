import { describe, expect, it } from 'vitest'
import { checkLeaf, type LeafDemands } from '../../src/chain/leaf.ts'
import type { Purpose } from '../../src/chain/purpose.ts'
import { type Policy, RFC5280, WEBPKI } from '../../src/policy.ts'
import { element, integer, oid, sequence } from '../../src/x509/der-writer.ts'
import {
  authorityInfoAccess,
  authorityKeyIdentifier,
  basicConstraints,
  extendedKeyUsage,
  keyUsage,
  nameConstraints,
  precertificatePoison,
  subjectAltNames,
  subjectKeyIdentifier,
} from '../../src/x509/extension-builders.ts'
import { DAY_MS, makeCa, makeLeaf, NOW, parsed, testKey } from '../helpers/certs.ts'

const root = makeCa('Root')
const client: Policy = {
  ...WEBPKI,
  profile: 'client',
  leafEku: 'if-present',
  anyEku: 'accepted',
  lifetimes: [],
}

/** A public key whose point lies on no curve. */
const offCurve = {
  ...testKey(),
  spki: testKey().spki.map((octet, index, all) => (index === all.length - 1 ? octet ^ 1 : octet)),
}

type LeafSpec = NonNullable<Parameters<typeof makeLeaf>[1]>

/** Reasons for which a leaf like this is refused. */
function reasons(
  spec: LeafSpec,
  policy: Policy = WEBPKI,
  {
    at = NOW,
    purpose = 'serverAuth' as Purpose,
    demands = {} as LeafDemands,
    names = ['a.example'],
  } = {},
): string[] {
  const leaf = parsed(makeLeaf(names, { issuer: root, ...spec }))
  return checkLeaf(leaf, { policy, at, purpose }, demands).map(({ reason }) => reason)
}

const critical = <T extends { critical: boolean }>(extension: T): T => ({
  ...extension,
  critical: true,
})

describe('a leaf as it should be', () => {
  it.each([
    ['webpki', WEBPKI],
    ['rfc5280', RFC5280],
    ['client', client],
  ])('has no flaw under %s', (_, policy) => {
    expect(reasons({}, policy)).toEqual([])
    expect(reasons({ key: testKey('rsa-2048') }, policy)).toEqual([])
    expect(reasons({ key: testKey('ed25519') }, policy)).toEqual([])
  })
})

describe('every client refuses', () => {
  it.each([
    ['expired', { notAfter: NOW - 1000 }],
    ['not-yet-valid', { notBefore: NOW + 1000 }],
    ['critical-extension', { extensions: [{ oid: '1.2.3', critical: true, value: integer(1) }] }],
    ['precertificate', { extensions: [precertificatePoison()] }],
    ['duplicate-extension', { extensions: [basicConstraints(false), basicConstraints(false)] }],
    ['malformed-extension', { extensions: [{ ...subjectAltNames('x'), value: integer(1) }] }],
    ['eku-lacks', { extensions: [extendedKeyUsage('clientAuth')] }],
    ['weak-key', { key: testKey('rsa-1024') }],
    ['key-not-accepted', { key: testKey('ec-p224') }],
    ['key-malformed', { key: offCurve }],
    ['weak-hash', { hash: 'SHA-1' }],
    ['signature-algorithms-differ', { innerAlgorithm: sequence(oid('1.2.3')) }],
  ] as const)('%s', (reason, spec) => {
    expect(reasons(spec, client)).toEqual([reason])
    expect(reasons(spec, WEBPKI)).toContain(reason)
  })

  it('all that is wrong, not only the first', () => {
    const spec = { notAfter: NOW - 1000, hash: 'SHA-1', key: testKey('rsa-1024') } as const
    expect(reasons(spec, client).toSorted()).toEqual(['expired', 'weak-hash', 'weak-key'])
  })

  it('and tells the code and the depth', () => {
    const leaf = parsed(makeLeaf(['a.example'], { notAfter: NOW - 1000 }))
    expect(checkLeaf(leaf, { policy: client, at: NOW, purpose: 'serverAuth' })).toMatchObject([
      { code: 'EXPIRED', depth: 0, args: { notAfter: '2026-11-21 23:59:59Z' } },
    ])
  })
})

describe('time counts in whole seconds, both ends included', () => {
  const spec = { notBefore: NOW, notAfter: NOW + 10_000 }
  it.each([
    [NOW - 1, ['not-yet-valid']],
    [NOW, []],
    [NOW + 10_000, []],
    [NOW + 10_999, []],
    [NOW + 11_000, ['expired']],
    [Number.NaN, ['expired']],
  ])('%i', (at, expected) => {
    expect(reasons(spec, client, { at })).toEqual(expected)
  })
})

describe('clients differ', () => {
  it('on an absent extended key usage', () => {
    const spec = { without: ['extendedKeyUsage'] } as const
    expect(reasons(spec, client)).toEqual([])
    expect(reasons(spec, { ...client, leafEku: 'required' })).toEqual(['eku-missing'])
  })

  it('on any extended key usage', () => {
    const spec = { extensions: [extendedKeyUsage('anyExtendedKeyUsage')] }
    expect(reasons(spec, client)).toEqual([])
    expect(reasons(spec, { ...client, anyEku: 'refused' })).toEqual(['eku-lacks'])
  })

  it('on SHA-1 and on keys', () => {
    expect(reasons({ hash: 'SHA-1' }, { ...client, sha1: 'accepted' })).toEqual([])
    const keys = { ...WEBPKI.keys, rsaMinBits: 1024 }
    expect(reasons({ key: testKey('rsa-1024') }, { ...client, keys })).toEqual([])
  })

  it('on lifetimes, by the day of issue', () => {
    const lifetimes = [
      { notBeforeFrom: NOW - 100 * DAY_MS, maxSeconds: 200 * 86_400 },
      { notBeforeFrom: NOW - 10 * DAY_MS, maxSeconds: 100 * 86_400 },
    ]
    const issued = (ago: number, days: number) => {
      const notBefore = NOW - ago * DAY_MS
      const spec = { notBefore, notAfter: notBefore + days * DAY_MS }
      return reasons(spec, { ...client, lifetimes })
    }
    expect(issued(101, 1000)).toEqual([])
    expect(issued(50, 200)).toEqual([])
    expect(issued(50, 201)).toEqual(['lifetime'])
    expect(issued(5, 100)).toEqual([])
    expect(issued(5, 101)).toEqual(['lifetime'])
  })
})

describe('the purpose', () => {
  it('may be the client’s', () => {
    const spec = { extensions: [extendedKeyUsage('clientAuth')] }
    expect(reasons(spec, client, { purpose: 'clientAuth' })).toEqual([])
    expect(reasons({}, client, { purpose: 'clientAuth' })).toEqual(['eku-lacks'])
  })

  it('may be more than one, by name or OID; key usage counts where there is one', () => {
    const extendedKeyUsage = ['serverAuth', '1.3.6.1.5.5.7.3.4']
    expect(reasons({}, client, { demands: { extendedKeyUsage } })).toEqual(['eku-lacks'])
    const keyUsage = ['digitalSignature', 'keyAgreement'] as const
    expect(reasons({}, client, { demands: { keyUsage } })).toEqual(['key-usage-lacks'])
    expect(reasons({ without: ['keyUsage'] }, client, { demands: { keyUsage } })).toEqual([])
  })
})

describe('what a CA must not issue, and a phone takes', () => {
  it.each([
    ['serial-not-positive', { serial: 0 }],
    ['serial-too-long', { serial: new Uint8Array(21).fill(1) }],
    ['issuer-empty', { issuer: { ...root, subject: sequence() } }],
    [
      'must-not-be-critical',
      { extensions: [critical(authorityInfoAccess({ ocsp: ['http://a.example'] }))] },
    ],
    ['must-not-be-critical', { extensions: [critical(subjectKeyIdentifier(Uint8Array.of(1)))] }],
    ['must-not-be-critical', { extensions: [critical(authorityKeyIdentifier(Uint8Array.of(1)))] }],
    ['must-be-critical', { subject: {}, extensions: [subjectAltNames('a.example')] }],
    ['extension-missing', { without: ['authorityKeyIdentifier'] }],
    ['extension-forbidden', { extensions: [nameConstraints({ permitted: ['a.example'] })] }],
    ['cert-sign-without-ca', { extensions: [keyUsage('keyCertSign')] }],
    [
      'encoding',
      {
        extensions: [{ ...basicConstraints(false), value: sequence(element(1, Uint8Array.of(0))) }],
      },
    ],
    ['malformed-extension', { extensions: [{ ...authorityInfoAccess({}), value: integer(1) }] }],
    ['encoding', { extensions: [authorityInfoAccess({})] }],
  ] as const)('by RFC 5280: %s', (reason, spec) => {
    expect(reasons(spec, RFC5280)).toContain(reason)
    expect(reasons(spec, WEBPKI)).toContain(reason)
    expect(reasons(spec, client)).toEqual([])
  })

  it.each([
    ['leaf-is-ca', { extensions: [basicConstraints(true)] }],
    ['eku-missing', { without: ['extendedKeyUsage'] }],
    ['eku-any', { extensions: [extendedKeyUsage('serverAuth', 'anyExtendedKeyUsage')] }],
    ['extension-missing', { without: ['subjectAltName'] }],
    ['must-not-be-critical', { extensions: [critical(subjectAltNames('a.example'))] }],
    ['must-not-be-critical', { extensions: [critical(extendedKeyUsage('serverAuth'))] }],
    ['weak-key', { key: testKey('rsa-2052') }],
    ['lifetime', { notAfter: NOW + 400 * DAY_MS }],
    ['algorithm-not-accepted', { hash: 'SHA-224' }],
    [
      'authority-key-identifier',
      {
        extensions: [
          {
            ...authorityKeyIdentifier(Uint8Array.of(1)),
            value: sequence(
              element(0x80, Uint8Array.of(1)),
              element(0xa1, element(0x82, Uint8Array.of(97))),
              element(0x82, Uint8Array.of(1)),
            ),
          },
        ],
      },
    ],
  ] as const)('by the Baseline Requirements: %s', (reason, spec) => {
    expect(reasons(spec, WEBPKI)).toEqual([reason])
    expect(reasons(spec, RFC5280)).toEqual([])
    expect(reasons(spec, client)).toEqual([])
  })

  it.each([
    'a_b.example',
    '-a.example',
    'a..example',
    '.a.example',
    'a.example.',
    'f*.example',
    'a.*.example',
    '',
  ])('the alternative name "%s"', value => {
    const names = [{ type: 'dns', value } as const]
    const spec = { extensions: [subjectAltNames(...names)] }
    expect(reasons(spec, WEBPKI)).toEqual(['san-malformed'])
    expect(reasons(spec, RFC5280)).toEqual(['san-malformed'])
    expect(reasons(spec, client)).toEqual([])
  })

  it.each(['xn--a.example', 'ab--c.example'])('the label in %s', value => {
    const spec = { extensions: [subjectAltNames({ type: 'dns', value })] }
    expect(reasons(spec, WEBPKI)).toEqual(['san-malformed'])
    expect(reasons(spec, RFC5280)).toEqual([])
  })

  it.each(['xn--fsq.example', 'xn--628h.example', '*.XN--FSQ.example'])(
    'but not the name %s',
    value => {
      const spec = { extensions: [subjectAltNames({ type: 'dns', value })] }
      expect(reasons(spec, WEBPKI)).toEqual([])
    },
  )

  it('a subject without any name', () => {
    const spec = { subject: {}, without: ['subjectAltName'] } as const
    expect(reasons(spec, RFC5280)).toEqual(['extension-missing'])
    expect(reasons(spec, client)).toEqual([])
  })

  it('a salt that is not as long as the hash', () => {
    const rsaRoot = makeCa('RSA', { key: testKey('rsa-2048') })
    const pss = (spec: LeafSpec) => reasons({ ...spec, issuer: rsaRoot, pss: true })
    expect(pss({})).toEqual([])
    expect(pss({ hash: 'SHA-384' })).toEqual([])
    expect(pss({ saltLength: 20, hash: 'SHA-384' })).toEqual(['signature-parameters'])
  })

  it.each(['*', '*.com'])('the wildcard %s', value => {
    const spec = { extensions: [subjectAltNames({ type: 'dns', value })] }
    expect(reasons(spec, WEBPKI)).toEqual(['san-malformed'])
  })

  it('an address of a wrong length, a mailbox without a host', () => {
    const names = [
      { type: 'ip', value: Uint8Array.of(1, 2, 3) },
      { type: 'email', value: 'a' },
      { type: 'uri', value: 'a.example' },
    ] as const
    const spec = { extensions: [subjectAltNames('a.example', ...names)] }
    expect(reasons(spec, WEBPKI)).toEqual(['san-malformed', 'san-malformed', 'san-malformed'])
  })

  it('a commonName beside the alternative names, where that is asked', () => {
    const demands = { commonNameInSan: true }
    expect(reasons({}, WEBPKI, { demands })).toEqual([])
    expect(reasons({ subject: '192.0.2.1' }, WEBPKI, { demands, names: ['192.0.2.1'] })).toEqual([])
    expect(reasons({ subject: 'A.example' }, WEBPKI, { demands })).toEqual([
      'common-name-not-in-san',
    ])
    expect(reasons({ subject: 'A.example' }, WEBPKI)).toEqual([])
    const client = {
      subject: 'Someone',
      extensions: [extendedKeyUsage('clientAuth')],
    }
    expect(reasons(client, WEBPKI, { demands, purpose: 'clientAuth' })).toEqual([])
  })

  it('critical alternative names go with an empty subject', () => {
    const spec = { subject: {}, extensions: [critical(subjectAltNames('a.example'))] }
    expect(reasons(spec, WEBPKI)).toEqual([])
  })
})
