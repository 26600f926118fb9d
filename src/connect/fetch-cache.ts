/** Fetched certificates kept on disk for a week: a file for each. Whatever is wrong with it, it is only a cache. */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { concat, equal, sha256Hex, utf8 } from '../bytes.ts'
import { DecodeError } from '../errors.ts'
import { parseCertificate } from '../x509/certificate.ts'
import { readCertificates } from '../x509/container.ts'
import type { FetchCache } from './fetch.ts'

export interface FetchCacheOptions {
  readonly folder: string
  /** ms since the epoch. */
  readonly now?: () => number
  readonly maxFiles?: number
}

const KEEP_MS = 7 * 86_400_000
/** Files are dated by a clock that may have been set back since. */
const CLOCK_SLACK_MS = 60_000
const MAX_FILES = 1_000
const MAX_BYTES = 65_536
/** A file begins with the SHA-256 of what follows. */
const DIGEST_LENGTH = 32
const ENTRY = /^[0-9a-f]{64}\.cert$/
const DRAFT = /^[0-9a-f]{64}\.cert\.\d+-\d+\.tmp$/

/** Keeps what holds certificates, and nothing else. */
export function openFetchCache({
  folder,
  now = Date.now,
  maxFiles = MAX_FILES,
}: FetchCacheOptions): FetchCache {
  const fileOf = (key: string) => path.join(folder, `${sha256Hex(utf8(key))}.cert`)
  return {
    async read(key) {
      try {
        const file = fileOf(key)
        const { mtimeMs, size } = await stat(file)
        if (size > MAX_BYTES + DIGEST_LENGTH || !isFresh(mtimeMs, now())) return null
        return open(new Uint8Array(await readFile(file)))
      } catch {
        return null
      }
    },
    async write(key, body) {
      if (body.length > MAX_BYTES || !holdsCertificates(body)) return
      const file = fileOf(key)
      const draft = `${file}.${process.pid}-${++drafts}.tmp`
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await writeFile(draft, concat([digest(body), body]), { flag: 'wx', mode: 0o600 })
        await rename(draft, file)
        await prune(folder, now(), maxFiles)
      } catch {
        await rm(draft, { force: true }).catch(() => undefined)
      }
    },
  }
}

let drafts = 0

/** What is no longer whole counts as absent; the next fetch replaces it. */
function open(file: Uint8Array): Uint8Array | null {
  const body = file.subarray(DIGEST_LENGTH)
  const isWhole = equal(file.subarray(0, DIGEST_LENGTH), digest(body))
  return isWhole && holdsCertificates(body) ? body : null
}

function digest(body: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(body).digest())
}

function holdsCertificates(body: Uint8Array): boolean {
  try {
    return readCertificates(body).map(parseCertificate).length > 0
  } catch (error) {
    if (error instanceof DecodeError) return false
    throw error
  }
}

function isFresh(mtimeMs: number, now: number): boolean {
  return mtimeMs <= now + CLOCK_SLACK_MS && now - mtimeMs < KEEP_MS
}

/** Removes what is out of date, drafts that were never finished, and the oldest of too many; nothing of anyone else's. */
async function prune(folder: string, now: number, maxFiles: number): Promise<void> {
  const names = (await readdir(folder)).filter(name => ENTRY.test(name) || DRAFT.test(name))
  const files = await Promise.all(
    names.map(async name => ({ name, mtimeMs: (await stat(path.join(folder, name))).mtimeMs })),
  )
  const entries = files.filter(({ name, mtimeMs }) => ENTRY.test(name) && isFresh(mtimeMs, now))
  const surplus = entries.toSorted((a, b) => b.mtimeMs - a.mtimeMs).slice(maxFiles)
  const stale = files.filter(({ mtimeMs }) => !isFresh(mtimeMs, now))
  for (const { name } of [...stale, ...surplus]) await rm(path.join(folder, name), { force: true })
}
