/** What the profiles ask of CAs; `leaf.test.ts` has what they ask of leaves. */
import { describe, expect, it } from 'vitest'
import { issuerFlaws } from '../../src/chain/validate.ts'
import { type Policy, RFC5280, WEBPKI } from '../../src/policy.ts'
import { element, sequence } from '../../src/x509/der-writer.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  extendedKeyUsage,
  inhibitAnyPolicy,
  keyIdentifier,
  nameConstraints,
  policyConstraints,
  subjectKeyIdentifier,
} from '../../src/x509/extension-builders.ts'
import { makeCa, NOW, parsed, testKey } from '../helpers/certs.ts'

type CaSpec = NonNullable<Parameters<typeof makeCa>[1]>
type Role = 'intermediate' | 'anchor'

const root = makeCa('Root')
const client: Policy = { ...WEBPKI, profile: 'client' }

/** Reasons against a CA like this: below a root, or as an anchor that signed itself. */
function reasons(role: Role, spec: CaSpec, policy: Policy): string[] {
  const issuer = role === 'intermediate' ? { issuer: root } : {}
  const certificate = parsed(makeCa(spec.subject ?? 'CA', { ...issuer, ...spec }))
  const judgement = { policy, at: NOW, purpose: 'serverAuth' } as const
  return [...issuerFlaws(certificate, role, judgement)].map(({ reason }) => reason)
}

const aki = (...content: Uint8Array[]) => ({
  ...authorityKeyIdentifier(new Uint8Array()),
  value: sequence(...content),
})
const optional = <T extends { critical: boolean }>(extension: T): T => ({
  ...extension,
  critical: false,
})

describe.each(['intermediate', 'anchor'] as const)('an %s', role => {
  it('as it should be has no flaw', () => {
    for (const policy of [WEBPKI, RFC5280, client]) expect(reasons(role, {}, policy)).toEqual([])
  })

  it.each([
    ['extension-missing', { without: ['subjectKeyIdentifier'] }],
    [
      'must-not-be-critical',
      { extensions: [{ ...subjectKeyIdentifier(Uint8Array.of(1)), critical: true }] },
    ],
    ['must-be-critical', { extensions: [optional(basicConstraints(true))] }],
    [
      'must-be-critical',
      { extensions: [optional(policyConstraints({ requireExplicitPolicy: 1 }))] },
    ],
    ['must-be-critical', { extensions: [optional(inhibitAnyPolicy(1))] }],
    ['subject-empty', { subject: {} }],
  ] as const)('by RFC 5280: %s', (reason, spec) => {
    expect(reasons(role, spec, RFC5280)).toContain(reason)
    expect(reasons(role, spec, WEBPKI)).toContain(reason)
    expect(reasons(role, spec, client)).toEqual([])
  })

  it.each([
    ['no key identifier', aki()],
    [
      'issuer and serial',
      aki(element(0xa1, element(0x82, Uint8Array.of(97))), element(0x82, Uint8Array.of(1))),
    ],
  ])('by the Baseline Requirements: an authority key identifier with %s', (_, extension) => {
    expect(reasons(role, { extensions: [extension] }, WEBPKI)).toContain('authority-key-identifier')
    expect(reasons(role, { extensions: [extension] }, client)).toEqual([])
  })

  it('may have name constraints that are not critical', () => {
    const extensions = [optional(nameConstraints({ permitted: ['example.com'] }))]
    expect(reasons(role, { extensions }, WEBPKI)).toEqual([])
  })

  it('with an RSA key of an odd size is against the Baseline Requirements', () => {
    expect(reasons(role, { key: testKey('rsa-2052') }, WEBPKI)).toEqual(['weak-key'])
    expect(reasons(role, { key: testKey('rsa-2052') }, RFC5280)).toEqual([])
  })
})

describe('an intermediate', () => {
  it('names its issuer’s key', () => {
    const spec = { without: ['authorityKeyIdentifier'] } as const
    expect(reasons('intermediate', spec, RFC5280)).toEqual(['extension-missing'])
    expect(reasons('anchor', spec, RFC5280)).toEqual([])
    expect(reasons('anchor', { ...spec, issuer: root }, RFC5280)).toEqual([])
  })

  it('keeps to serial numbers and DER, an anchor need not', () => {
    expect(reasons('intermediate', { serial: 0 }, RFC5280)).toEqual(['serial-not-positive'])
    expect(reasons('anchor', { serial: 0 }, RFC5280)).toEqual([])
    const sloppy = {
      ...basicConstraints(true),
      value: sequence(element(1, Uint8Array.of(0xff)), element(2, Uint8Array.of(0))),
    }
    expect(reasons('intermediate', { extensions: [sloppy] }, RFC5280)).toEqual([])
  })

  it('with an extended key usage must pass the purpose on', () => {
    const mail = { extensions: [extendedKeyUsage('emailProtection')] }
    const any = { extensions: [extendedKeyUsage('anyExtendedKeyUsage')] }
    expect(reasons('intermediate', mail, client)).toEqual(['eku-lacks'])
    expect(reasons('intermediate', any, client)).toEqual([])
    expect(reasons('intermediate', mail, { ...client, intermediateEku: 'ignored' })).toEqual([])
  })
})

describe('a root', () => {
  it('has no extended key usage by the Baseline Requirements', () => {
    const spec = { extensions: [extendedKeyUsage('serverAuth')] }
    expect(reasons('anchor', spec, WEBPKI)).toEqual(['extension-forbidden'])
    expect(reasons('anchor', { ...spec, issuer: root }, WEBPKI)).toEqual([])
    expect(reasons('anchor', spec, RFC5280)).toEqual([])
  })

  it('names its own key, if any', () => {
    const extensions = [authorityKeyIdentifier(keyIdentifier(Uint8Array.of(1)))]
    expect(reasons('anchor', { extensions }, WEBPKI)).toEqual(['authority-key-identifier'])
    expect(reasons('anchor', { extensions }, RFC5280)).toEqual([])
  })

  it('of version 1 is one for RFC 5280, without basic constraints of version 3 is none', () => {
    const old = {
      version: 1,
      without: ['basicConstraints', 'keyUsage', 'subjectKeyIdentifier', 'authorityKeyIdentifier'],
    } as const
    expect(reasons('anchor', old, client)).toEqual([])
    expect(reasons('anchor', old, WEBPKI)).toContain('version')
    expect(reasons('anchor', { without: ['basicConstraints'] }, RFC5280)).toEqual([
      'extension-missing',
    ])
  })
})
