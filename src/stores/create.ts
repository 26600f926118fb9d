/** Look-ups over store tables: what a client of some version anchors at, and which versions hold a key. */
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import type {
  Anchor,
  Holding,
  Root,
  StoreAnchors,
  StoreName,
  Stores,
  StoreTable,
  StoreVersion,
} from './store.ts'
import { subjectHash } from './subject-hash.ts'
import { compareVersions } from './version.ts'

/** The value that `Stores` describes, from its data. */
export function createStores(data: Pick<Stores, 'tables' | 'roots'>): Stores {
  const pool = new Pool(data.roots)
  const tables = new Map(data.tables.map(table => [table.name, new Table(table)]))
  const tableOf = (name: StoreName) =>
    tables.get(name) ?? new Table({ name, system: name, verified: '', versions: [] })
  const cache = new Map<string, StoreAnchors>()
  return {
    ...data,
    versionFor: (name, version) => tableOf(name).versionFor(version),
    anchors(name, version) {
      const key = `${name} ${version}`
      const anchors = cache.get(key) ?? new TableAnchors(pool, tableOf(name), version)
      cache.set(key, anchors)
      return anchors
    },
    find: query => find(data.roots, query),
    holders(...subjects) {
      const roots = subjects.flatMap(subject => pool.alike(subject))
      return [...tables.values()].flatMap(table => table.holdings(roots))
    },
  }
}

interface Indexes {
  readonly bySpki: ReadonlyMap<string, readonly Root[]>
  readonly bySubjectHash: ReadonlyMap<string, readonly Root[]>
}

type NamedRoot = readonly [Root, Anchor]

/** Names come from strangers: a long run must not remember them all. */
const MAX_NAMES = 1000

/** Roots by key and by subject, decoded when first asked for. */
class Pool {
  private readonly roots: readonly Root[]
  private indexes: Indexes | null = null
  private readonly anchors = new Map<Root, Anchor>()
  private readonly byName = new Map<string, readonly NamedRoot[]>()

  constructor(roots: readonly Root[]) {
    this.roots = roots
  }

  /** Made late: stores are often derived from others that nobody asks anything. */
  private get index(): Indexes {
    this.indexes ??= {
      bySpki: groupBy(this.roots, root => root.spkiSha256),
      bySubjectHash: groupBy(this.roots, root => root.subjectHash),
    }
    return this.indexes
  }

  /** Roots of this subject and key, re-issued ones among them. */
  alike(subject: Root | Certificate): readonly Root[] {
    const hash = 'subjectHash' in subject ? subject.subjectHash : hashOf(subject)
    const roots = this.index.bySpki.get(subject.spkiSha256) ?? []
    return roots.filter(root => root.subjectHash === hash)
  }

  /** Roots of this subject whose certificates are known. */
  named(nameKey: string): readonly NamedRoot[] {
    const known = this.byName.get(nameKey)
    if (known) return known
    const found = (this.index.bySubjectHash.get(subjectHash(nameKey)) ?? [])
      .flatMap(root => (root.der ? [[root, this.anchor(root, root.der)] as const] : []))
      .filter(([, anchor]) => anchor.certificate.subject.key === nameKey)
    if (this.byName.size >= MAX_NAMES) this.byName.clear()
    this.byName.set(nameKey, found)
    return found
  }

  private anchor(root: Root, der: Uint8Array): Anchor {
    const known = this.anchors.get(root)
    if (known) return known
    const anchor = { sha256: root.sha256, certificate: parseCertificate(der) }
    this.anchors.set(root, anchor)
    return anchor
  }
}

const hashes = new WeakMap<Certificate, string>()

function hashOf(certificate: Certificate): string {
  const hash = hashes.get(certificate) ?? subjectHash(certificate.subject.key)
  hashes.set(certificate, hash)
  return hash
}

/** One store's versions, in their order. */
class Table {
  readonly name: StoreName
  private readonly system: string
  private readonly versions: readonly StoreVersion[]
  private readonly indexes: ReadonlyMap<string, number>
  /** Lists that no phone had (`macos-10.9.4`) compare with no version. */
  private readonly numbered: readonly StoreVersion[]

  constructor({ name, system, versions }: StoreTable) {
    this.name = name
    this.system = system
    this.versions = versions
    this.numbered = versions.filter(({ version }) => /^\d/.test(version))
    this.indexes = new Map(versions.map(({ version }, index) => [version, index]))
  }

  versionFor(version: string): StoreVersion | null {
    return this.numbered.findLast(listed => compareVersions(listed.version, version) <= 0) ?? null
  }

  /** Whether the root is an anchor for TLS servers in this version. */
  anchors(root: Root, { version }: StoreVersion): boolean {
    if (!root.serverAuth || (this.name === 'microsoft' && !root.microsoftTls)) return false
    const at = this.index(version)
    return (root.intervals[this.name] ?? []).some(
      ([since, until]) => this.index(since) <= at && (until === null || at < this.index(until)),
    )
  }

  /** The spans in which any of these roots is an anchor. */
  holdings(roots: readonly Root[]): Holding[] {
    const holdings: Holding[] = []
    let since: StoreVersion | null = null
    for (const version of [...this.versions, null]) {
      const held = version !== null && roots.some(root => this.anchors(root, version))
      if (held) since ??= version
      else if (since) {
        holdings.push({
          store: this.name,
          system: this.system,
          since,
          sinceFirst: since === this.versions[0],
          until: version,
        })
        since = null
      }
    }
    return holdings
  }

  private index(version: string): number {
    return this.indexes.get(version) ?? Number.POSITIVE_INFINITY
  }
}

class TableAnchors implements StoreAnchors {
  readonly store: StoreName
  readonly version: StoreVersion | null
  private readonly pool: Pool
  private readonly table: Table
  private readonly clientVersion: string

  constructor(pool: Pool, table: Table, clientVersion: string) {
    this.store = table.name
    this.version = table.versionFor(clientVersion)
    this.pool = pool
    this.table = table
    this.clientVersion = clientVersion
  }

  bySubject(nameKey: string) {
    return this.pool
      .named(nameKey)
      .filter(([root]) => this.has(root))
      .map(([, anchor]) => anchor)
  }

  holds(certificate: Certificate) {
    return this.rootOf(certificate) !== null
  }

  rootOf(certificate: Certificate) {
    return this.pool.alike(certificate).find(root => this.has(root)) ?? null
  }

  constraintsOf(certificate: Certificate) {
    return this.pool
      .alike(certificate)
      .filter(root => this.has(root))
      .flatMap(root => root.constraints)
      .filter(({ store, since }) => store === this.store && this.knows(since))
  }

  private has(root: Root): boolean {
    return this.version !== null && this.table.anchors(root, this.version)
  }

  private knows(since: string | null): boolean {
    return since === null || compareVersions(since, this.clientVersion) <= 0
  }
}

/** A fingerprint may be written with colons and in either case. */
function find(roots: readonly Root[], query: string): readonly Root[] {
  const text = query.trim().toLowerCase()
  const digits = text.replaceAll(/[:\s]/g, '')
  const isFingerprint = /^[0-9a-f]{4,64}$/.test(digits)
  return roots.filter(
    root =>
      (isFingerprint && root.sha256.startsWith(digits)) ||
      (text !== '' && `${root.name}\n${root.subject}`.toLowerCase().includes(text)),
  )
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
