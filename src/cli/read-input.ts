/** Reads what the user named; whatever stands against it is one line. */
import { readFile, stat } from 'node:fs/promises'
import { MpcertError, systemCode } from '../errors.ts'
import type { Text } from '../text.ts'

/** @throws MpcertError ERR_FILE with one line for every way in which a file cannot be read */
export async function readInput(
  path: string,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  try {
    const { size } = await stat(path)
    if (size > maxBytes) throw Object.assign(new Error('too big'), { code: 'EFBIG' })
    return new Uint8Array(await readFile(path))
  } catch (cause) {
    throw cannotRead(path, cause)
  }
}

export function cannotRead(path: string, cause: unknown): MpcertError {
  const code = systemCode(cause)
  const reason = (code && REASONS[code]) || { en: code ?? '?', 'zh-CN': code ?? '?' }
  return new MpcertError(
    'ERR_FILE',
    { en: `${path}: ${reason.en}`, 'zh-CN': `${path}：${reason['zh-CN']}` },
    { phase: 'read', cause },
  )
}

const REASONS: Readonly<Record<string, Text>> = {
  ENOENT: { en: 'no such file', 'zh-CN': '文件不存在' },
  ENOTDIR: { en: 'is no folder', 'zh-CN': '不是文件夹' },
  EISDIR: { en: 'is a folder', 'zh-CN': '是一个文件夹' },
  EFBIG: { en: 'is too big', 'zh-CN': '文件过大' },
  EACCES: { en: 'may not be read', 'zh-CN': '没有读取权限' },
  EPERM: { en: 'may not be read', 'zh-CN': '没有读取权限' },
}
