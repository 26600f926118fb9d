/** An import as a file: two lines of JSON, one to check the rest by and one to say what it is, then its certificates, packed. */
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { concat, fromBase64, sha256Hex, toBase64, utf8 } from '../../bytes.ts'
import { DecodeError, MpcertError } from '../../errors.ts'
import { faultInChinese } from '../../fault-words.ts'
import {
  list,
  nullable,
  number,
  object,
  oneOf,
  parseJson,
  type Shape,
  text,
  union,
} from '../../shape.ts'
import { createIntermediates } from '../intermediates.ts'
import { STORE_NAMES } from '../store.ts'
import type { Imported, ImportedRoot } from './imported.ts'

const FORMAT = 'mpcert-import'
const FORMAT_VERSION = 1
const MAX_POOL = 256 << 20

/** What an import is called among the others: one of the same name takes its place. */
export function importFileName(imported: Imported): string {
  const parts = imported.kind === 'roots' ? [imported.store, imported.version] : []
  return `${[imported.kind, ...parts].join('-')}${EXTENSION}`
}

export function isImportFile(name: string): boolean {
  return name.endsWith(EXTENSION)
}

const EXTENSION = '.import'

export function encodeImport(imported: Imported): Uint8Array {
  const { header, pool } = parts(imported)
  const packed = new Uint8Array(
    brotliCompressSync(pool, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } }),
  )
  const { source, sha256, date } = imported
  const content = utf8(`${JSON.stringify({ source, sha256, date, ...header })}\n`)
  const rest = concat([content, packed])
  const seal = { format: FORMAT, version: FORMAT_VERSION, rest: sha256Hex(rest) }
  return concat([utf8(`${JSON.stringify(seal)}\n`), rest])
}

/** Ten thousand certificates take a second, not a minute. */
const QUALITY = 5

/** @throws MpcertError ERR_FILE that names the file and how to be rid of it */
export function decodeImport(bytes: Uint8Array, file: string): Imported {
  try {
    return read(bytes)
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    const { path, reason } = error
    throw new MpcertError(
      'ERR_FILE',
      {
        en: `${file} is damaged (${path}: ${reason}): delete it, and import it again with mpcert stores update`,
        'zh-CN': `${file} 已损坏（${faultInChinese(reason, path)}）：请删除该文件，再用 mpcert stores update 重新导入`,
      },
      { phase: 'read', cause: error },
    )
  }
}

function parts(imported: Imported): { header: object; pool: Uint8Array } {
  switch (imported.kind) {
    case 'roots': {
      const { kind, store, version, roots, constraints } = imported
      const sizes = roots.map(({ sha256, der }) => ({ sha256, size: der?.length ?? 0 }))
      const pool = concat(roots.flatMap(({ der }) => der ?? []))
      return { header: { kind, store, version, constraints, roots: sizes }, pool }
    }
    case 'intermediates': {
      const { kind, intermediates } = imported
      return { header: { kind, entries: intermediates.entries }, pool: intermediates.pool() }
    }
    case 'ct-logs': {
      const { kind, version, logs } = imported
      const coded = logs.map(log => ({ ...log, key: toBase64(log.key) }))
      return { header: { kind, version, logs: coded }, pool: new Uint8Array() }
    }
  }
}

function read(bytes: Uint8Array): Imported {
  const [first, rest] = cutLine(bytes)
  const { rest: expected } = sealShape(first, 'file')
  if (sha256Hex(rest) !== expected) throw new DecodeError('cut off or changed', 'file', 0)
  const [second, packed] = cutLine(rest)
  const content = contentShape(second, 'file')
  const { source, sha256, date } = content
  const provenance = { source, sha256, date }
  switch (content.kind) {
    case 'roots': {
      const pool = unpack(packed, content.roots)
      return { ...content, roots: cut(pool, content.roots) }
    }
    case 'intermediates': {
      const { entries } = content
      let pool: Uint8Array | null = null
      const unpacked = () => {
        pool ??= unpack(packed, entries)
        return pool
      }
      const intermediates = createIntermediates(entries, unpacked)
      return { ...provenance, kind: 'intermediates', intermediates }
    }
    case 'ct-logs':
      return {
        ...content,
        logs: content.logs.map(log => ({ ...log, key: fromBase64(log.key) })),
      }
  }
}

function cutLine(bytes: Uint8Array): [line: unknown, rest: Uint8Array] {
  const end = bytes.indexOf(0x0a)
  if (end < 0) throw new DecodeError('cut off', 'file', bytes.length)
  const line = new TextDecoder().decode(bytes.subarray(0, end))
  return [parseJson(line, 'file'), bytes.subarray(end + 1)]
}

function unpack(packed: Uint8Array, entries: readonly { readonly size: number }[]): Uint8Array {
  const pool = decompress(packed)
  const expected = entries.reduce((sum, { size }) => sum + size, 0)
  if (pool.length !== expected) throw new DecodeError('not as long as it says', 'pool', 0)
  return pool
}

function decompress(packed: Uint8Array): Uint8Array {
  try {
    return new Uint8Array(brotliDecompressSync(packed, { maxOutputLength: MAX_POOL }))
  } catch (error) {
    throw new DecodeError(`cannot be unpacked (${error})`, 'pool', 0)
  }
}

function cut(
  pool: Uint8Array,
  entries: readonly { readonly sha256: string; readonly size: number }[],
): readonly ImportedRoot[] {
  let offset = 0
  return entries.map(({ sha256, size }) => {
    offset += size
    return { sha256, der: size > 0 ? pool.subarray(offset - size, offset) : null }
  })
}

const size: Shape<number> = (value, path) => {
  const read = number(value, path)
  if (Number.isSafeInteger(read) && read >= 0) return read
  throw new DecodeError('a size expected', path, 0)
}

const provenance = { source: text, sha256: text, date: text }

const sealShape = object({
  format: oneOf(FORMAT),
  version: oneOf(FORMAT_VERSION),
  rest: text,
})

const contentShape = union('kind', {
  roots: object({
    ...provenance,
    store: oneOf(...STORE_NAMES),
    version: text,
    roots: list(object({ sha256: text, size })),
    constraints: nullable(list(object({ sha256: text, date: text }))),
  }),
  intermediates: object({
    ...provenance,
    entries: list(object({ sha256: text, size, keyId: text, subjectHash: text })),
  }),
  'ct-logs': object({
    ...provenance,
    version: text,
    logs: list(
      object({
        id: text,
        key: text,
        operator: text,
        name: text,
        kind: oneOf('rfc6962', 'static'),
        state: oneOf('pending', 'qualified', 'usable', 'retired', 'rejected'),
        stateSince: number,
        interval: nullable(object({ from: number, until: number })),
      }),
    ),
  }),
})
