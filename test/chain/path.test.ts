import { describe, expect, it } from 'vitest'
import { toAnchorSet } from '../../src/chain/anchor-set.ts'
import { DEFAULT_LIMITS } from '../../src/chain/limits.ts'
import { buildPath, type PathInput, type PathResult } from '../../src/chain/path.ts'
import { pathErrorText } from '../../src/chain/path-error.ts'
import type { SignatureCache } from '../../src/chain/signatures.ts'
import { type Policy, WEBPKI } from '../../src/policy.ts'
import {
  basicConstraints,
  extendedKeyUsage,
  keyUsage,
  nameConstraints,
} from '../../src/x509/extension-builders.ts'
import type { Issued } from '../../src/x509/issue.ts'
import { DAY_MS, freshKey, makeCa, makeLeaf, NOW, parsed } from '../helpers/certs.ts'
import { AN_END_MS } from '../helpers/patience.ts'

/** A phone: what RFC 5280 §6 needs and no more. */
const CLIENT: Policy = { ...WEBPKI, profile: 'client', leafEku: 'if-present', lifetimes: [] }

interface Case extends Partial<Omit<PathInput, 'leaf' | 'pool' | 'anchors' | 'policy'>> {
  readonly leaf: Issued
  readonly pool?: readonly Issued[]
  readonly anchors: readonly Issued[]
  readonly policy?: Partial<Policy>
}

function build({ leaf, pool = [], anchors, policy = {}, ...rest }: Case): PathResult {
  return buildPath({
    at: NOW,
    purpose: 'serverAuth',
    ...rest,
    leaf: parsed(leaf),
    pool: pool.map(parsed),
    anchors: toAnchorSet(anchors.map(parsed)),
    policy: { ...CLIENT, ...policy },
  })
}

/** The way of a good path by common names, or the error's code, reason and depth. */
function outcome(result: PathResult): string {
  if (result.ok) return result.path.map(({ subject }) => subject.commonName).join(' < ')
  const { code, reason, depth } = result.error
  return `${code} ${reason} ${depth}`
}

const root = makeCa('Root')
const other = makeCa('Other')
const mid = makeCa('Mid', { issuer: root })
const leaf = makeLeaf(['leaf'], { issuer: mid })

describe('a path is found', () => {
  it('through the pool, in any order, with duplicates, roots and strangers in it', () => {
    for (const pool of [[mid], [root, mid], [other, leaf, mid, mid, root], [mid, root, other]])
      expect(outcome(build({ leaf, pool, anchors: [other, root] }))).toBe('leaf < Mid < Root')
  })

  it('to an anchor that is an intermediate', () => {
    expect(outcome(build({ leaf, anchors: [mid] }))).toBe('leaf < Mid')
  })

  it('where the leaf itself is the anchor', () => {
    const self = makeLeaf(['self'])
    expect(outcome(build({ leaf: self, anchors: [self] }))).toBe('self')
    // Another certificate of the same key is not the one that is trusted, and a leaf issues nothing.
    const twin = makeLeaf(['self'])
    expect(outcome(build({ leaf: twin, anchors: [self] }))).toBe('NOT_CA not-ca 1')
  })

  it('to an anchor of the same name and key: a re-issued root', () => {
    const reissued = makeCa('Root', { key: root.key, notAfter: NOW + 9000 * DAY_MS })
    expect(outcome(build({ leaf, pool: [mid, root], anchors: [reissued] }))).toBe(
      'leaf < Mid < Root',
    )
  })

  it('through a cross-certificate', () => {
    const cross = makeCa('Root', { key: root.key, issuer: other })
    expect(outcome(build({ leaf, pool: [mid, root, cross], anchors: [other] }))).toBe(
      'leaf < Mid < Root < Other',
    )
  })

  it('past an expired twin, a wrong key, a wrong purpose', () => {
    const expired = makeCa('Mid', { issuer: root, key: mid.key, notAfter: NOW - DAY_MS })
    const namesake = makeCa('Mid', { issuer: root })
    const mail = makeCa('Mid', {
      issuer: root,
      key: mid.key,
      extensions: [extendedKeyUsage('emailProtection')],
    })
    const pool = [expired, namesake, mail, mid]
    expect(outcome(build({ leaf, pool, anchors: [root] }))).toBe('leaf < Mid < Root')
  })

  it('past a branch that leads nowhere and past a loop', () => {
    const a = makeCa('A')
    const aByB = (b: Issued) => makeCa('A', { key: a.key, issuer: b })
    const b = makeCa('B', { issuer: a })
    const end = makeLeaf(['leaf'], { issuer: a })
    const aByRoot = makeCa('A', { key: a.key, issuer: root })
    const pool = [aByB(b), b, aByRoot]
    expect(outcome(build({ leaf: end, pool, anchors: [root] }))).toBe('leaf < A < Root')
    expect(outcome(build({ leaf: end, pool: [aByB(b), b], anchors: [root] }))).toMatch(/^NO_PATH/)
  })

  it('where the shorter branch violates name constraints and the longer does not', () => {
    const strict = makeCa('Strict', { extensions: [nameConstraints({ excluded: ['leaf'] })] })
    const midByStrict = makeCa('Mid', { key: mid.key, issuer: strict })
    const result = build({ leaf, pool: [midByStrict, mid], anchors: [strict, root] })
    expect(outcome(result)).toBe('leaf < Mid < Root')
    expect(result.tried.map(({ error }) => error.code)).toEqual(['NAME_CONSTRAINT'])
  })

  it('to an anchor of which a store knows only the hash, if it was sent', () => {
    const known = parsed(root)
    const anchors = {
      bySubject: () => [],
      holds: ({ spkiSha256 }: { spkiSha256: string }) => spkiSha256 === known.spkiSha256,
    }
    const input = {
      policy: CLIENT,
      at: NOW,
      purpose: 'serverAuth',
      leaf: parsed(leaf),
      anchors,
    } as const
    expect(outcome(buildPath({ ...input, pool: [parsed(mid), known] }))).toBe('leaf < Mid < Root')
    expect(outcome(buildPath({ ...input, pool: [parsed(mid)] }))).toBe('NO_PATH issuer-unknown 1')
  })
})

describe('a path is refused', () => {
  it('for want of an issuer: of the leaf, of an intermediate, of a root', () => {
    expect(outcome(build({ leaf, anchors: [root] }))).toBe('NO_PATH issuer-unknown 0')
    expect(outcome(build({ leaf, pool: [mid], anchors: [other] }))).toBe('NO_PATH issuer-unknown 1')
    expect(outcome(build({ leaf, pool: [mid, root], anchors: [other] }))).toBe(
      'NO_PATH self-signed 2',
    )
  })

  it('for a bad signature, but a namesake with another key is only a stranger', () => {
    const broken = makeLeaf(['leaf'], { issuer: mid, corrupted: true })
    expect(outcome(build({ leaf: broken, pool: [mid], anchors: [root] }))).toBe(
      'SIGNATURE signature-bad 0',
    )
    const namesake = makeCa('Mid', { issuer: root })
    expect(outcome(build({ leaf, pool: [namesake], anchors: [root] }))).toMatch(/^NO_PATH/)
  })

  it.each([
    ['EXPIRED expired 1', { notAfter: NOW - 1000 }],
    ['NOT_YET_VALID not-yet-valid 1', { notBefore: NOW + 1000 }],
    ['NOT_CA not-ca 1', { extensions: [basicConstraints(false)] }],
    ['NOT_CA not-ca 1', { without: ['basicConstraints'] }],
    ['KEY_USAGE no-cert-sign 1', { extensions: [keyUsage('cRLSign')] }],
    ['EKU eku-lacks 1', { extensions: [extendedKeyUsage('clientAuth')] }],
    [
      'CRITICAL_EXT critical-extension 1',
      { extensions: [{ oid: '1.2.3', critical: true, value: Uint8Array.of(5, 0) }] },
    ],
    [
      'PROFILE duplicate-extension 1',
      { extensions: [basicConstraints(true), basicConstraints(true)] },
    ],
    [
      'PROFILE malformed-extension 1',
      { extensions: [{ ...keyUsage('keyCertSign'), value: Uint8Array.of(5, 0) }] },
    ],
    ['NAME_CONSTRAINT name-excluded 1', { extensions: [nameConstraints({ excluded: ['leaf'] })] }],
    [
      'NAME_CONSTRAINT name-not-permitted 1',
      { extensions: [nameConstraints({ permitted: ['example.com'] })] },
    ],
    ['NAME_CONSTRAINT constraint-malformed 1', { extensions: [nameConstraints({})] }],
    ['WEAK_SIGNATURE weak-hash 1', { hash: 'SHA-1' }],
  ] as const)('%s', (expected, spec) => {
    const bad = makeCa('Bad', { issuer: root, ...spec })
    const end = makeLeaf(['leaf'], { issuer: bad })
    expect(outcome(build({ leaf: end, pool: [bad], anchors: [root] }))).toBe(expected)
  })

  it.each([
    ['a key that is too small', 'rsa-1024', 'WEAK_KEY weak-key 1'],
    ['a curve that is not accepted', 'ec-p224', 'WEAK_KEY key-not-accepted 1'],
  ] as const)('for %s', (_, kind, expected) => {
    const weak = makeCa('Weak', { issuer: root, key: freshKey(kind) })
    const end = makeLeaf(['leaf'], { issuer: weak })
    expect(outcome(build({ leaf: end, pool: [weak], anchors: [root] }))).toBe(expected)
    expect(outcome(build({ leaf: end, anchors: [weak] }))).toBe(expected)
    const lenient = { ...WEBPKI.keys, anchor: false }
    expect(outcome(build({ leaf: end, anchors: [weak], policy: { keys: lenient } }))).toBe(
      'leaf < Weak',
    )
  })

  it('for an algorithm nobody can check', () => {
    const end = makeLeaf(['leaf'], { issuer: { ...mid, key: freshKey('rsa-2048') } })
    expect(outcome(build({ leaf: end, pool: [mid], anchors: [root] }))).toBe(
      'SIGNATURE signature-unsupported 0',
    )
  })

  it('with the most specific of several errors', () => {
    const expired = makeCa('Mid', { issuer: root, key: mid.key, notAfter: NOW - DAY_MS })
    const dead = makeCa('Mid', { issuer: other, key: mid.key })
    expect(outcome(build({ leaf, pool: [dead, expired], anchors: [root] }))).toBe(
      'EXPIRED expired 1',
    )
  })

  it('in words of both languages', () => {
    const result = build({ leaf, pool: [mid], anchors: [root], at: NOW + 4000 * DAY_MS })
    if (result.ok) throw new Error('expired, and yet valid')
    expect(pathErrorText(result.error).en).toMatch(/^(Mid|Root): expired on 20\d\d-/)
    expect(pathErrorText(result.error)['zh-CN']).toMatch(/^(Mid|Root)：已于 20\d\d-.* 过期$/)
  })
})

describe('the leaf alone does not spoil its path', () => {
  it.each([
    ['dates', { notAfter: NOW - DAY_MS }],
    ['key usage', { extensions: [extendedKeyUsage('clientAuth')] }],
    ['a CA flag', { extensions: [basicConstraints(true)] }],
    ['SHA-1', { hash: 'SHA-1' }],
    ['no names', { without: ['subjectAltName'] }],
  ] as const)('%s', (_, spec) => {
    const end = makeLeaf(['leaf'], { issuer: mid, ...spec })
    expect(outcome(build({ leaf: end, pool: [mid], anchors: [root] }))).toBe('leaf < Mid < Root')
  })
})

describe('the anchor', () => {
  const old = makeCa('Old', { notAfter: NOW - DAY_MS })
  const end = makeLeaf(['leaf'], { issuer: old })

  it('expires, unless the policy looks away', () => {
    expect(outcome(build({ leaf: end, anchors: [old] }))).toBe('EXPIRED expired 1')
    expect(outcome(build({ leaf: end, anchors: [old], policy: { anchorExpiry: 'ignored' } }))).toBe(
      'leaf < Old',
    )
  })

  it('may be signed with SHA-1; below it the policy decides', () => {
    const ancient = makeCa('Ancient', { hash: 'SHA-1' })
    const direct = makeLeaf(['leaf'], { issuer: ancient })
    expect(outcome(build({ leaf: direct, anchors: [ancient] }))).toBe('leaf < Ancient')
    const weak = makeCa('Weak', { issuer: root, hash: 'SHA-1' })
    const below = makeLeaf(['leaf'], { issuer: weak })
    const given = { leaf: below, pool: [weak], anchors: [root] }
    expect(outcome(build(given))).toBe('WEAK_SIGNATURE weak-hash 1')
    expect(outcome(build({ ...given, policy: { sha1: 'accepted' } }))).toBe('leaf < Weak < Root')
  })

  it('that says it is no CA is none; one that says nothing is', () => {
    const silent = makeCa('Silent', { without: ['basicConstraints', 'keyUsage'] })
    expect(
      outcome(build({ leaf: makeLeaf(['leaf'], { issuer: silent }), anchors: [silent] })),
    ).toBe('leaf < Silent')
    const server = makeLeaf(['server'])
    expect(
      outcome(build({ leaf: makeLeaf(['leaf'], { issuer: server }), anchors: [server] })),
    ).toBe('NOT_CA not-ca 1')
  })

  it('constrains no self-issued intermediate, but any leaf', () => {
    const name = { type: 'directory', value: parsed(root).subject } as const
    const strict = makeCa('Root', { extensions: [nameConstraints({ excluded: [name] })] })
    const rollover = makeCa('Root', { issuer: strict })
    const given = { pool: [rollover], anchors: [strict] }
    const fine = makeLeaf(['leaf'], { issuer: rollover })
    expect(outcome(build({ ...given, leaf: fine }))).toBe('leaf < Root < Root')
    const namesake = makeLeaf(['leaf'], { issuer: rollover, subject: 'Root' })
    expect(outcome(build({ ...given, leaf: namesake }))).toBe('NAME_CONSTRAINT name-excluded 2')
  })

  it('constrains names like any other', () => {
    const narrow = makeCa('Narrow', { extensions: [nameConstraints({ permitted: ['x.example'] })] })
    const outside = makeLeaf(['leaf'], { issuer: narrow })
    expect(outcome(build({ leaf: outside, anchors: [narrow] }))).toBe(
      'NAME_CONSTRAINT name-not-permitted 1',
    )
  })
})

describe('lengths', () => {
  /** Root < CA 1 < ... < CA n < leaf; `spec` may change one of them. */
  function ladder(
    count: number,
    spec: (index: number) => Parameters<typeof makeCa>[1] = () => ({}),
  ) {
    const cas: Issued[] = []
    for (let index = 1; index <= count; index++)
      cas.push(makeCa(`CA ${index}`, { issuer: cas.at(-1) ?? root, ...spec(index) }))
    return { leaf: makeLeaf(['leaf'], { issuer: cas.at(-1) ?? root }), pool: cas, anchors: [root] }
  }

  it('pathLen counts the intermediates below', () => {
    expect(outcome(build(ladder(1, () => ({ pathLength: 0 }))))).toBe('leaf < CA 1 < Root')
    const tooLong = ladder(3, index => (index === 1 ? { pathLength: 1 } : {}))
    expect(outcome(build(tooLong))).toBe('PATHLEN path-length 3')
    const fits = ladder(3, index => (index === 1 ? { pathLength: 2 } : {}))
    expect(outcome(build(fits))).toBe('leaf < CA 3 < CA 2 < CA 1 < Root')
  })

  it('the pathLen of the anchor counts, that of the leaf does not', () => {
    const shallow = makeCa('Shallow', { pathLength: 0 })
    const below = makeCa('Below', { issuer: shallow })
    const end = makeLeaf(['leaf'], { issuer: below })
    expect(outcome(build({ leaf: end, pool: [below], anchors: [shallow] }))).toBe(
      'PATHLEN path-length 2',
    )
    const caLeaf = makeCa('leaf', { issuer: shallow, pathLength: 0 })
    expect(outcome(build({ leaf: caLeaf, anchors: [shallow] }))).toBe('leaf < Shallow')
  })

  it('self-issued intermediates count for neither limit', () => {
    const first = makeCa('CA', { issuer: root, pathLength: 0 })
    const second = makeCa('CA', { issuer: first, pathLength: 0 })
    const end = makeLeaf(['leaf'], { issuer: second })
    const given = { leaf: end, pool: [first, second], anchors: [root] }
    expect(outcome(build({ ...given, policy: { maxDepth: 1 } }))).toBe('leaf < CA < CA < Root')
  })

  it('the depth of the policy and of the limits hold', () => {
    expect(outcome(build({ ...ladder(3), policy: { maxDepth: 3 } }))).toMatch(/^leaf/)
    expect(outcome(build({ ...ladder(4), policy: { maxDepth: 3 } }))).toBe('LIMIT limit-depth 4')
    expect(outcome(build({ ...ladder(20), policy: { maxDepth: 100 } }))).toBe(
      'LIMIT limit-depth 11',
    )
  })
})

describe('the answer', () => {
  it('tells the longest chain it reached and why every try ended', () => {
    const result = build({ leaf, pool: [mid, root], anchors: [other] })
    if (result.ok) throw new Error('no anchor, and yet a path')
    expect(result.partial.map(({ subject }) => subject.commonName)).toEqual(['leaf', 'Mid', 'Root'])
    expect(result.tried).toHaveLength(1)
    expect(result.tried[0]?.path.map(({ subject }) => subject.commonName)).toEqual([
      'leaf',
      'Mid',
      'Root',
    ])
  })

  it('counts what was spent, and is the same with a warm cache', () => {
    const signatures: SignatureCache = new Map()
    const given = { leaf, pool: [mid, root], anchors: [root], signatures }
    const cold = build(given)
    expect(cold.stats).toEqual({ signatures: 2, ncComparisons: 0, buildCalls: 2 })
    expect(signatures.size).toBe(2)
    expect(build(given)).toEqual(cold)
    expect(signatures.size).toBe(2)
  })

  it('leaves the last word to the caller, and goes on', () => {
    const twin = makeCa('Mid', { issuer: other, key: mid.key })
    const result = build({
      leaf,
      pool: [mid, twin],
      anchors: [root, other],
      finalCheck: path =>
        path.at(-1)?.subject.commonName === 'Root'
          ? { reason: 'crl-missing', args: {}, depth: 0, certificate: null }
          : null,
    })
    expect(outcome(result)).toBe('leaf < Mid < Other')
    expect(result.tried.map(({ error }) => error.code)).toEqual(['CRL'])
  })
})

describe('limits end every search', () => {
  const limits = { ...DEFAULT_LIMITS, signatures: 3 }

  it('of signatures', () => {
    const namesakes = Array.from({ length: 5 }, () => makeCa('Mid', { issuer: root }))
    const result = build({ leaf, pool: namesakes, anchors: [root], limits })
    expect(outcome(result)).toBe('LIMIT limit-signatures 0')
    expect(result.stats.signatures).toBe(4)
  })

  it('key identifiers bring the right namesake first', () => {
    const namesakes = Array.from({ length: 5 }, () => makeCa('Mid', { issuer: root }))
    const result = build({ leaf, pool: [...namesakes, mid], anchors: [root], limits })
    expect(outcome(result)).toBe('leaf < Mid < Root')
  })

  it('of steps, in a net of cross-certificates', () => {
    const cas = Array.from({ length: 7 }, (_, index) => makeCa(`N${index}`))
    const pool = cas.flatMap(ca =>
      cas
        .filter(by => by !== ca)
        .map(by => makeCa(String(parsed(ca).subject.commonName), { key: ca.key, issuer: by })),
    )
    const end = makeLeaf(['leaf'], { issuer: cas[0]! })
    const started = performance.now()
    const result = build({
      leaf: end,
      pool,
      anchors: [root],
      limits: { ...DEFAULT_LIMITS, buildCalls: 500 },
    })
    expect(outcome(result)).toMatch(/^LIMIT limit-calls/)
    const full = build({ leaf: end, pool, anchors: [root] })
    expect(outcome(full)).toMatch(/^NO_PATH/)
    expect(full.stats.buildCalls).toBeGreaterThan(1000)
    expect(performance.now() - started).toBeLessThan(AN_END_MS)
  })

  it('of comparisons', () => {
    const excluded = Array.from({ length: 600 }, (_, index) => `c${index}.example`)
    const bomb = makeCa('Bomb', { issuer: root, extensions: [nameConstraints({ excluded })] })
    const names = Array.from({ length: 600 }, (_, index) => `n${index}.example`)
    const end = makeLeaf(names, { issuer: bomb, subject: 'leaf' })
    const result = build({ leaf: end, pool: [bomb], anchors: [root] })
    expect(outcome(result)).toBe('LIMIT limit-comparisons 1')
  })

  it('of self-issued certificates, which no other limit counts', () => {
    let top = root
    const pool: Issued[] = []
    for (let index = 0; index < 120; index++) {
      top = makeCa('Root', { issuer: top, key: freshKey() })
      pool.push(top)
    }
    const end = makeLeaf(['leaf'], { issuer: top })
    const wide = { ...DEFAULT_LIMITS, signatures: 100_000 }
    expect(outcome(build({ leaf: end, pool, anchors: [other], limits: wide }))).toMatch(
      /^LIMIT limit-depth 10/,
    )
  })

  it('a certificate that was sent many times is tried once', () => {
    const result = build({ leaf, pool: Array.from({ length: 50 }, () => mid), anchors: [other] })
    expect(result.stats.buildCalls).toBe(1)
  })

  it('a pool of a thousand strangers costs nothing', () => {
    const strangers = Array.from({ length: 1000 }, (_, index) =>
      makeLeaf([`s${index}`], { issuer: other }),
    )
    const result = build({ leaf, pool: [...strangers, mid], anchors: [root] })
    expect(outcome(result)).toBe('leaf < Mid < Root')
    expect(result.stats.signatures).toBe(2)
  })
})
