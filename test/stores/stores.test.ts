import { statSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { describeHoldings } from '../../src/stores/describe.ts'
import { loadStores } from '../../src/stores/load.ts'
import type { Root, StoreName, Stores, StoreTable } from '../../src/stores/store.ts'
import { subjectHash } from '../../src/stores/subject-hash.ts'
import { type Certificate, parseCertificate } from '../../src/x509/certificate.ts'

const ISRG_X1 = '96bcec06264976f37460779acf28c5a7cfe8a3c0aae11a8ffcee05c0bddf08c6'
const ISRG_X2 = '69729b8e15a86efc177a57afb7171dfc64add28c2fca8cf1507e34453ccb1470'
const GTS_R1 = 'd947432abde7b7fa90fc2e6b59101b1280e0e1c7e4e40fa3c6887fff57a7f4cf'
const GTS_R1_BEFORE = '2a575471e31340bc21581cbd2cf13e158463203ece94bcf9d3cc196bf09a5472'
const ENTRUST_G2 = '43df5774b03e7fef5fe40d931a7bedf1bb2e6b42738c4e6d3841103d3aa7f339'

let stores: Stores
beforeAll(() => {
  stores = loadStores()
})

describe('the files', () => {
  it('hold what each list held, version by version', () => {
    const counts = stores.tables.map(table => table.versions.map(v => inside(table, v.version)))
    expect(counts).toEqual(stores.tables.map(table => table.versions.map(v => v.count)))
    expect(counts.map(list => list.length)).toEqual([31, 24, 7, 52, 3, 13, 11])
    expect(stores.roots).toHaveLength(670)
  })

  it('name only versions that exist, each span beginning before it ends', () => {
    for (const root of stores.roots)
      for (const [store, spans] of Object.entries(root.intervals))
        for (const [since, until] of spans) {
          const versions = table(store as StoreName).versions.map(({ version }) => version)
          expect(versions).toContain(since)
          if (until !== null)
            expect(versions.indexOf(until)).toBeGreaterThan(versions.indexOf(since))
        }
  })

  it('hold certificates that are what the table says of them', () => {
    const drawn = stores.roots.filter(root => root.der)
    expect(drawn.length).toBeGreaterThanOrEqual(395)
    for (const root of drawn) {
      const certificate = decoded(root)
      expect(facts(certificate)).toEqual({
        sha256: root.sha256,
        spkiSha256: root.spkiSha256,
        subjectHash: root.subjectHash,
        notAfter: root.notAfter,
        key: root.key,
      })
      expect(certificate.signatureAlgorithm.hash).toBe(root.signature)
    }
  })

  it('have the bytes of every current anchor of Apple, Android, Chrome and OpenHarmony, and of Windows', () => {
    for (const name of ['apple', 'android', 'chrome', 'openharmony', 'microsoft'] as const) {
      const current = stores.roots.filter(
        root =>
          root.serverAuth &&
          (name !== 'microsoft' || root.microsoftTls) &&
          root.intervals[name]?.some(([, until]) => until === null),
      )
      expect(current.length).toBeGreaterThan(90)
      expect(current.filter(root => !root.der).map(root => root.name)).toEqual([])
    }
  })

  it('stay small', () => {
    const size = (name: string) =>
      statSync(new URL(`../../src/stores/${name}`, import.meta.url)).size
    expect(size('roots.br')).toBeLessThanOrEqual(450_000)
    expect(size('roots.jsonl')).toBeLessThanOrEqual(400_000)
  })

  it('are decoded once and read often', () => {
    expect(loadStores().roots).toBe(stores.roots)
  })
})

describe('versions', () => {
  it.each([
    ['apple', '18.5', '18.0'],
    ['apple', '12.4', '12.1.3'],
    ['apple', '14', '14.0'],
    ['apple', '27', '26.0'],
    ['android', '13', '12'],
    ['android', '13-qpr3', '13-qpr3'],
    ['android', '14', '14'],
    ['android', '15', '15'],
    ['android', '16-r3', '16'],
    ['android', '7.1', '7.0'],
    ['mozilla', '3.122', '3.121'],
    ['mozilla', '2026-07-01', '2026-06-14'],
    ['microsoft', '2026-11-22', '2026-07-19'],
  ] as const)('%s %s has the list of %s', (name, version, listed) => {
    expect(stores.versionFor(name, version)?.version).toBe(listed)
  })

  it('knows no list before the first', () => {
    expect(stores.versionFor('apple', '6.1')).toBeNull()
    expect(stores.anchors('apple', '6.1').holds(root(ISRG_X1))).toBe(false)
  })

  it('never gives a phone the list that no phone had', () => {
    expect(table('apple').versions.map(({ version }) => version)).toContain('macos-10.9.4')
    expect(stores.versionFor('apple', '10.9.4')?.version).toBe('10.2')
  })

  it('says where the sources disagree', () => {
    const uncertain = stores.tables.flatMap(({ versions }) => versions.filter(v => v.uncertain))
    expect(uncertain.map(({ os }) => os)).toEqual([
      'iOS 10.0 / macOS 10.12',
      'iOS 11.0 / macOS 10.13',
      'iOS 15.0',
    ])
  })
})

describe('anchors', () => {
  it.each([
    ['android', '7.0', ISRG_X1, false],
    ['android', '7.1.1', ISRG_X1, true],
    ['apple', '10.0', ISRG_X1, false],
    ['apple', '12.2', ISRG_X1, true],
    ['apple', '15.1', ISRG_X2, false],
    ['apple', '15.4', ISRG_X2, true],
    ['android', '13-qpr3', ISRG_X2, false],
    ['android', '14', ISRG_X2, true],
  ] as const)('%s %s holds %s: %s', (name, version, sha256, held) => {
    const certificate = root(sha256)
    const anchors = stores.anchors(name, version)
    expect(anchors.holds(certificate)).toBe(held)
    expect(anchors.bySubject(certificate.subject.key).map(anchor => anchor.sha256)).toEqual(
      held ? [sha256] : [],
    )
    expect(anchors.rootOf(certificate)?.sha256).toBe(held ? sha256 : undefined)
  })

  it('match by key: a re-issued root is held where either certificate is', () => {
    const [old, renewed] = [root(GTS_R1_BEFORE), root(GTS_R1)]
    expect(old.spkiSha256).toBe(renewed.spkiSha256)
    for (const [version, listed] of [
      ['17.4', GTS_R1_BEFORE],
      ['18', GTS_R1],
    ] as const) {
      const anchors = stores.anchors('apple', version)
      expect(anchors.holds(old)).toBe(true)
      expect(anchors.holds(renewed)).toBe(true)
      expect(anchors.bySubject(old.subject.key).map(anchor => anchor.sha256)).toEqual([listed])
    }
  })

  it('leave out roots that are not for TLS servers, and those Windows lists for other purposes', () => {
    const apple = only(root => !root.serverAuth && current(root, 'apple'))
    expect(apple.length).toBeGreaterThan(10)
    for (const certificate of apple)
      expect(stores.anchors('apple', '26.0').holds(certificate)).toBe(false)
    const windows = only(root => !root.microsoftTls && current(root, 'microsoft'))
    expect(windows.length).toBeGreaterThan(10)
    for (const certificate of windows)
      expect(stores.anchors('microsoft', '2026-07-19').holds(certificate)).toBe(false)
  })

  it('are the same value each time', () => {
    expect(stores.anchors('android', '17')).toBe(stores.anchors('android', '17'))
  })
})

describe('constraints', () => {
  it('of a release do not bind the releases before it', () => {
    const entrust = root(ENTRUST_G2)
    expect(stores.anchors('apple', '18.1').constraintsOf(entrust)).toEqual([])
    expect(stores.anchors('apple', '18.2').constraintsOf(entrust)).toEqual([
      {
        store: 'apple',
        since: '18.2',
        kind: 'issued-after',
        basis: 'sct-or-not-before',
        date: '2024-11-15',
      },
    ])
  })

  it('of one store do not bind another', () => {
    expect(stores.anchors('android', '16').constraintsOf(root(ENTRUST_G2))).toEqual([])
  })

  it('are those of 58 roots', () => {
    const bound = stores.roots.filter(({ constraints }) => constraints.length > 0)
    expect(bound).toHaveLength(58)
    expect(bound.flatMap(({ constraints }) => constraints).filter(c => c.kind === 'names')).toEqual(
      [{ store: 'mozilla', since: null, kind: 'names', permitted: ['*.tr'] }],
    )
  })
})

describe('find', () => {
  it.each([ISRG_X1, '96BC:EC06:2649', '96 bc ec 06', 'isrg root x1'])(
    '%s finds one root',
    query => {
      expect(stores.find(query).map(({ sha256 }) => sha256)).toEqual([ISRG_X1])
    },
  )

  it('finds by any part of the subject', () => {
    expect(stores.find('GlobalSign nv-sa').length).toBeGreaterThan(1)
  })

  it.each([
    '',
    '  ',
    'no such root',
    '96bcec06264976f37460779acf28c5a7cfe8a3c0aae11a8ffcee05c0bddf08c7',
  ])('%j finds nothing', query => expect(stores.find(query)).toEqual([]))
})

describe('holders', () => {
  it.each([
    [ISRG_X1, 'iOS >= 10.1, Android >= 7.1.1, OpenHarmony, Chrome store'],
    [GTS_R1, 'iOS >= 12.1.1, Android >= 10, OpenHarmony < 5.0.0, OpenHarmony >= 6.0, Chrome store'],
    [
      GTS_R1_BEFORE,
      'iOS >= 12.1.1, Android >= 10, OpenHarmony < 5.0.0, OpenHarmony >= 6.0, Chrome store',
    ],
    [ENTRUST_G2, 'iOS >= 7.1, Android < 17, OpenHarmony, Chrome store < 36'],
  ])('%s: %s', (sha256, words) => {
    const phones = stores
      .holders(root(sha256))
      .filter(({ store }) => ['apple', 'android', 'openharmony', 'chrome'].includes(store))
    expect(describeHoldings(phones)).toBe(words)
  })

  it('are the same for a root and for its certificate', () => {
    const [listed] = stores.find(ISRG_X1)
    expect(listed && stores.holders(listed)).toEqual(stores.holders(root(ISRG_X1)))
  })
})

function table(name: StoreName): StoreTable {
  return stores.tables.find(entry => entry.name === name)!
}

/** Roots in one list, whatever their purpose. */
function inside({ name, versions }: StoreTable, version: string): number {
  const order = versions.map(entry => entry.version)
  const at = order.indexOf(version)
  return stores.roots.filter(({ intervals }) =>
    (intervals[name] ?? []).some(
      ([since, until]) =>
        order.indexOf(since) <= at && (until === null || at < order.indexOf(until)),
    ),
  ).length
}

function root(sha256: string): Certificate {
  return decoded(stores.roots.find(entry => entry.sha256 === sha256)!)
}

function decoded({ der }: Root): Certificate {
  return parseCertificate(der!)
}

function current({ intervals }: Root, name: StoreName): boolean {
  return intervals[name]?.some(([, until]) => until === null) ?? false
}

/** Certificates of such roots, as far as their bytes are known and no other root shares their key. */
function only(filter: (root: Root) => boolean): Certificate[] {
  return stores.roots
    .filter(entry => entry.der && filter(entry))
    .filter(({ spkiSha256 }) => stores.roots.filter(r => r.spkiSha256 === spkiSha256).length === 1)
    .map(decoded)
}

function facts({ sha256, spkiSha256, subject, notAfter, publicKey }: Certificate) {
  return {
    sha256,
    spkiSha256,
    subjectHash: subjectHash(subject.key),
    notAfter: new Date(notAfter).toISOString().slice(0, 10),
    key: publicKey.label,
  }
}
