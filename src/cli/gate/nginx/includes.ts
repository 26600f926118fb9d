/** An nginx configuration with all that it includes. */
import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'
import { MpcertError, systemCode, UsageError } from '../../../errors.ts'
import type { Text } from '../../../text.ts'
import { cannotRead, readInput } from '../../read-input.ts'
import { type Directive, parseDirectives } from './directives.ts'

const MAX_FILES = 10_000
const MAX_DEPTH = 16
const MAX_BYTES = 4 << 20

export class Includes {
  /** What could not be read. */
  readonly open: Text[] = []
  /** What relative names are relative to: where the main file lies. */
  private readonly folder: string
  private files = 0

  constructor(folder: string) {
    this.folder = folder
  }

  /** @throws MpcertError where the file cannot be read; what it includes is left open then */
  async read(file: string, depth = 0): Promise<readonly Directive[]> {
    if (++this.files > MAX_FILES || depth > MAX_DEPTH)
      throw new UsageError({
        en: `${file}: too many files include each other`,
        'zh-CN': `${file}：include 的文件过多或层级过深`,
      })
    const text = new TextDecoder().decode(await readInput(file, MAX_BYTES))
    return this.expand(parseDirectives(text, file), depth)
  }

  private async expand(
    directives: readonly Directive[],
    depth: number,
  ): Promise<readonly Directive[]> {
    const all: Directive[] = []
    for (const directive of directives) {
      const { name, values, block } = directive
      if (name === 'include')
        for (const pattern of values) all.push(...(await this.include(pattern, depth)))
      else all.push(block ? { ...directive, block: await this.expand(block, depth) } : directive)
    }
    return all
  }

  private async include(pattern: string, depth: number): Promise<readonly Directive[]> {
    const all: Directive[] = []
    for (const file of await this.matches(inFolder(this.folder, pattern)))
      try {
        all.push(...(await this.read(file, depth + 1)))
      } catch (error) {
        if (!(error instanceof MpcertError) || error.code !== 'ERR_FILE') throw error
        this.open.push(error.text)
      }
    return all
  }

  /** As glob(3) does it: a name without signs stands for itself, whether it is there or not. */
  private async matches(pattern: string): Promise<readonly string[]> {
    const { root } = path.parse(pattern)
    const parts = pattern.slice(root.length).split(path.sep === '/' ? '/' : /[\\/]/)
    let found = [root]
    let isGlob = false
    for (const part of parts) {
      if (part === '') continue
      if (SIGNS.test(part)) {
        isGlob = true
        found = (await Promise.all(found.map(folder => this.list(folder, part)))).flat()
        continue
      }
      found = found.map(folder => inFolder(folder, part))
      if (isGlob) found = await existing(found)
    }
    return found
  }

  private async list(folder: string, part: string): Promise<readonly string[]> {
    const fits = globOf(part)
    const names = await readdir(folder).catch((cause: unknown) => {
      // nginx starts as root, and would see what lies there.
      if (['EACCES', 'EPERM'].includes(systemCode(cause) ?? ''))
        this.open.push(cannotRead(folder, cause).text)
      return []
    })
    const isShown = (name: string) => part.startsWith('.') || !name.startsWith('.')
    return names
      .filter(name => isShown(name) && fits.test(name))
      .sort()
      .map(name => inFolder(folder, name))
  }
}

const SIGNS = /[*?[]/

/** What is relative, in the folder. Where `..` leads behind a link, the system knows alone. */
export function inFolder(folder: string, name: string): string {
  if (path.isAbsolute(name)) return name
  return /[\\/]$/.test(folder) ? folder + name : `${folder}${path.sep}${name}`
}

async function existing(files: readonly string[]): Promise<string[]> {
  const there = await Promise.all(
    files.map(file =>
      lstat(file).then(
        () => true,
        () => false,
      ),
    ),
  )
  return files.filter((_, index) => there[index])
}

function globOf(part: string): RegExp {
  const source = part.replace(
    /\\(.)|\[([!^]?)(\]?[^\]]*)\]|[*?]|[.+^${}()|\\[\]]/gs,
    (sign, escaped?: string, not?: string, letters?: string) => {
      if (escaped !== undefined) return escaped.replace(/[^\w]/, '\\$&')
      if (letters !== undefined) return `[${not && '^'}${letters.replace(/[\\\][^]/g, '\\$&')}]`
      return { '*': '.*', '?': '.' }[sign] ?? `\\${sign}`
    },
  )
  try {
    return new RegExp(`^${source}$`, 's')
  } catch {
    return /^$/
  }
}
