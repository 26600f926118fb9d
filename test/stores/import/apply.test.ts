import { beforeAll, describe, expect, it } from 'vitest'
import { UsageError } from '../../../src/errors.ts'
import { withImports } from '../../../src/stores/import/apply.ts'
import type { ImportedLogs, ImportedRoots } from '../../../src/stores/import/imported.ts'
import { reviewIntermediates, reviewLogs, reviewRoots } from '../../../src/stores/import/review.ts'
import { createIntermediates, describeIntermediate } from '../../../src/stores/intermediates.ts'
import { loadStores } from '../../../src/stores/load.ts'
import type { Root, StoreName, Stores } from '../../../src/stores/store.ts'
import { type Certificate, parseCertificate } from '../../../src/x509/certificate.ts'
import { makeCa, parsed } from '../../helpers/certs.ts'
import { anchorsOf } from './sources.ts'

let stores: Stores
let fresh: Certificate
let androids: readonly (Root & { der: Uint8Array })[]
let leaving: Certificate
beforeAll(() => {
  stores = loadStores()
  fresh = parsed(makeCa('New Root'))
  androids = anchorsOf('android')
  leaving = parseCertificate(androids[0]!.der)
})

/** Android's anchors but for the first one, and a new one. */
function list(change: Partial<ImportedRoots> = {}): ImportedRoots {
  const kept = androids.slice(1).map(({ sha256, der }) => ({ sha256, der }))
  return {
    kind: 'roots',
    source: 'there',
    sha256: 'f'.repeat(64),
    date: '2027-01-10',
    store: 'android',
    version: '18',
    roots: [...kept, { sha256: fresh.sha256, der: fresh.der }],
    constraints: null,
    ...change,
  }
}

const holds = (from: Stores, version: string, one: Certificate, store: StoreName = 'android') =>
  from.anchors(store, version).holds(one)

describe('withImports', () => {
  it('makes the list the newest version of its store, and leaves older ones as they were', () => {
    const after = withImports(stores, [list()])
    expect(after.versionFor('android', '18')).toMatchObject({
      ...{ version: '18', os: 'imported', date: '2027-01-10', source: 'there' },
      count: androids.length,
    })
    expect(after.versionFor('android', '17')).toEqual(stores.versionFor('android', '17'))
    for (const version of ['18', '19']) {
      expect(holds(after, version, fresh)).toBe(true)
      expect(holds(after, version, leaving)).toBe(false)
    }
    expect(holds(after, '17', fresh)).toBe(false)
    expect(holds(after, '17', leaving)).toBe(true)
    expect(after.anchors('android', '18').rootOf(fresh)).toMatchObject({ builtIn: true })
    expect(after.anchors('apple', '99').holds(fresh)).toBe(false)
    expect(after.tables.find(({ name }) => name === 'android')?.verified).toBe('2027-01-10')
    expect(after.tables.find(({ name }) => name === 'apple')?.verified).not.toBe('2027-01-10')
    expect(stores.anchors('android', '18').holds(fresh)).toBe(false)
  })

  it('corrects the newest version where the list is of that one', () => {
    const after = withImports(stores, [list({ version: '17' })])
    expect(holds(after, '17', fresh)).toBe(true)
    expect(holds(after, '17', leaving)).toBe(false)
    expect(holds(after, '16', leaving)).toBe(true)
    const versions = (from: Stores) =>
      from.tables.find(({ name }) => name === 'android')?.versions.map(({ version }) => version)
    expect(versions(after)).toEqual(versions(stores))
  })

  it('applies several lists by their versions, whatever the order', () => {
    const next = list({ version: '19', date: '2027-02-10', roots: list().roots.slice(0, -1) })
    for (const imports of [
      [list(), next],
      [next, list()],
    ]) {
      const after = withImports(stores, imports)
      expect([holds(after, '18', fresh), holds(after, '19', fresh)]).toEqual([true, false])
    }
  })

  it('brings a root back that was gone', () => {
    const without = list({ version: '18' })
    const again = list({
      version: '19',
      roots: [...list().roots, { sha256: leaving.sha256, der: null }],
    })
    const after = withImports(stores, [without, again])
    expect(['17', '18', '19'].map(version => holds(after, version, leaving))).toEqual([
      true,
      false,
      true,
    ])
    const mended = withImports(stores, [without, { ...again, version: '18.0', date: '2027-01-11' }])
    expect(['17', '18', '19'].map(version => holds(mended, version, leaving))).toEqual([
      true,
      true,
      true,
    ])
  })

  it('takes 17.0 for 17', () => {
    expect(holds(withImports(stores, [list({ version: '17.0' })]), '17', fresh)).toBe(true)
  })

  it('changes nothing where what came with mpcert is newer', () => {
    expect(withImports(stores, [list({ version: '16' })])).toBe(stores)
    expect(withImports(stores, [list({ version: '17', date: '2026-01-01' })])).toBe(stores)
  })

  it("takes over the dates of Chrome's list, and takes back those it no longer names", () => {
    const chrome = anchorsOf('chrome')
    const dated = chrome.find(({ constraints }) => constraints.some(one => one.store === 'chrome'))!
    const free = chrome.find(({ constraints }) => constraints.length === 0)!
    const after = withImports(stores, [
      list({
        ...{ store: 'chrome', version: '40' },
        roots: chrome.map(({ sha256, der }) => ({ sha256, der })),
        constraints: [{ sha256: free.sha256, date: '2027-03-01' }],
      }),
    ])
    const demands = (root: { der: Uint8Array }) =>
      after.anchors('chrome', '40').constraintsOf(parseCertificate(root.der))
    expect(demands(free)).toEqual([
      { store: 'chrome', since: null, kind: 'issued-after', basis: 'sct', date: '2027-03-01' },
    ])
    expect(demands(dated)).toEqual([])
  })
})

describe('a review', () => {
  it('says what is new and what is gone', () => {
    const change = reviewRoots(list(), stores)
    expect(change.added.map(({ sha256 }) => sha256)).toEqual([fresh.sha256])
    expect(change.removed.map(({ sha256 }) => sha256)).toEqual([leaving.sha256])
    expect(change.before?.version).toBe(
      stores.tables.find(({ name }) => name === 'android')?.versions.at(-1)?.version,
    )
    expect(change.countAfter).toBe(change.countBefore)
  })

  it('refuses a list that is older, too short, or lacks most of what was there', () => {
    const refuse = (change: Partial<ImportedRoots>, reason: RegExp) => {
      expect(() => reviewRoots(list(change), stores)).toThrow(UsageError)
      expect(() => reviewRoots(list(change), stores)).toThrow(reason)
    }
    refuse({ version: '16' }, /older than what is known/)
    refuse({ roots: list().roots.slice(0, 19) }, /19 roots are too few/)
    refuse({ roots: list().roots.slice(0, 40) }, /would be gone/)
  })

  it('counts intermediates and logs, and refuses what is cut off', () => {
    const entry = describeIntermediate(fresh)
    const intermediates = createIntermediates([entry], () => fresh.der)
    const library = { kind: 'intermediates', ...PROVENANCE, intermediates } as const
    expect(reviewIntermediates(library, ['a'.repeat(64)].slice(1))).toEqual({
      ...{ before: 0, after: 1, added: 1, removed: 0 },
    })
    const names = ['a', 'b', 'c']
    expect(() => reviewIntermediates(library, names)).toThrow(/3 of 3 intermediates would be gone/)
    const none = { ...library, intermediates: createIntermediates([], () => fresh.der) }
    expect(() => reviewIntermediates(none, [])).toThrow(/no intermediate/)
    const logs: ImportedLogs = { kind: 'ct-logs', ...PROVENANCE, version: '1', logs: [] }
    expect(() => reviewLogs(logs, [])).toThrow(/only 0 logs are usable/)
  })
})

const PROVENANCE = { source: 'there', sha256: 'f'.repeat(64), date: '2027-01-10' }
