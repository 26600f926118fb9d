/** The sources of a Mini Program: every URL and every network call, with its place. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { loadParser } from '../libraries.ts'
import type { Place } from '../place.ts'
import type { Call } from './calls.ts'
import { type FindModule, fold, type Module, type Value } from './fold.ts'
import { orUnreadable, type Skipped, type SkipReason } from './folder.ts'
import { parseJson, textsOf } from './json.ts'
import { readWxml, readWxss } from './markup.ts'
import { parseNetUrl } from './net-url.ts'
import { type Mention, type Parse, readScript, type ScriptFacts } from './script.ts'
import type { ProjectCall, UrlUse } from './use.ts'

export interface Sources {
  /** Those that were read. */
  readonly files: readonly string[]
  readonly urls: readonly UrlUse[]
  readonly calls: readonly ProjectCall[]
  readonly unknownUrls: readonly Place[]
  readonly skipped: readonly Skipped[]
}

/** `files` are relative to `root`; `program` is the folder that a path from `/` begins at. */
export async function readSources(
  root: string,
  program: string,
  files: readonly string[],
  signal?: AbortSignal,
): Promise<Sources> {
  const reader = new SourceReader(program)
  const scripts = files.some(file => SCRIPT.test(file))
  const parse = scripts ? (await loadParser()).parse : null
  for (let at = 0; at < files.length; at += AT_ONCE) {
    const some = files.slice(at, at + AT_ONCE)
    if (signal?.aborted) {
      for (const file of some) reader.skip(file, 'interrupted')
      continue
    }
    const contents = await Promise.all(
      some.map(file => readFile(path.join(root, file)).catch(orUnreadable)),
    )
    for (const [index, file] of some.entries()) {
      const bytes = contents[index]
      if (!bytes) reader.skip(file, 'unreadable')
      else if (bytes.includes(0)) reader.skip(file, 'binary')
      else await reader.read(file, bytes.toString('utf8'), parse)
    }
  }
  return reader.finish()
}

/** Files read ahead while others are parsed. */
const AT_ONCE = 16

const SCRIPT = /\.(?:[jt]sx?|wxs)$/
const ASSET =
  /\.(?:png|jpe?g|gif|webp|svg|bmp|ico|mp3|m4a|aac|wav|ogg|mp4|mov|m3u8|flv|ttf|otf|woff2?)(?:[?#]|$)/i
/** What others wrote: packages built for npm, and what bundlers put them in. */
const LIBRARY = /(?:^|\/)(?:miniprogram_npm\/|vendors?\b)/
/** Names that look like addresses, and that nobody calls. */
const NAMESPACE = /^https?:\/\/(?:www\.w3\.org|json-schema\.org|schemas\.)/i

class SourceReader {
  private readonly program: string
  private readonly scripts = new Map<string, ScriptFacts>()
  private readonly fileOf = new Map<Module, string>()
  private readonly urls: UrlUse[] = []
  private readonly mentions: { readonly mention: Mention; readonly file: string }[] = []
  private readonly skipped: Skipped[] = []
  private readonly files: string[] = []

  constructor(program: string) {
    this.program = program
  }

  skip(file: string, why: SkipReason): void {
    this.skipped.push({ file, why })
  }

  async read(file: string, text: string, parse: Parse | null): Promise<void> {
    if (parse && SCRIPT.test(file)) {
      const script = readScript(text, file, parse)
      if ('fault' in script) {
        this.skip(`${file}:${script.fault.line}:${script.fault.column}`, 'syntax')
        return
      }
      this.scripts.set(file, script)
      this.fileOf.set(script.module, file)
      this.mentions.push(...script.mentions.map(mention => ({ mention, file })))
    } else if (file.endsWith('.wxml')) this.addMarkup(readWxml(text, file))
    else if (file.endsWith('.wxss')) this.addMarkup(readWxss(text, file))
    else if (text.includes('://')) {
      const { value, faults } = await parseJson(text, file)
      const [fault] = faults
      if (!value)
        this.skip(`${file}:${fault?.place.line ?? 1}:${fault?.place.column ?? 1}`, 'syntax')
      else
        for (const { value: found, place } of textsOf(value))
          this.mentions.push({ mention: { text: found, open: false, place, asset: false }, file })
    }
    this.files.push(file)
  }

  finish(): Sources {
    const unknownUrls: Place[] = []
    const calls: ProjectCall[] = []
    for (const [file, { module, calls: found }] of this.scripts)
      for (const call of found) calls.push(this.addCall(call, module, file, unknownUrls))
    this.addMentions()
    const { files, skipped } = this
    return { files, skipped, calls, unknownUrls, urls: this.urls.toSorted(byPlace) }
  }

  private readonly findModule: FindModule = (from, importer) => {
    const file = this.fileOf.get(importer)
    if (file === undefined || !/^\.{0,2}\//.test(from)) return null
    const base = from.startsWith('/') ? this.program : path.posix.dirname(file)
    const target = path.posix.join(base, from)
    const found = SUFFIXES.map(suffix => this.scripts.get(target + suffix)).find(one => one)
    return found?.module ?? null
  }

  private addCall(call: Call, module: Module, file: string, unknownUrls: Place[]): ProjectCall {
    const value = (part: Call['url']) => fold(part, module, this.findModule)
    const ports = call.port ? value(call.port) : []
    const urls = value(call.url).flatMap(one => {
      const text = addressOf(call, one, ports[0])
      return text ? [parseNetUrl(text.text, text.open)] : [null]
    })
    if (urls.length === 0 || urls.includes(null)) unknownUrls.push(call.urlPlace)
    for (const url of urls)
      if (url)
        this.urls.push({ url, place: call.urlPlace, use: 'call', list: call.list, by: call.name })
    const timeout = call.timeout && value(call.timeout.value)[0]
    return {
      list: call.list,
      name: call.name,
      place: call.place,
      url: urls[0]?.text ?? null,
      timeout:
        call.timeout && timeout?.kind === 'number'
          ? { ms: timeout.value, place: call.timeout.place }
          : null,
      referer: call.referer,
      statusIgnored: call.statusIgnored,
      together: call.together === null ? null : `${file}#${call.together}`,
    }
  }

  private addMarkup(found: ReturnType<typeof readWxml>): void {
    for (const { text, open, place, use } of found) {
      const url = parseNetUrl(text, open)
      if (!url) continue
      const isView = use === 'business'
      this.urls.push({
        url,
        place,
        use: isView ? 'web-view' : 'asset',
        list: isView ? 'business' : null,
        by: isView ? '<web-view>' : '',
      })
    }
  }

  /** What a call is known to use needs no second word; libraries mention much that they never call. */
  private addMentions(): void {
    const called = new Set(
      this.urls.filter(({ use }) => use === 'call').map(({ url }) => originOf(url)),
    )
    for (const { mention, file } of this.mentions) {
      const { text, open, place, asset } = mention
      const url = NAMESPACE.test(text) ? null : parseNetUrl(text, open)
      if (!url || called.has(originOf(url)) || LIBRARY.test(file)) continue
      const use = asset || ASSET.test(text) ? 'asset' : 'mention'
      this.urls.push({ url, place, use, list: null, by: '' })
    }
  }
}

const SUFFIXES = ['', '.js', '.ts', '.jsx', '.tsx', '/index.js', '/index.ts']

function addressOf(
  { list }: Call,
  value: Value,
  port: Value | undefined,
): { readonly text: string; readonly open: boolean } | null {
  if (value.kind !== 'text') return null
  if (list !== 'tcp' && list !== 'udp') return value
  const suffix = port?.kind === 'number' || (port?.kind === 'text' && !port.open)
  const number = port?.kind === 'number' ? port.value : port?.kind === 'text' ? port.text : ''
  const text = value.text.includes('://') ? value.text : `${list}://${value.text}`
  return { text: suffix && !value.open ? `${text}:${number}` : text, open: value.open }
}

function originOf({ scheme, host, port }: UrlUse['url']): string {
  return `${scheme}://${host}:${port}`
}

function byPlace({ place: a }: UrlUse, { place: b }: UrlUse): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line || a.column - b.column
}
