/** One bad branch beside a good one: it is refused alone, and never keeps the good one from being found. */
import { describe, expect, it } from 'vitest'
import { verifyChain } from '../../src/chain/verify-chain.ts'
import {
  basicConstraints,
  certificatePolicies,
  extendedKeyUsage,
  keyUsage,
  nameConstraints,
  policyConstraints,
} from '../../src/x509/extension-builders.ts'
import type { Issued } from '../../src/x509/issue.ts'
import { DAY_MS, freshKey, makeCa, makeLeaf, NOW } from '../helpers/certs.ts'

type CaSpec = NonNullable<Parameters<typeof makeCa>[1]>

const HOST = 'host.example'
const root = makeCa('Root')
const other = makeCa('Other')

function code(
  leaf: Issued,
  pool: readonly Issued[],
  profile: 'webpki' | 'rfc5280',
  anchors: readonly Issued[] = [root],
): string {
  const result = verifyChain({
    leaf: leaf.der,
    intermediates: pool.map(({ der }) => der),
    anchors: anchors.map(({ der }) => der),
    name: { type: 'dns', value: HOST },
    time: NOW,
    purpose: 'serverAuth',
    profile,
  })
  return result.error?.code ?? 'OK'
}

const FLAWS: readonly (readonly [code: string, what: string, spec: CaSpec])[] = [
  ['EXPIRED', 'expired', { notAfter: NOW - DAY_MS }],
  ['NOT_YET_VALID', 'not yet valid', { notBefore: NOW + DAY_MS }],
  ['NOT_CA', 'no CA', { extensions: [basicConstraints(false)] }],
  ['NOT_CA', 'without basic constraints', { without: ['basicConstraints'] }],
  ['KEY_USAGE', 'may not sign certificates', { extensions: [keyUsage('digitalSignature')] }],
  ['EKU', 'for clients alone', { extensions: [extendedKeyUsage('clientAuth')] }],
  ['EKU', 'for code alone', { extensions: [extendedKeyUsage('codeSigning')] }],
  ['NAME_CONSTRAINT', 'excludes the host', { extensions: [nameConstraints({ excluded: [HOST] })] }],
  [
    'NAME_CONSTRAINT',
    'permits another host',
    { extensions: [nameConstraints({ permitted: ['elsewhere.example'] })] },
  ],
  ['WEAK_SIGNATURE', 'SHA-1', { hash: 'SHA-1' }],
  [
    'CRITICAL_EXT',
    'critical extension',
    { extensions: [{ oid: '1.2.3.4', critical: true, value: Uint8Array.of(5, 0) }] },
  ],
  [
    'PROFILE',
    'demands a policy the leaf has not',
    {
      extensions: [certificatePolicies('1.2.3'), policyConstraints({ requireExplicitPolicy: 0 })],
    },
  ],
  ['SIGNATURE', 'corrupted', { corrupted: true }],
]

describe.each(['webpki', 'rfc5280'] as const)('by %s', profile => {
  it.each(FLAWS)('%s: an intermediate that is %s', (expected, _, spec) => {
    const key = freshKey()
    const bad = makeCa('Mid', { key, issuer: root, ...spec })
    const good = makeCa('Mid', { key, issuer: root })
    const leaf = makeLeaf([HOST], { issuer: good })
    expect(code(leaf, [bad], profile)).toBe(expected)
    expect(code(leaf, [bad, good], profile)).toBe('OK')
    expect(code(leaf, [good, bad], profile)).toBe('OK')
  })

  it.each(FLAWS)('%s: a cross-certificate, one step up, that is %s', (expected, _, spec) => {
    const [lowKey, highKey] = [freshKey(), freshKey()]
    const bad = makeCa('High', { key: highKey, issuer: root, ...spec })
    const good = makeCa('High', { key: highKey, issuer: other })
    const low = makeCa('Low', { key: lowKey, issuer: good })
    const leaf = makeLeaf([HOST], { issuer: low })
    expect(code(leaf, [low, bad], profile)).toBe(expected)
    for (const pool of [
      [low, bad, good],
      [good, bad, low],
    ])
      expect(code(leaf, pool, profile, [root, other])).toBe('OK')
  })

  // The signature of an anchor is nobody's concern, nor is what it demands of policies.
  it.each(
    FLAWS.filter(([, what]) => !['SHA-1', 'without basic constraints', 'corrupted'].includes(what)),
  )('%s: an anchor that is %s', (expected, what, spec) => {
    const key = freshKey()
    const bad = makeCa('Top', { key, ...spec })
    const good = makeCa('Top', { key })
    const leaf = makeLeaf([HOST], { issuer: good })
    const demands = what.startsWith('demands')
    expect(code(leaf, [], profile, [bad])).toBe(demands ? 'OK' : expected)
    for (const anchors of [
      [bad, good],
      [good, bad],
    ])
      expect(code(leaf, [], profile, anchors)).toBe('OK')
  })
})

it('goes round a loop of cross-certificates, whichever comes first', () => {
  const [a, b] = [freshKey(), freshKey()]
  const subject = (name: string, key: typeof a) => ({ subject: makeCa(name, { key }).subject, key })
  const aByB = makeCa('A', { key: a, issuer: subject('B', b) })
  const bByA = makeCa('B', { key: b, issuer: subject('A', a) })
  const bByRoot = makeCa('B', { key: b, issuer: root })
  const leaf = makeLeaf([HOST], { issuer: subject('A', a) })
  for (const pool of [
    [aByB, bByA, bByRoot],
    [bByRoot, bByA, aByB],
    [bByA, aByB, bByRoot],
  ])
    expect(code(leaf, pool, 'webpki')).toBe('OK')
  expect(code(leaf, [aByB, bByA], 'webpki')).toBe('NO_PATH')
})
