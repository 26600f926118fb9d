/** The stores with what the user imported: each list becomes the newest version of its store. */
import { createStores } from '../create.ts'
import { newRoot } from '../derive.ts'
import type { Constraint, Interval, Root, StoreName, Stores, StoreTable } from '../store.ts'
import { compareVersions } from '../version.ts'
import type { Imported, ImportedRoots } from './imported.ts'

/** Older lists first, whatever the order in which they were imported. */
export function withImports(stores: Stores, imports: readonly Imported[]): Stores {
  const lists = imports.flatMap(one => (one.kind === 'roots' ? [one] : []))
  return lists
    .toSorted((a, b) => compareVersions(a.version, b.version) || (a.date < b.date ? -1 : 1))
    .reduce(withVersion, stores)
}

/** Whether the list is newer than what is known of its store, or the same version verified again. */
export function supersedes({ tables }: Stores, { store, version, date }: ImportedRoots): boolean {
  const table = tables.find(({ name }) => name === store)
  const newest = table?.versions.at(-1)
  if (!table || !newest) return false
  const order = compareVersions(version, newest.version)
  return order > 0 || (order === 0 && date >= table.verified)
}

/**
 * The imported list is the newest version of its store; one that does not supersede what is known changes nothing.
 * What is known of a root's purpose stands: an import adds anchors for TLS servers, and takes no other root away.
 */
export function withVersion(stores: Stores, imported: ImportedRoots): Stores {
  if (!supersedes(stores, imported)) return stores
  const list = { ...imported, version: spelling(stores, imported) }
  const known = new Set(stores.roots.map(({ sha256 }) => sha256))
  const listed = new Map(list.roots.map(root => [root.sha256, root.der]))
  const fresh = list.roots.flatMap(({ sha256, der }) => (known.has(sha256) || !der ? [] : [der]))
  const roots = [
    ...stores.roots.map(root => ({ ...root, der: root.der ?? listed.get(root.sha256) ?? null })),
    ...fresh.map(der => ({ ...newRoot(der), builtIn: true, intervals: {} })),
  ]
  return createStores({
    tables: stores.tables.map(table => (table.name === list.store ? extend(table, list) : table)),
    roots: roots.map(root => ({
      ...root,
      intervals: {
        ...root.intervals,
        [list.store]: spansWith(root, list, listed.has(root.sha256)),
      },
      constraints: constraintsWith(root, list),
    })),
  })
}

/** `18.0` is the `18` that is listed. */
function spelling({ tables }: Stores, { store, version }: ImportedRoots): string {
  const versions = tables.find(({ name }) => name === store)?.versions ?? []
  return versions.find(listed => compareVersions(listed.version, version) === 0)?.version ?? version
}

/** In the place of the same version, or after all others. */
function extend(table: StoreTable, { version, date, source, roots }: ImportedRoots): StoreTable {
  const older = table.versions.filter(listed => listed.version !== version)
  const os = table.versions.find(listed => listed.version === version)?.os ?? IMPORTED
  const unsaid = { list: null, basis: null, uncertain: false }
  const entry = { version, os, date, source, count: roots.length, ...unsaid }
  return { ...table, verified: date, versions: [...older, entry] }
}

/** What stands for the system where a list came from the user. */
const IMPORTED = 'imported'

function spansWith(
  root: Root,
  { store, version }: ImportedRoots,
  listed: boolean,
): readonly Interval[] {
  const spans = root.intervals[store] ?? []
  const last = spans.at(-1)
  const before = spans.slice(0, -1)
  if (listed) {
    if (last?.[1] === null) return spans
    const goesOn = last && compareVersions(last[1], version) === 0
    return goesOn ? [...before, [last[0], null]] : [...spans, [version, null]]
  }
  if (last?.[1] !== null || !isServerAnchor(root, store)) return spans
  return compareVersions(last[0], version) === 0 ? before : [...before, [last[0], version]]
}

/** Counts as an anchor for TLS servers wherever this store lists it. */
export function isServerAnchor({ serverAuth, microsoftTls }: Root, store: StoreName): boolean {
  return serverAuth && (store !== 'microsoft' || microsoftTls)
}

function constraintsWith(
  { sha256, constraints }: Root,
  { store, roots, constraints: imported }: ImportedRoots,
): readonly Constraint[] {
  if (imported === null || !roots.some(root => root.sha256 === sha256)) return constraints
  const others = constraints.filter(one => one.store !== store)
  const dates = imported.filter(one => one.sha256 === sha256)
  const kind = { kind: 'issued-after', basis: 'sct', since: null } as const
  return [...others, ...dates.map(({ date }) => ({ store, ...kind, date }))]
}
