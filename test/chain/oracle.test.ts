/**
 * Path building against an oracle: random trust graphs, whose answer is found by trying every sequence of
 * certificates on the drawing board, without a certificate and without any code of chain/.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toAnchorSet } from '../../src/chain/anchor-set.ts'
import { DEFAULT_LIMITS } from '../../src/chain/limits.ts'
import { buildPath } from '../../src/chain/path.ts'
import { type Policy, WEBPKI } from '../../src/policy.ts'
import type { Certificate } from '../../src/x509/certificate.ts'
import {
  basicConstraints,
  extendedKeyUsage,
  keyUsage,
  type NewExtension,
  nameConstraints,
} from '../../src/x509/extension-builders.ts'
import { encodeName } from '../../src/x509/issue.ts'
import { DAY_MS, makeCa, makeLeaf, NOW, parsed, testKey } from '../helpers/certs.ts'

const NAMES = ['A', 'B', 'C', 'D'] as const
const KEYS = 5
const HOST = 'host.example'

/** A certificate on the drawing board: who, by whom, and what is wrong with it. */
interface Drawn {
  readonly name: string
  readonly key: number
  readonly issuerName: string
  readonly issuerKey: number
  readonly flaw:
    | 'none'
    | 'expired'
    | 'no-ca'
    | 'no-cert-sign'
    | 'wrong-purpose'
    | 'sha1'
    | 'corrupted'
  readonly pathLength: number | null
  /** Names it excludes below: the host, or a CA by its name. */
  readonly excludes: 'nothing' | 'host' | (typeof NAMES)[number]
}

interface Graph {
  readonly leaf: Pick<Drawn, 'issuerName' | 'issuerKey'>
  readonly pool: readonly Drawn[]
  readonly anchors: readonly Drawn[]
  readonly anchorExpiry: Policy['anchorExpiry']
}

const drawn: fc.Arbitrary<Drawn> = fc
  .record({
    name: fc.constantFrom(...NAMES),
    key: fc.nat(KEYS - 1),
    issuerName: fc.constantFrom(...NAMES),
    issuerKey: fc.nat(KEYS - 1),
    flaw: mostly<Drawn['flaw']>(
      'none',
      'expired',
      'no-ca',
      'no-cert-sign',
      'wrong-purpose',
      'sha1',
      'corrupted',
    ),
    pathLength: mostly<number | null>(null, 0, 1, 2),
    excludes: mostly<Drawn['excludes']>('nothing', 'host', ...NAMES),
    selfSigned: fc.boolean(),
    ownKey: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ selfSigned, ownKey, ...certificate }) => {
    // Most names keep to one key, or hardly any path would exist.
    const key = ownKey > 0 ? NAMES.indexOf(certificate.name) : certificate.key
    const issuerKey = ownKey > 0 ? NAMES.indexOf(certificate.issuerName) : certificate.issuerKey
    const self = { issuerName: certificate.name, issuerKey: key }
    return { ...certificate, key, issuerKey, ...(selfSigned && ownKey === 1 ? self : {}) }
  })

const graph: fc.Arbitrary<Graph> = fc.record({
  leaf: fc
    .constantFrom(...NAMES)
    .map(name => ({ issuerName: name, issuerKey: NAMES.indexOf(name) })),
  pool: fc.array(drawn, { minLength: 1, maxLength: 7 }),
  anchors: fc.array(drawn, { minLength: 1, maxLength: 2 }),
  anchorExpiry: fc.constantFrom('checked', 'ignored'),
})

/** Half of the time the first value, else one of the others. */
function mostly<T>(usual: T, ...others: T[]): fc.Arbitrary<T> {
  return fc.oneof(fc.constant(usual), fc.constant(usual), fc.constantFrom(usual, ...others))
}

/** Every sequence that leads from the leaf to an anchor and breaks no rule. */
function enumerate({ leaf, pool, anchors, anchorExpiry }: Graph): Drawn[][] {
  const found: Drawn[][] = []
  const walk = (child: Graph['leaf'] | Drawn, path: Drawn[]): void => {
    if ('flaw' in child && child.flaw === 'corrupted') return
    const signs = (issuer: Drawn) =>
      issuer.name === child.issuerName && issuer.key === child.issuerKey
    for (const anchor of anchors.filter(signs))
      if (isAllowed(anchor, path, anchorExpiry, true)) found.push([...path, anchor])
    for (const issuer of pool.filter(signs))
      if (!path.includes(issuer) && isAllowed(issuer, path, anchorExpiry, false))
        walk(issuer, [...path, issuer])
  }
  walk(leaf, [])
  return found
}

function isAllowed(issuer: Drawn, below: Drawn[], anchorExpiry: string, anchor: boolean): boolean {
  const counted = below.filter(({ name, issuerName }) => name !== issuerName)
  if (issuer.pathLength !== null && counted.length > issuer.pathLength) return false
  if (issuer.excludes === 'host') return false
  if (counted.some(({ name }) => name === issuer.excludes)) return false
  const harmless: Drawn['flaw'][] = ['none']
  // The signature of an anchor is not looked at, nor its purpose by a phone.
  if (anchor) harmless.push('sha1', 'corrupted', 'wrong-purpose')
  if (anchor && anchorExpiry === 'ignored') harmless.push('expired')
  if (!anchor) harmless.push('corrupted')
  return harmless.includes(issuer.flaw)
}

const made = new Map<string, Certificate>()

function make(drawing: Drawn): Certificate {
  const id = JSON.stringify(drawing)
  const known = made.get(id)
  if (known) return known
  const { flaw, pathLength, excludes } = drawing
  const extensions: NewExtension[] = []
  if (flaw === 'no-ca') extensions.push(basicConstraints(false))
  else extensions.push(basicConstraints(true, pathLength))
  if (flaw === 'no-cert-sign') extensions.push(keyUsage('cRLSign'))
  if (flaw === 'wrong-purpose') extensions.push(extendedKeyUsage('emailProtection'))
  if (excludes !== 'nothing')
    extensions.push(nameConstraints({ excluded: [excludedName(excludes)] }))
  const certificate = parsed(
    makeCa(drawing.name, {
      key: testKey('ec-p256', 100 + drawing.key),
      issuer: {
        subject: encodeName(drawing.issuerName),
        key: testKey('ec-p256', 100 + drawing.issuerKey),
      },
      extensions,
      corrupted: flaw === 'corrupted',
      ...(flaw === 'sha1' ? { hash: 'SHA-1' } : {}),
      ...(flaw === 'expired' ? { notAfter: NOW - DAY_MS } : {}),
    }),
  )
  made.set(id, certificate)
  return certificate
}

function excludedName(excludes: Drawn['excludes']) {
  if (excludes === 'host') return HOST
  const { subject } = parsed(makeLeaf([HOST], { subject: excludes }))
  return { type: 'directory', value: subject } as const
}

it('agrees with the oracle on random trust graphs', () => {
  let paths = 0
  fc.assert(
    fc.property(graph, given => {
      const { leaf, pool, anchors, anchorExpiry } = given
      const issuer = {
        subject: encodeName(leaf.issuerName),
        key: testKey('ec-p256', 100 + leaf.issuerKey),
      }
      const result = buildPath({
        leaf: parsed(makeLeaf([HOST], { issuer, subject: {} })),
        pool: pool.map(make),
        anchors: toAnchorSet(anchors.map(make)),
        policy: { ...WEBPKI, profile: 'client', leafEku: 'if-present', anchorExpiry },
        at: NOW,
        purpose: 'serverAuth',
        limits: { ...DEFAULT_LIMITS, signatures: 10_000 },
      })
      const answers = enumerate(given)
      expect(result.ok).toBe(answers.length > 0)
      if (!result.ok) return
      paths++
      const way = result.path.slice(1)
      const known = answers.some(
        answer =>
          answer.length === way.length && answer.every((step, index) => make(step) === way[index]),
      )
      expect(known).toBe(true)
    }),
    { numRuns: 2000 },
  )
  // An oracle that always says no would agree with a builder that does.
  expect(paths).toBeGreaterThan(50)
})
