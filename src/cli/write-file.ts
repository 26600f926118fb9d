/** Writes a file whole or not at all. */
import {
  access,
  constants,
  type FileHandle,
  open,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import path from 'node:path'
import { MpcertError, systemCode, UsageError } from '../errors.ts'
import type { Text } from '../text.ts'

/** A file on its way, beside the one it will replace. Each may throw MpcertError ERR_FILE; then it is discarded already. */
export interface Draft {
  write(content: string | Uint8Array): Promise<void>
  /** Puts it in its place. */
  commit(): Promise<void>
  /** What was there before stays. */
  discard(): Promise<void>
}

/** @throws MpcertError ERR_FILE; a file that was there stays as it was */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const draft = await openWhole(file)
  await draft.write(content)
  await draft.commit()
}

/** For what is written piece by piece. @throws MpcertError ERR_FILE */
export async function openWhole(file: string): Promise<Draft> {
  const target = await followLinks(file)
  const name = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.tmp`)
  let handle: FileHandle | null = null
  let device = false
  const discard = async () => {
    await handle?.close()
    handle = null
    if (!device) await rm(name, { force: true })
  }
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (cause) {
      await discard().catch(() => undefined)
      throw cannotWrite(file, cause)
    }
  }
  handle = await guarded(async () => {
    device = await isDevice(target)
    return open(device ? target : name, 'w')
  })
  return {
    write: content => guarded(async () => void (await handle?.appendFile(content))),
    commit: () =>
      guarded(async () => {
        // A device has no disk to reach.
        if (!device) await handle?.sync()
        await handle?.close()
        handle = null
        if (!device) await rename(name, target)
      }),
    discard,
  }
}

/** For what is of use before it is whole: the first piece replaces what was there, and each other one is added to it. */
export async function openGrowing(file: string): Promise<Draft> {
  let handle: FileHandle | null = null
  const close = async () => {
    await handle?.close()
    handle = null
  }
  return {
    async write(content) {
      if (!handle) await writeWhole(file, content)
      try {
        if (handle) return await handle.appendFile(content)
        handle = await open(file, 'a')
      } catch (cause) {
        throw cannotWrite(file, cause)
      }
    },
    async commit() {
      await close().catch((cause: unknown) => {
        throw cannotWrite(file, cause)
      })
    },
    discard: close,
  }
}

/** Before the work rather than after it. @throws MpcertError ERR_FILE where `writeWhole` would */
export async function requireWritable(file: string): Promise<void> {
  const target = await followLinks(file)
  try {
    if (await isDevice(target)) return await access(target, constants.W_OK)
    const folder = path.dirname(target)
    if (!(await stat(folder)).isDirectory())
      throw Object.assign(new Error('is no folder'), { code: 'ENOTDIR' })
    await access(folder, constants.W_OK)
  } catch (cause) {
    throw cannotWrite(file, cause)
  }
}

/** @throws UsageError where a file of that name is there: it may be the only copy of something */
export async function requireNew(file: string): Promise<void> {
  await requireWritable(file)
  const stats = await stat(file).catch(() => null)
  if (stats?.isFile()) throw alreadyThere(file)
}

/** @throws UsageError as `requireNew` does, MpcertError ERR_FILE */
export async function writeNew(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(file, bytes, { flag: (await isDevice(file)) ? 'w' : 'wx' })
  } catch (cause) {
    throw systemCode(cause) === 'EEXIST' ? alreadyThere(file) : cannotWrite(file, cause)
  }
}

function alreadyThere(file: string): UsageError {
  return new UsageError({
    en: `${file} is there already: name another file with --output`,
    'zh-CN': `${file} 已存在：请用 --output 指定其他文件`,
  })
}

/** A link stays, and what it points to is replaced. */
async function followLinks(file: string): Promise<string> {
  try {
    return await realpath(file)
  } catch {
    // Whatever is wrong with the path shows itself when it is used.
    return file
  }
}

/** Something that is there and must not be replaced: a terminal, a pipe, /dev/null. */
async function isDevice(file: string): Promise<boolean> {
  const stats = await stat(file).catch(() => null)
  if (stats?.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' })
  return stats !== null && !stats.isFile()
}

const REASONS: Readonly<Record<string, Text>> = {
  ENOENT: { en: 'no such folder', 'zh-CN': '文件夹不存在' },
  ENOTDIR: { en: 'no such folder', 'zh-CN': '文件夹不存在' },
  EISDIR: { en: 'is a folder', 'zh-CN': '是一个文件夹' },
  EACCES: { en: 'no permission', 'zh-CN': '没有写入权限' },
  EPERM: { en: 'no permission', 'zh-CN': '没有写入权限' },
  EROFS: { en: 'no permission', 'zh-CN': '没有写入权限' },
  ENOSPC: { en: 'the disk is full', 'zh-CN': '磁盘已满' },
}

export function cannotWrite(file: string, cause: unknown): MpcertError {
  const code = systemCode(cause) ?? String(cause)
  const reason = REASONS[code] ?? { en: code, 'zh-CN': code }
  return new MpcertError(
    'ERR_FILE',
    {
      en: `${file} cannot be written: ${reason.en}`,
      'zh-CN': `无法写入 ${file}：${reason['zh-CN']}`,
    },
    { cause },
  )
}
