/** The stores on file, as one value. Certificates are cut out of the pool here and decoded when a path asks for them. */
import { brotliDecompressSync } from 'node:zlib'
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

/** A line of roots.jsonl. The pool holds the certificates one after another, in the order of the lines. */
interface RootRecord
  extends Pick<
    Root,
    'sha256' | 'name' | 'subject' | 'subjectHash' | 'notAfter' | 'key' | 'signature'
  > {
  readonly spki: string
  /** Length of the certificate in the pool, in bytes. */
  readonly size?: number
  readonly serverAuth?: false
  readonly microsoftTls?: true
  readonly in: Readonly<Partial<Record<StoreName, readonly Interval[]>>>
  readonly constraints?: readonly Constraint[]
}

function readData() {
  const { lines } = readLines<unknown, RootRecord>('roots.jsonl')
  return { tables: readTables(), roots: readRoots(lines) }
}

function readTables(): StoreTable[] {
  const { header, lines } = readLines<{ verified: string }, VersionRecord>('versions.jsonl')
  return (Object.keys(SYSTEMS) as StoreName[]).map(name => ({
    name,
    system: SYSTEMS[name],
    verified: header.verified,
    versions: lines
      .filter(line => line.store === name)
      .map(({ store: _, list = null, basis = null, uncertain = false, ...version }) => ({
        ...version,
        list,
        basis,
        uncertain,
      })),
  }))
}

function readRoots(records: readonly RootRecord[]): Root[] {
  const pool = brotliDecompressSync(readBytes('roots.br'))
  let offset = 0
  return records.map(record => {
    const size = record.size ?? 0
    offset += size
    return {
      sha256: record.sha256,
      spkiSha256: record.spki,
      name: record.name,
      subject: record.subject,
      subjectHash: record.subjectHash,
      notAfter: record.notAfter,
      key: record.key,
      signature: record.signature,
      der: size > 0 ? pool.subarray(offset - size, offset) : null,
      serverAuth: record.serverAuth ?? true,
      microsoftTls: record.microsoftTls ?? false,
      builtIn: true,
      intervals: record.in,
      constraints: record.constraints ?? [],
    }
  })
}
