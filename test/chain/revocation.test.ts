import { describe, expect, it } from 'vitest'
import { Budget, DEFAULT_LIMITS } from '../../src/chain/limits.ts'
import { revocationProblem } from '../../src/chain/revocation.ts'
import { parseCrl } from '../../src/x509/crl.ts'
import { element, explicit, octetString, sequence } from '../../src/x509/der-writer.ts'
import {
  crlDistributionPoints,
  encodeGeneralName,
  keyUsage,
} from '../../src/x509/extension-builders.ts'
import { EXTENSION_OID } from '../../src/x509/oids.ts'
import {
  type CrlSpec,
  DAY_MS,
  freshKey,
  makeCa,
  makeCrl,
  makeLeaf,
  NOW,
  parsed,
} from '../helpers/certs.ts'

const url = 'http://c.example/1.crl'
const root = makeCa('Root')
const mid = makeCa('Mid', { issuer: root, serial: 77 })
const leaf = makeLeaf(['leaf'], {
  issuer: mid,
  serial: 55,
  extensions: [crlDistributionPoints(url)],
})
const rootCrl = makeCrl({ issuer: root })
const serial = Uint8Array.of(55)

/** Reason, depth and detail of the problem with leaf < mid < root and these lists, or null. */
function problem(crls: Uint8Array[], path = [leaf, mid, root]): string | null {
  const budget = new Budget(DEFAULT_LIMITS)
  const found = revocationProblem(path.map(parsed), crls.map(parseCrl), NOW, budget)
  return (
    found &&
    [found.reason, found.depth, found.args['detail'] ?? found.args['cause'] ?? ''].join(' ').trim()
  )
}

/** With the list of the root as it should be, and this one of the intermediate. */
const withMid = (spec: Partial<CrlSpec>) => problem([rootCrl, makeCrl({ issuer: mid, ...spec })])

/** IssuingDistributionPoint with these fields. */
const scope = (...fields: Uint8Array[]) => sequence(...fields)
const flag = (number: number) => element(0x80 | number, Uint8Array.of(0xff))
const named = (uri: string) =>
  explicit(0, explicit(0, encodeGeneralName({ type: 'uri', value: uri })))

describe('a certificate below the anchor', () => {
  it('is good where its issuer’s list does not name it', () => {
    expect(withMid({})).toBeNull()
    expect(withMid({ revoked: [{ serial: Uint8Array.of(56) }] })).toBeNull()
  })

  it('is revoked where it does: leaf or intermediate', () => {
    expect(withMid({ revoked: [{ serial, reason: 1 }] })).toBe('revoked 0 keyCompromise')
    expect(withMid({ revoked: [{ serial }] })).toBe('revoked 0 unspecified')
    const revoking = makeCrl({ issuer: root, revoked: [{ serial: Uint8Array.of(77), reason: 2 }] })
    expect(problem([revoking, makeCrl({ issuer: mid })])).toBe('revoked 1 cACompromise')
  })

  it('needs a list; the anchor needs none', () => {
    expect(problem([])).toBe('crl-missing 0')
    expect(problem([rootCrl])).toBe('crl-missing 0')
    expect(problem([makeCrl({ issuer: mid })])).toBe('crl-missing 1')
    expect(problem([makeCrl({ issuer: mid })], [leaf, mid])).toBeNull()
  })

  it('is judged by any list that is of use', () => {
    const old = makeCrl({ issuer: mid, nextUpdate: NOW - 1000 })
    expect(problem([rootCrl, old, makeCrl({ issuer: mid })])).toBeNull()
    const revoking = makeCrl({ issuer: mid, revoked: [{ serial }] })
    expect(problem([rootCrl, makeCrl({ issuer: mid }), revoking])).toBe('revoked 0 unspecified')
  })
})

describe('a list is of no use', () => {
  it.each([
    ['CRL without a number', { number: null }],
    ['not yet issued', { thisUpdate: NOW + 1000 }],
    ['out of date', { nextUpdate: NOW - 1000 }],
    ['without a next update', { nextUpdate: null }],
    ['its signature does not verify', { key: freshKey() }],
    [
      'critical extension 1.2.3',
      { extensions: [{ oid: '1.2.3', critical: true, value: octetString(serial) }] },
    ],
    [
      'critical extension 1.2.3',
      {
        revoked: [
          {
            serial: Uint8Array.of(1),
            extensions: [{ oid: '1.2.3', critical: true, value: octetString(serial) }],
          },
        ],
      },
    ],
    [
      'CRL number is critical',
      {
        extensions: [
          { oid: EXTENSION_OID.crlNumber, critical: true, value: element(2, Uint8Array.of(1)) },
        ],
      },
    ],
    ['no complete list', { base: 5 }],
    ['indirect', { scope: scope(flag(4)) }],
    ['for some reasons alone', { scope: scope(element(0x83, Uint8Array.of(6, 0x40))) }],
    ['for attribute certificates', { scope: scope(flag(5)) }],
    ['for CAs alone', { scope: scope(flag(2)) }],
    ['of another distribution point', { scope: scope(named('http://c.example/2.crl')) }],
    [
      'issuingDistributionPoint is not critical',
      {
        extensions: [
          { oid: EXTENSION_OID.issuingDistributionPoint, critical: false, value: scope(flag(1)) },
        ],
      },
    ],
  ] as const)('%s', (detail, spec) => {
    expect(withMid(spec)).toBe(`crl-unusable 0 ${detail}`)
  })

  it('where its issuer may not sign lists, unless nothing is said of its key', () => {
    const mute = makeCa('Mute', { issuer: root, extensions: [keyUsage('keyCertSign')] })
    const silent = makeCa('Silent', { issuer: root, without: ['keyUsage'] })
    const under = (ca: typeof mute) =>
      problem([rootCrl, makeCrl({ issuer: ca })], [makeLeaf(['x'], { issuer: ca }), ca, root])
    expect(under(mute)).toBe('crl-unusable 0 its issuer may not sign CRLs')
    expect(under(silent)).toBeNull()
  })

  it('for an end entity, where it is about a CA', () => {
    const narrow = makeCrl({ issuer: root, scope: scope(flag(1)) })
    expect(problem([narrow, makeCrl({ issuer: mid })])).toBe(
      'crl-unusable 1 for end entities alone',
    )
    expect(withMid({ scope: scope(flag(1)) })).toBeNull()
  })

  it('but of its own distribution point it is', () => {
    expect(withMid({ scope: scope(named(url)) })).toBeNull()
    expect(withMid({ scope: scope(named(url)), revoked: [{ serial }] })).toBe(
      'revoked 0 unspecified',
    )
  })
})

describe('a delta list', () => {
  const base = makeCrl({ issuer: mid, number: 7, revoked: [{ serial, reason: 6 }] })
  const clean = makeCrl({ issuer: mid, number: 7 })
  const delta = (spec: Partial<CrlSpec>) => makeCrl({ issuer: mid, base: 7, number: 8, ...spec })

  it('adds to its base', () => {
    expect(problem([rootCrl, clean, delta({ revoked: [{ serial, reason: 4 }] })])).toBe(
      'revoked 0 superseded',
    )
  })

  it('takes off a hold', () => {
    expect(problem([rootCrl, base])).toBe('revoked 0 certificateHold')
    expect(problem([rootCrl, base, delta({ revoked: [{ serial, reason: 8 }] })])).toBeNull()
  })

  it('of a later base, an older number or another scope does not count', () => {
    const revoked = [{ serial }]
    expect(problem([rootCrl, clean, delta({ base: 8, number: 9, revoked })])).toBeNull()
    expect(problem([rootCrl, clean, delta({ base: 5, number: 6, revoked })])).toBeNull()
    expect(problem([rootCrl, clean, delta({ scope: scope(named(url)), revoked })])).toBeNull()
  })

  it('that is out of date does not count', () => {
    expect(
      problem([rootCrl, clean, delta({ nextUpdate: NOW - DAY_MS, revoked: [{ serial }] })]),
    ).toBeNull()
  })
})
