/** The text of an nginx configuration as nginx's own parser takes it: words, quotes, comments, blocks. */
import { UsageError } from '../../../errors.ts'

/** A line of a file. */
export interface At {
  readonly file: string
  /** From 1. */
  readonly line: number
}

export interface Directive extends At {
  readonly name: string
  readonly values: readonly string[]
  /** Null where it has none. */
  readonly block: readonly Directive[] | null
}

const MAX_DEPTH = 32
const CUT_SHORT = ['the file ends too early', '文件不完整'] as const

/** @throws UsageError that names the line */
export function parseDirectives(text: string, file: string): readonly Directive[] {
  const stack: Directive[][] = [[]]
  let words: string[] = []
  let line = 1
  let begun = 1
  const fail = (en: string, zh: string): never => {
    throw new UsageError({ en: `${file}:${line}: ${en}`, 'zh-CN': `${file}:${line}：${zh}` })
  }
  const close = (token: string, block: Directive[] | null) => {
    const [name, ...values] = words
    if (name === undefined) return fail(`unexpected "${token}"`, `意外的“${token}”`)
    stack.at(-1)?.push({ name, values, file, line: begun, block })
    words = []
  }
  let end = 0
  let wasQuoted = false
  while (end < text.length) {
    TOKEN.lastIndex = end
    const token = TOKEN.exec(text)?.[0]
    if (token === undefined) return fail('a quote without its end', '引号没有闭合')
    if (wasQuoted && !/^[\s;{)]/.test(token))
      fail('no space after a quoted word', '引号之后缺少空格')
    wasQuoted = /^["']/.test(token)
    let length = token.length
    if (token === '{') {
      const isLua = words[0]?.endsWith('_by_lua_block')
      const block: Directive[] = []
      close(token, block)
      if (isLua) length += lengthOfLua(text.slice(end + 1)) ?? fail(...CUT_SHORT)
      else stack.push(block)
      if (stack.length > MAX_DEPTH) fail('blocks too deep', '块嵌套过深')
    } else if (token === '}') {
      if (words.length > 0) fail('a directive without ";"', '指令缺少“;”')
      if (stack.length === 1) fail('"}" without "{"', '“}”没有对应的“{”')
      stack.pop()
    } else if (token === ';') close(token, null)
    else if (!/^[\s#]/.test(token)) {
      if (words.length === 0) begun = line
      words.push(wordOf(token))
    }
    line += text.slice(end, end + length).split('\n').length - 1
    end += length
  }
  if (stack.length > 1 || words.length > 0) fail(...CUT_SHORT)
  return stack[0] ?? []
}

/** A word ends at a space, `;` or `{`, the one of `${name}` left out: within it quotes, `#` and `}` are letters. */
const TOKEN =
  /[ \t\r\n]+|#[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]|(?:\\.|\$\{?|[^ \t\r\n{};"'#\\$])(?:\\.|\$\{?|[^ \t\r\n{;\\$])*/sy

/** Before all other characters a backslash stays. */
function wordOf(token: string): string {
  const bare = /^["']/.test(token) ? token.slice(1, -1) : token
  return bare.replace(/\\(["'\\trn])/g, (_, sign: string) => ESCAPES[sign] ?? sign)
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n' }

/** OpenResty: what stands in such a block is Lua, up to the brace that closes it; null where none does. */
function lengthOfLua(text: string): number | null {
  const token = new RegExp(LUA)
  let depth = 1
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [sign, level] = found
    if (sign === '{') depth++
    if (sign === '}' && --depth === 0) return token.lastIndex
    if (level !== undefined) {
      const end = text.indexOf(`]${level}]`, token.lastIndex)
      if (end < 0) break
      token.lastIndex = end + level.length + 2
    }
  }
  return null
}

/** Beginnings of long comments and strings, short ones, and braces. */
const LUA = /(?:--)?\[(=*)\[|--[^\n]*|"(?:\\.|[^"\\])*(?:"|$)|'(?:\\.|[^'\\])*(?:'|$)|[{}]/gs
