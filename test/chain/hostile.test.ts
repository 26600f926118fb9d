/** Certificates that are made to keep a validator busy: each gets its word within a second. */
import { describe, expect, it } from 'vitest'
import { type VerifyInput, type VerifyResult, verifyChain } from '../../src/chain/verify-chain.ts'
import {
  certificatePolicies,
  type NewGeneralName,
  nameConstraints,
  policyConstraints,
} from '../../src/x509/extension-builders.ts'
import type { Issued } from '../../src/x509/issue.ts'
import { freshKey, makeCa, makeLeaf, NOW, testKey } from '../helpers/certs.ts'
import { AN_END_MS } from '../helpers/patience.ts'
import { publicRsaKey } from '../helpers/public-key-only.ts'

const root = makeCa('Root')
const other = makeCa('Other')

function verify(leaf: Issued, pool: readonly Issued[], rest: Partial<VerifyInput> = {}) {
  const started = performance.now()
  const result: VerifyResult = verifyChain({
    leaf: leaf.der,
    intermediates: pool.map(({ der }) => der),
    anchors: [root.der],
    name: null,
    time: NOW,
    purpose: 'serverAuth',
    profile: 'rfc5280',
    ...rest,
  })
  expect(performance.now() - started).toBeLessThan(AN_END_MS)
  return result
}

/** The code, or OK. */
const code = (...args: Parameters<typeof verify>) => verify(...args).error?.code ?? 'OK'

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

const email = (value: string): NewGeneralName => ({ type: 'email', value })
const ip = (...octets: number[]): NewGeneralName => ({ type: 'ip', value: Uint8Array.from(octets) })

describe('many certificates', () => {
  it('a thousand, the needed one among them', () => {
    const mid = makeCa('Mid', { issuer: root })
    const leaf = makeLeaf(['a.example'], { issuer: mid })
    const crowd = times(1000, index => makeLeaf([`n${index}.example`], { issuer: other }))
    expect(code(leaf, [...crowd, mid])).toBe('OK')
  })

  it('a thousand of one CA, which lead nowhere', () => {
    const key = freshKey()
    const twins = times(1000, () => makeCa('Twin', { key, issuer: other }))
    const result = verify(makeLeaf(['a.example'], { issuer: twins[0]! }), twins)
    expect(result).toMatchObject({ error: { code: 'NO_PATH' }, stats: { signatures: 1 } })
  })

  it('twenty, one above the other', () => {
    const ladder: Issued[] = []
    for (let index = 0; index < 20; index++)
      ladder.push(makeCa(`CA ${index}`, { issuer: ladder.at(-1) ?? root }))
    const leaf = makeLeaf(['a.example'], { issuer: ladder.at(-1)! })
    expect(code(leaf, ladder)).toBe('LIMIT')
    expect(code(leaf, ladder, { limits: { maxDepth: 20 } })).toBe('OK')
  })

  it('a net in which every CA was certified by every other', () => {
    const cas = times(9, index => makeCa(`N${index}`))
    const net = cas.flatMap(({ key }, index) =>
      cas.filter(by => by.key !== key).map(by => makeCa(`N${index}`, { key, issuer: by })),
    )
    expect(code(makeLeaf(['a.example'], { issuer: cas[0]! }), net)).toBe('LIMIT')
  })

  it('a ladder whose every rung is there thirty times', () => {
    let issuer = other
    const rungs: Issued[] = []
    for (let rung = 0; rung < 9; rung++) {
      const key = freshKey()
      const twins = times(30, () => makeCa(`L${rung}`, { key, issuer }))
      rungs.push(...twins)
      issuer = twins[0]!
    }
    expect(code(makeLeaf(['a.example'], { issuer }), rungs)).toBe('LIMIT')
  })
})

describe('large certificates', () => {
  const below = (
    extension: ReturnType<typeof nameConstraints>,
    names: readonly NewGeneralName[],
  ) => {
    const ca = makeCa('Bomb', { issuer: root, extensions: [extension] })
    return [makeLeaf(names, { issuer: ca, subject: 'leaf' }), [ca]] as const
  }

  it('thousands of names under thousands of constraints', () => {
    const excluded = times(3000, index => `c${index}.example`)
    expect(
      code(
        ...below(
          nameConstraints({ excluded }),
          times(3000, n => `n${n}.example`),
        ),
      ),
    ).toBe('LIMIT')
  })

  it('a name of half a megabyte under thousands of constraints', () => {
    const excluded = times(20_000, index => email(`a@c${index}.example`))
    const long = email(`${'a'.repeat(500_000)}@b.example`)
    expect(code(...below(nameConstraints({ excluded }), [long]))).toBe('OK')
  })

  it('thousands of names under a constraint of half a megabyte', () => {
    const excluded = [email(`${'a'.repeat(500_000)}@b.example`)]
    const names = times(20_000, index => email(`a@n${index}.example`))
    expect(code(...below(nameConstraints({ excluded }), names))).toBe('OK')
  })

  it('thousands of names in a net of CAs that constrain names of another kind', () => {
    const cas = times(7, index => makeCa(`N${index}`))
    const extensions = [nameConstraints({ excluded: [ip(192, 0, 2, 0, 255, 255, 255, 0)] })]
    const net = cas.flatMap(({ key }, index) =>
      cas
        .filter(by => by.key !== key)
        .map(by => makeCa(`N${index}`, { key, issuer: by, extensions })),
    )
    const names = times(20_000, index => `n${index}.example`)
    expect(code(makeLeaf(names, { issuer: cas[0]!, subject: 'leaf' }), net)).toBe('NO_PATH')
  })

  it('thousands of policies on each of many paths', () => {
    const policies = certificatePolicies(...times(10_000, index => `1.2.${index}`))
    const demand = policyConstraints({ requireExplicitPolicy: 0 })
    let issuer = root
    const rungs: Issued[] = []
    for (let rung = 0; rung < 6; rung++) {
      const key = freshKey()
      const twins = times(4, () =>
        makeCa(`P${rung}`, { key, issuer, extensions: [policies, demand] }),
      )
      rungs.push(...twins)
      issuer = twins[0]!
    }
    expect(code(makeLeaf(['a.example'], { issuer }), rungs)).toBe('LIMIT')
  })

  it('a name of half a megabyte, which is shown as far as a sentence can bear it', () => {
    const ca = makeCa('x'.repeat(500_000), { issuer: other })
    const { error } = verify(makeLeaf(['a.example'], { issuer: ca }), [])
    expect(error?.code).toBe('NO_PATH')
    expect(error?.message.length).toBeLessThan(400)
  })

  it('tens of thousands of extensions', () => {
    const extensions = times(60_000, index => ({
      oid: `1.${index % 40}.${Math.floor(index / 40)}`,
      critical: false,
      value: new Uint8Array(),
    }))
    expect(code(makeLeaf(['a.example'], { issuer: root, extensions }), [])).toBe('OK')
  })
})

describe('costly keys', () => {
  /** Signed with an RSA key of ours, and issued by all of these in name. */
  const leaf = makeLeaf(['a.example'], { issuer: makeCa('Costly', { key: testKey('rsa-2048') }) })

  it.each([
    [16_384, 32, 'NO_PATH'],
    [16_384, 64, 'NO_PATH'],
    // Larger than anybody checks.
    [16_392, 32, 'SIGNATURE'],
    [3072, 3072, 'NO_PATH'],
  ])('RSA of %i bits with an exponent of %i', (bits, exponentBits, expected) => {
    const ca = makeCa('Costly', { key: publicRsaKey(bits, exponentBits), issuer: root })
    expect(code(leaf, [ca])).toBe(expected)
  })

  it('a hundred and one of them', () => {
    const cas = times(101, () =>
      makeCa('Costly', {
        key: publicRsaKey(3072, 3072),
        issuer: root,
        without: ['subjectKeyIdentifier'],
      }),
    )
    expect(code(leaf, cas)).toBe('LIMIT')
  })

  it('one of RSA-16384 may sit in the leaf', () => {
    const end = makeLeaf(['a.example'], { issuer: root, key: publicRsaKey(16_384, 32) })
    expect(code(end, [])).toBe('OK')
  })
})
