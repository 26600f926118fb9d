/** Walks the folder of a Mini Program, within budgets; what is left out is said, and why. */
import { type Dirent, realpathSync } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { systemCode } from '../errors.ts'

export type SkipReason =
  /** Installed packages, version control, hidden folders: no part of a Mini Program. */
  | 'not-packed'
  /** `packOptions.ignore`. */
  | 'ignored'
  | 'too-large'
  | 'too-many'
  | 'binary'
  /** A link that leads out of the folder, or to nothing. */
  | 'link'
  | 'unreadable'
  | 'syntax'
  | 'interrupted'
  /** Source of a framework that is no Mini Program before it is built. */
  | 'not-built'

/** Reasons that leave nothing open: such a file is not uploaded. */
export const LEFT_OUT: ReadonlySet<SkipReason> = new Set(['not-packed', 'ignored'])

export interface Skipped {
  /** Relative to the folder that was named. */
  readonly file: string
  readonly why: SkipReason
}

export interface Listing {
  /** Relative to `root`, with slashes, in order. */
  readonly files: readonly string[]
  readonly skipped: readonly Skipped[]
}

/** No package of a Mini Program may be larger than 2 MB, so no file of one is. */
const MAX_FILE_BYTES = 2 << 20
const MAX_FILES = 20_000
const MAX_BYTES = 128 << 20
const MAX_DEPTH = 64

const READ = /\.(?:js|ts|jsx|tsx|wxs|wxml|wxss|json)$/
const NOT_BUILT = /\.(?:vue|nvue|uvue)$/
const NOT_PACKED = /^(?:node_modules|\..*)$/
/** Where sources lie beside what is built of them, the built is no second program. */
const BUILT = /^(?:dist|unpackage)$/
const NOT_PROGRAM =
  /^(?:package(?:-lock)?|[tj]sconfig.*|project\.(?:private\.)?config|mpcert\.config)\.json$|\.d\.ts$|\.(?:config|test|spec)\.[jt]sx?$/

export interface WalkOptions {
  readonly isIgnored: (file: string) => boolean
  /** The folder holds sources and no app.json. */
  readonly isSource: boolean
}

export async function walk(root: string, options: WalkOptions): Promise<Listing> {
  const files: string[] = []
  const skipped: Skipped[] = []
  const whole = realpathSync(root)
  let bytes = 0
  const skip = (file: string, why: SkipReason) => void skipped.push({ file, why })
  const open: { readonly folder: string; readonly depth: number }[] = [{ folder: '', depth: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { folder, depth } = next
    const entries = await list(path.join(root, folder))
    if (entries === null) {
      skip(folder, 'unreadable')
      continue
    }
    const inner: { folder: string; depth: number }[] = []
    const kinds = await Promise.all(
      entries.map(entry => look(entry, path.join(root, folder, entry.name), whole)),
    )
    for (const [index, { name }] of entries.entries()) {
      const file = folder === '' ? name : `${folder}/${name}`
      const { kind, size } = kinds[index] ?? { kind: 'none', size: null }
      if (kind === 'folder') {
        const built = options.isSource && BUILT.test(name)
        if (NOT_PACKED.test(name) || built) skip(file, 'not-packed')
        else if (depth >= MAX_DEPTH) skip(file, 'too-many')
        else inner.push({ folder: file, depth: depth + 1 })
        continue
      }
      if (kind === 'link') skip(file, 'link')
      else if (NOT_BUILT.test(name)) skip(file, 'not-built')
      if (kind !== 'file' || !isRead(name)) continue
      if (options.isIgnored(file)) skip(file, 'ignored')
      else if (size === null) skip(file, 'unreadable')
      else if (size > MAX_FILE_BYTES) skip(file, 'too-large')
      else if (files.length >= MAX_FILES || bytes + size > MAX_BYTES) skip(file, 'too-many')
      else {
        bytes += size
        files.push(file)
      }
    }
    open.push(...inner.reverse())
  }
  return { files: files.toSorted(), skipped }
}

async function list(folder: string): Promise<readonly Dirent[] | null> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    return orUnreadable(error)
  }
}

interface Look {
  readonly kind: 'file' | 'folder' | 'link' | 'none'
  /** Of a file that is read, in bytes; null where it cannot be told. */
  readonly size: number | null
}

/** Links to folders are not followed: what they lead to is inside and read there, or outside and no part. */
async function look(entry: Dirent, file: string, root: string): Promise<Look> {
  if (entry.isDirectory()) return { kind: 'folder', size: null }
  const isLink = entry.isSymbolicLink()
  if (!entry.isFile() && !isLink) return { kind: 'none', size: null }
  if (!isLink && !isRead(entry.name)) return { kind: 'file', size: null }
  const target = isLink ? await realpath(file).catch(orUnreadable) : file
  const isInside =
    target !== null && (!isLink || `${target}${path.sep}`.startsWith(root + path.sep))
  if (!isInside) return { kind: 'link', size: null }
  const stats = await stat(target).catch(orUnreadable)
  return { kind: !stats || stats.isFile() ? 'file' : 'none', size: stats?.size ?? null }
}

function isRead(name: string): boolean {
  return READ.test(name) && !NOT_PROGRAM.test(name)
}

/** What the system refuses is told as such; anything else is a fault of ours. */
export function orUnreadable(error: unknown): null {
  if (systemCode(error) === null) throw error
  return null
}
