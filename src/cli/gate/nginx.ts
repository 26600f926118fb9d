/** Which certificates an nginx configuration gives to which names: `ssl_certificate` lines, with all that is included. */
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { MpcertError, UsageError } from '../../errors.ts'
import type { Text } from '../../text.ts'
import { readInput } from '../read-input.ts'

export interface Site {
  readonly certificate: string
  /** Null where the key is no file. */
  readonly key: string | null
  /** The exact names; wildcards and regular expressions name no host to check. */
  readonly hosts: readonly string[]
  readonly port: number
  /** Where `ssl_certificate` stands. */
  readonly file: string
  readonly line: number
}

export interface Sites {
  readonly sites: readonly Site[]
  /** What could not be followed. */
  readonly open: readonly Text[]
}

/** @throws MpcertError where the file itself cannot be read; what it includes is left open then */
export async function readNginx(file: string): Promise<Sites> {
  const reader = new Includes(path.dirname(file))
  const directives = await reader.read(file, 0)
  const sites: Site[] = []
  collect(directives, { certificates: [], keys: [] }, path.dirname(file), sites, reader.open)
  const once = new Map(sites.map(site => [JSON.stringify({ ...site, file: '', line: 0 }), site]))
  return { sites: [...once.values()], open: reader.open }
}

interface Directive {
  readonly name: string
  readonly values: readonly string[]
  readonly file: string
  readonly line: number
  /** Null where it has none. */
  readonly block: readonly Directive[] | null
}

const MAX_FILES = 500
const MAX_DEPTH = 16
const MAX_BYTES = 4 << 20

class Includes {
  readonly open: Text[] = []
  /** What relative names are relative to: where the main file lies. */
  private readonly folder: string
  private files = 0

  constructor(folder: string) {
    this.folder = folder
  }

  async read(file: string, depth: number): Promise<readonly Directive[]> {
    if (++this.files > MAX_FILES || depth > MAX_DEPTH)
      throw new UsageError({
        en: `${file}: too many files include each other`,
        'zh-CN': `${file}：include 的文件过多或层级过深`,
      })
    const text = new TextDecoder().decode(await readInput(file, MAX_BYTES))
    return this.expand(parse(text, file), depth)
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
    for (const file of await matches(path.resolve(this.folder, pattern)))
      try {
        all.push(...(await this.read(file, depth + 1)))
      } catch (error) {
        if (!(error instanceof MpcertError) || error.code !== 'ERR_FILE') throw error
        this.open.push(error.text)
      }
    return all
  }
}

/** As nginx expands it: a name without signs stands for itself, whether it is there or not. */
async function matches(pattern: string): Promise<readonly string[]> {
  const { root } = path.parse(pattern)
  let found = [root]
  for (const part of pattern.slice(root.length).split(path.sep)) {
    if (!/[*?[]/.test(part)) {
      found = found.map(folder => path.join(folder, part))
      continue
    }
    const fits = globOf(part)
    const lists = await Promise.all(
      found.map(async folder => {
        const names = await readdir(folder).catch(() => [])
        return names
          .filter(name => fits.test(name) && !name.startsWith('.'))
          .sort()
          .map(name => path.join(folder, name))
      }),
    )
    found = lists.flat()
  }
  return found
}

function globOf(part: string): RegExp {
  const source = part
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  try {
    return new RegExp(`^${source}$`, 'u')
  } catch {
    return /^$/
  }
}

interface Inherited {
  readonly certificates: readonly Directive[]
  readonly keys: readonly Directive[]
}

/** What a block names itself takes the place of what stands around it. */
function collect(
  directives: readonly Directive[],
  around: Inherited,
  folder: string,
  sites: Site[],
  open: Text[],
): void {
  const named = (name: string) => directives.filter(one => one.name === name && one.block === null)
  const own = named('ssl_certificate')
  const scope = own.length > 0 ? { certificates: own, keys: named('ssl_certificate_key') } : around
  for (const { name, block } of directives) {
    if (!block) continue
    collect(block, scope, folder, sites, open)
    if (name === 'server') sites.push(...sitesOf(block, scope, folder, open))
  }
}

function sitesOf(
  server: readonly Directive[],
  around: Inherited,
  folder: string,
  open: Text[],
): readonly Site[] {
  const named = (name: string) => server.filter(one => one.name === name)
  const listens = named('listen').filter(({ values }) => values.some(isTls))
  const own = named('ssl_certificate')
  if (own.length === 0 && listens.length === 0) return []
  const certificates = own.length > 0 ? own : around.certificates
  const keys = own.length > 0 ? named('ssl_certificate_key') : around.keys
  const names = named('server_name').flatMap(({ values }) => values)
  const hosts = names.filter(name => !/[~*_"$]|^\./.test(name) && name !== '')
  const [port = 443] = listens.flatMap(({ values: [address = ''] }) => portOf(address))
  return certificates.flatMap(({ values: [certificate = ''], file, line }, index) => {
    const key = keys[index]?.values[0] ?? null
    if (/\$|^data:/.test(certificate)) {
      open.push({
        en: `${file}:${line}: ${certificate} is known at run time alone`,
        'zh-CN': `${file}:${line}：${certificate} 只有运行时才能确定`,
      })
      return []
    }
    const isFile = key !== null && !/\$|^(?:data|engine|store):/.test(key)
    return {
      certificate: path.resolve(folder, certificate),
      key: isFile ? path.resolve(folder, key) : null,
      hosts,
      port,
      file,
      line,
    }
  })
}

function isTls(value: string): boolean {
  return value === 'ssl' || value === 'quic'
}

function portOf(address: string): number[] {
  const [, port] = /(?:^|:)(\d+)$/.exec(address) ?? []
  return port === undefined ? [] : [Number(port)]
}

/** Words in or without quotes, comments, `;` and blocks. @throws UsageError that names the line */
function parse(text: string, file: string): readonly Directive[] {
  const stack: Directive[][] = [[]]
  let words: string[] = []
  let line = 1
  let begun = 1
  const fail = (en: string, zh: string): never => {
    throw new UsageError({ en: `${file}:${line}: ${en}`, 'zh-CN': `${file}:${line}：${zh}` })
  }
  const close = (block: Directive[] | null) => {
    const [name, ...values] = words
    if (name !== undefined) stack.at(-1)?.push({ name, values, file, line: begun, block })
    words = []
  }
  let end = 0
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (index !== end) fail('a quote without its end', '引号没有闭合')
    end = index + token.length
    if (token === '{') {
      const block: Directive[] = []
      close(block)
      stack.push(block)
      if (stack.length > MAX_DEPTH) fail('blocks too deep', '块嵌套过深')
    } else if (token === '}') {
      if (words.length > 0) fail('a directive without ";"', '指令缺少“;”')
      if (stack.length === 1) fail('"}" without "{"', '“}”没有对应的“{”')
      stack.pop()
    } else if (token === ';') close(null)
    else if (!/^[\s#]/.test(token)) {
      if (words.length === 0) begun = line
      words.push(unquoted(token))
    }
    line += token.split('\n').length - 1
  }
  if (end !== text.length || stack.length > 1 || words.length > 0)
    fail('the file ends too early', '文件不完整')
  return stack[0] ?? []
}

/** `${name}` is part of a word. */
const TOKEN =
  /\s+|#[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]|(?:\\.|\$\{|[^\s{};"'#\\])(?:\\.|\$\{[^}]*\}|[^\s{};\\])*/gs

function unquoted(token: string): string {
  const isQuoted = /^["']/.test(token)
  return (isQuoted ? token.slice(1, -1) : token).replace(/\\(["'\\ ;{}])/g, '$1')
}
