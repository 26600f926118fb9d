/** What `--from` names, read whole: a file, the files of a folder, or a URL. */
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { sha256Hex, utf8 } from '../bytes.ts'
import { createFetcher, type FetchFailure } from '../connect/fetch.ts'
import { MpcertError, UsageError } from '../errors.ts'
import type { SourceFile } from '../stores/import/read-import.ts'
import type { Text } from '../text.ts'
import { cannotRead, readInput } from './read-input.ts'

export interface Source {
  readonly source: string
  readonly files: readonly SourceFile[]
  /** Of the file, or of the names and hashes of all of them. */
  readonly sha256: string
}

const MAX_BYTES = 64 << 20
const MAX_FILES = 5_000
const TIMEOUT_MS = 30_000

/** @throws MpcertError ERR_FILE, ERR_FETCH; UsageError */
export async function readSource(from: string): Promise<Source> {
  const files = /^[a-z][a-z0-9+.-]+:\/\//i.test(from) ? [await readUrl(from)] : await readPath(from)
  const hashes = files.map(({ name, bytes }) => [sha256Hex(bytes), name] as const)
  const [only] = hashes.length === 1 ? hashes : []
  const all = hashes.map(([sha256, name]) => `${sha256} ${name}\n`).join('')
  return { source: from, files, sha256: only?.[0] ?? sha256Hex(utf8(all)) }
}

/** What is trusted as it comes must come from whom it is said to come from. */
async function readUrl(url: string): Promise<SourceFile> {
  if (!/^https:/i.test(url))
    throw new UsageError({
      en: `${url}: only https is taken, for nothing else says who sent it`,
      'zh-CN': `${url}：只接受 https，其他方式无法确认来源`,
    })
  const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES }
  const result = await createFetcher({ ...limits, secure: true, allowPrivate: true })(url)
  if (result.state === 'fetched') return { name: url, bytes: result.body }
  const reason = FAILURES[result.reason]
  const detail = result.detail ?? result.url
  throw new MpcertError(
    'ERR_FETCH',
    {
      en: `${url} could not be fetched: ${reason.en} (${detail})`,
      'zh-CN': `无法下载 ${url}：${reason['zh-CN']}（${detail}）`,
    },
    { phase: 'fetch' },
  )
}

const FAILURES: Readonly<Record<FetchFailure, Text>> = {
  'switched-off': { en: 'not asked', 'zh-CN': '未下载' },
  'bad-url': { en: 'no https address', 'zh-CN': '不是 https 地址' },
  'private-address': { en: 'a private address', 'zh-CN': '内网地址' },
  unreachable: { en: 'no connection', 'zh-CN': '无法连接' },
  timeout: { en: 'too slow', 'zh-CN': '超时' },
  status: { en: 'refused', 'zh-CN': '被拒绝' },
  redirects: { en: 'redirected too often', 'zh-CN': '重定向次数过多' },
  'too-large': { en: 'too large', 'zh-CN': '过大' },
}

/** Beside Chrome's list lie its certificates. Of a folder, what lies in it and not what lies deeper. */
async function readPath(from: string): Promise<readonly SourceFile[]> {
  const stats = await stat(from).catch(cause => {
    throw cannotRead(from, cause)
  })
  if (stats.isDirectory()) return readFolder(from)
  const companion = from.endsWith('.textproto') ? from.replace(/\.textproto$/, '.certs') : null
  const isThere = companion !== null && (await stat(companion).catch(() => null))?.isFile()
  return readFiles([from, ...(isThere ? [companion] : [])])
}

async function readFolder(folder: string): Promise<readonly SourceFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(cause => {
    throw cannotRead(folder, cause)
  })
  const names = entries
    .filter(entry => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
  if (names.length > 0 && names.length <= MAX_FILES)
    return readFiles(names.sort().map(name => path.join(folder, name)))
  throw new UsageError({
    en: `${folder} holds ${names.length} files: from 1 to ${MAX_FILES} are taken`,
    'zh-CN': `${folder} 中有 ${names.length} 个文件：应为 1 到 ${MAX_FILES} 个`,
  })
}

async function readFiles(paths: readonly string[]): Promise<readonly SourceFile[]> {
  const files: SourceFile[] = []
  let total = 0
  for (const file of paths) {
    const { size } = await stat(file).catch(cause => {
      throw cannotRead(file, cause)
    })
    total += size
    if (total > MAX_BYTES)
      throw new UsageError({
        en: `${file}: more than ${MAX_BYTES >> 20} MiB in all`,
        'zh-CN': `${file}：总大小超过 ${MAX_BYTES >> 20} MiB`,
      })
    files.push({ name: path.basename(file), bytes: await readInput(file) })
  }
  return files
}
