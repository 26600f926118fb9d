// What `show` draws, from data alone: every width, both languages, with colour and without.
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readChain } from '../../src/facts/sent-chain.ts'
import { storePaths } from '../../src/facts/store-paths.ts'
import type { ReportOptions } from '../../src/report.ts'
import { explainCertificate } from '../../src/reports/text/certificate.ts'
import { displayWidth } from '../../src/reports/text/layout.ts'
import { drawPaths } from '../../src/reports/text/paths.ts'
import { withAnchors, withReplicas } from '../../src/stores/derive.ts'
import { LOCALES } from '../../src/text.ts'
import { createWorld } from '../../src/world.ts'
import { nameConstraints } from '../../src/x509/extension-builders.ts'
import type { Issued } from '../../src/x509/issue.ts'
import { DAY_MS, freshKey, makeCa, makeLeaf, NOW, parsed } from '../helpers/certs.ts'
import { AN_END_MS } from '../helpers/patience.ts'

/** SHA-256 of TrustAsia Global Root CA G4, and of DigiCert Global Root G2: in some stores, and in all. */
const SOME = 'be4b56cb5056c0136a526df444508daa36a0b54f42e4ac38f72af470e479654c'
const ALL = 'cb3ccbb76031e5e0138f8dd39a23f9de47ffc35e43c1144cea27d46a5ab1cb5f'

const paint: ReportOptions['style']['paint'] = (_, text) => `\u001b[1m${text}\u001b[0m`
const plain: ReportOptions = {
  locale: 'en',
  expand: false,
  style: { color: false, ascii: false, width: 100, paint },
}

const old = makeCa('Old Root')
const key = freshKey()
const young = makeCa('Young Root', { key })
const cross = makeCa('Young Root', { key, issuer: old })
const late = makeCa('Young Root', { key, issuer: old, notAfter: NOW - DAY_MS })
const issuer = makeCa('Issuing CA', { issuer: young })
const leaf = makeLeaf(['api.example.com'], { issuer })
const world = (() => {
  const { stores, ...rest } = createWorld(NOW)
  const replicas = [
    { certificate: young.der, standsFor: SOME },
    { certificate: old.der, standsFor: ALL },
  ]
  return { ...rest, stores: withReplicas(stores, replicas) }
})()

function draw(pool: readonly Issued[], options = plain, first = leaf, within = world): string[] {
  const own = parsed(first)
  const sources = {
    leaf: own,
    sent: new Set([first, ...pool].map(one => parsed(one).sha256)),
    stores: within.stores,
  }
  return drawPaths(storePaths(own, pool.map(parsed), within), sources, options)
}

/** Heading and tree of each group. */
function groups(lines: readonly string[]): string[] {
  return lines.join('\n').split(/\n(?= [✓✗])/)
}

describe('paths', () => {
  it('reach every root there is, each with its own stores', () => {
    const all = groups(draw([issuer, cross]))
    expect(all).toHaveLength(2)
    const both = all.find(group => group.includes('self-signed'))
    const crossed = all.find(group => group !== both)
    expect(both).toMatch(
      /^ ✓ .*\n {3}api\.example\.com\n {3}└─ Issuing CA\n {6}├─ Young Root \(self-signed\) {2}✓ .*\n {6}└─ Young Root \(by Old Root\)\n {9}└─ Old Root {2}✓ .*$/,
    )
    expect(crossed).toMatch(
      /^ ✓ .*\n {3}api\.example\.com\n {3}└─ Issuing CA\n {6}└─ Young Root\n {9}└─ Old Root {2}✓ .*$/,
    )
  })

  it('name every system once', () => {
    const text = draw([issuer, cross])
      .filter(line => /^ [✓✗]| {3}\S+ \d/.test(line))
      .join(' ')
    for (const { system } of world.stores.tables)
      expect(text.match(new RegExp(`\\b${system} [\\d]`, 'g')), system).toHaveLength(1)
  })

  it('end where something is wrong, with the reason', () => {
    const text = draw([issuer, late]).join('\n')
    expect(text).toMatch(/Young Root \(by Old Root\) {2}✗ expired on 2026-11-21/)
    expect(text).toMatch(
      / ✗ [^\n]*(?:\n {3}\S[^\n]*)*\n {3}└─ Issuing CA\n {6}└─ Young Root {2}✗ expired/,
    )
  })

  it('begin with what is wrong with the leaf itself', () => {
    const gone = makeLeaf(['api.example.com'], { issuer, notAfter: NOW - DAY_MS })
    const text = draw([issuer, cross], plain, gone).join('\n')
    expect(text).toMatch(/^ {3}api\.example\.com {2}✗ expired on 2026-11-21/m)
    expect(text).not.toMatch(/^ ✓/m)
  })

  it('ask of a CA not what servers owe', () => {
    const text = draw([], plain, young).join('\n')
    expect(text).toMatch(/^ ✓ .*\n {3}Young Root {2}✓ /m)
    expect(text).toMatch(/^ {3}Young Root {2}✗ self-signed and not trusted$/m)
    expect(text).not.toMatch(/key usage/)
  })

  it('end at once where nothing issued it', () => {
    const alone = makeLeaf(['api.example.com'], { issuer: makeCa('Nobody') })
    expect(groups(draw([], plain, alone))).toHaveLength(1)
    expect(draw([], plain, alone).at(-1)).toMatch(
      /^ {3}api\.example\.com {2}✗ its issuer CN=Nobody/,
    )
  })

  it('are many in no time, whatever a stranger sends', () => {
    const keys = Array.from({ length: 9 }, () => freshKey())
    const names = keys.map((_, index) => `CA ${index}`)
    const web = keys.flatMap((own, index) =>
      keys.flatMap((above, other) =>
        other === index
          ? []
          : [
              makeCa(names[index] ?? '', {
                key: own,
                issuer: { ...makeCa(names[other] ?? '', { key: above }) },
              }),
            ],
      ),
    )
    const root = makeCa('CA 8', { key: keys[8] ?? freshKey() })
    const own = makeLeaf(['api.example.com'], {
      issuer: makeCa('CA 0', { key: keys[0] ?? freshKey() }),
    })
    const trusting = { ...world, stores: withAnchors(world.stores, [root.der]) }
    const begun = performance.now()
    const lines = draw(web, plain, own, trusting)
    expect(performance.now() - begun).toBeLessThan(AN_END_MS)
    expect(lines.length).toBeLessThan(500)
    expect(lines.join('\n')).toMatch(/^ ✓/m)
  })
})

describe.each(LOCALES.flatMap(locale => [40, 80, 160].map(width => [locale, width] as const)))(
  'in %s at %d columns',
  (locale, width) => {
    const constrained = makeCa('Issuing CA for a few', {
      issuer: young,
      extensions: [nameConstraints({ permitted: ['example.com'], excluded: ['bad.example.com'] })],
    })
    const own = makeLeaf(['api.example.com', '203.0.113.7'], { issuer: constrained })
    const chain = readChain('chain-1', [own.der, constrained.der, Uint8Array.of(0x30, 0)])
    const lines = (style: Partial<ReportOptions['style']>) => {
      const options = { ...plain, locale, style: { ...plain.style, width, ...style } }
      const blocks = chain.entries.flatMap((entry, index) =>
        explainCertificate({ entry, place: index + 1, scts: [], at: NOW }, options),
      )
      return [...blocks, ...draw([constrained, late], options, own)]
    }

    it('fits', () => {
      expect(lines({}).filter(line => displayWidth(line) > width)).toEqual([])
    })

    it('says the same with colour', () => {
      expect(lines({ color: true }).map(stripVTControlCharacters)).toEqual(lines({}))
    })

    it('leaves no word out', () => {
      expect(lines({}).join('\n')).not.toMatch(/undefined|null|\[object/)
      expect(lines({}).some(line => /[\u4e00-\u9fff]/.test(line))).toBe(locale === 'zh-CN')
    })
  },
)

it('shows no control character that a name holds', () => {
  const evil = makeLeaf(['api.example.com'], { issuer: young, subject: { CN: 'a\u001b[2Jb' } })
  const [entry] = readChain('chain-1', [evil.der]).entries
  if (!entry) throw new Error('no entry')
  const text = explainCertificate({ entry, place: 1, scts: [], at: NOW }, plain).join('\n')
  expect(text + draw([], plain, evil).join('\n')).not.toContain('\u001b')
})

it('can write a timestamp of no time there is', () => {
  const log = freshKey()
  const timed = makeLeaf(['api.example.com'], {
    issuer: young,
    scts: [{ log, timestampMs: Number.MAX_SAFE_INTEGER }],
  })
  const [entry] = readChain('chain-1', [timed.der]).entries
  const sct = { origin: 'embedded', logId: 'ab', log: null, timestampMs: 2 ** 64 } as const
  if (!entry) throw new Error('no entry')
  const scts = [{ ...sct, outcome: 'future', approved: true } as const]
  const text = explainCertificate({ entry, place: 1, scts, at: NOW }, plain).join('\n')
  expect(text).toMatch(/Transparency +\? {2}ab, embedded: dated in the future/)
})
