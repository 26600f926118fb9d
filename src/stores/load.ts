/** The stores on file, as one value. Certificates are unpacked, and decoded, when a path asks for them. */
import { brotliDecompressSync } from 'node:zlib'
import { Reader } from '../bytes.ts'
import { createStores } from './create.ts'
import { readBytes, readLines } from './file.ts'
import type {
  Constraint,
  Interval,
  Root,
  StoreName,
  Stores,
  StoreTable,
  StoreVersion,
} from './store.ts'

/** Every store and version that is known. The files are read once; each call gives a value of its own. */
export function loadStores(): Stores {
  data ??= readData()
  return createStores(data)
}

let data: Pick<Stores, 'tables' | 'roots'> | null = null

const SYSTEMS: Readonly<Record<StoreName, string>> = {
  apple: 'iOS',
  android: 'Android',
  openharmony: 'OpenHarmony',
  mozilla: 'NSS',
  chrome: 'Chrome store',
  openjdk: 'OpenJDK',
  microsoft: 'Windows',
}

/** A line of versions.jsonl; test/tools/roots.mjs writes it. */
interface VersionRecord extends Omit<StoreVersion, 'list' | 'basis' | 'uncertain'> {
  readonly store: StoreName
  readonly list?: string
  readonly basis?: string
  readonly uncertain?: true
}

/** The first line of roots.jsonl. */
interface RootsHeader {
  /**
   * So many lines share a block of roots.br: its length in 32 bits, then their certificates one after another, under
   * brotli.
   */
  readonly linesPerBlock: number
}

/** A line of roots.jsonl. */
interface RootRecord
  extends Pick<
    Root,
    'sha256' | 'name' | 'subject' | 'subjectHash' | 'notAfter' | 'key' | 'signature'
  > {
  readonly spki: string
  /** Length of the certificate in its block, in bytes. */
  readonly size?: number
  readonly serverAuth?: false
  readonly microsoftTls?: true
  readonly in: Readonly<Partial<Record<StoreName, readonly Interval[]>>>
  readonly constraints?: readonly Constraint[]
}

function readData() {
  const { header, lines } = readLines<RootsHeader, RootRecord>('roots.jsonl')
  return { tables: readTables(), roots: readRoots(header, lines) }
}

function readTables(): StoreTable[] {
  const { header, lines } = readLines<{ verified: string }, VersionRecord>('versions.jsonl')
  return (Object.keys(SYSTEMS) as StoreName[]).map(name => ({
    name,
    system: SYSTEMS[name],
    verified: header.verified,
    versions: lines
      .filter(({ store }) => store === name)
      .map(line => ({
        version: line.version,
        os: line.os,
        date: line.date,
        source: line.source,
        list: line.list ?? null,
        basis: line.basis ?? null,
        uncertain: line.uncertain ?? false,
        count: line.count,
      })),
  }))
}

function readRoots({ linesPerBlock }: RootsHeader, records: readonly RootRecord[]): Root[] {
  const reader = new Reader(readBytes('roots.br'), 'roots.br')
  const roots: Root[] = []
  while (!reader.done) {
    const block = reader.take(reader.u32())
    roots.push(...readBlock(block, records.slice(roots.length, roots.length + linesPerBlock)))
  }
  return roots
}

/** A path asks for one root or two: to unpack them all would take longer than to read the rest. */
function readBlock(packed: Uint8Array, records: readonly RootRecord[]): Root[] {
  let pool: Uint8Array | null = null
  const cut = (start: number, end: number) => {
    pool ??= brotliDecompressSync(packed)
    return pool.subarray(start, end)
  }
  let offset = 0
  return records.map(record => {
    const start = offset
    const end = start + (record.size ?? 0)
    offset = end
    return {
      sha256: record.sha256,
      spkiSha256: record.spki,
      name: record.name,
      subject: record.subject,
      subjectHash: record.subjectHash,
      notAfter: record.notAfter,
      key: record.key,
      signature: record.signature,
      get der() {
        return end > start ? cut(start, end) : null
      },
      serverAuth: record.serverAuth ?? true,
      microsoftTls: record.microsoftTls ?? false,
      builtIn: true,
      intervals: record.in,
      constraints: record.constraints ?? [],
    }
  })
}
