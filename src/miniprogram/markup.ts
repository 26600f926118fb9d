/** URLs in wxml and wxss: what a page shows, and what a web-view opens. Tolerant, for a template is no document. */
import { type Place, placesIn } from '../place.ts'

export interface MarkupUrl {
  readonly text: string
  readonly open: boolean
  readonly place: Place
  readonly use: 'asset' | 'business'
}

/** Attributes of tags, comments left out; what stands inside `<wxs>` is script. */
export function readWxml(text: string, file: string): readonly MarkupUrl[] {
  const place = placesIn(file, text)
  const bare = blank(
    blank(text, /<!--[\s\S]*?(?:-->|$)/g),
    /<wxs\b[^>]{0,1000}>[\s\S]*?(?:<\/wxs>|$)/g,
  )
  const found: MarkupUrl[] = []
  for (const tag of bare.matchAll(/<([a-z][\w-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/gi)) {
    const [, name = '', attributes = ''] = tag
    const start = tag.index + 1 + name.length
    for (const match of attributes.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
      const [whole, attribute = '', double, single] = match
      const value = double ?? single ?? ''
      const at = start + match.index + whole.length - value.length - 1
      if (/^(?:src|poster)$/i.test(attribute)) {
        const use = name === 'web-view' ? 'business' : 'asset'
        for (const url of valueUrls(value)) found.push(toUrl(url, use, place(at + url.at)))
      } else if (attribute === 'style')
        for (const url of cssUrls(value)) found.push(toUrl(url, 'asset', place(at + url.at)))
    }
  }
  return found
}

export function readWxss(text: string, file: string): readonly MarkupUrl[] {
  const place = placesIn(file, text)
  return cssUrls(blank(text, /\/\*[\s\S]*?(?:\*\/|$)/g)).map(url =>
    toUrl(url, 'asset', place(url.at)),
  )
}

function toUrl({ text, open }: Found, use: MarkupUrl['use'], place: Place): MarkupUrl {
  return { text, open, place, use }
}

interface Found {
  readonly text: string
  readonly open: boolean
  readonly at: number
}

/** A value, its certain beginning, or the texts inside `{{ }}`. */
function valueUrls(value: string): readonly Found[] {
  const [head = ''] = value.split('{{', 1)
  if (/^\s*(?:https?|wss?):\/\//i.test(head)) {
    const lead = head.length - head.trimStart().length
    return [{ text: head.trim(), open: head.length < value.length, at: lead }]
  }
  return [...value.matchAll(/\{\{([^}]*)\}\}/g)].flatMap(hole =>
    [...(hole[1] ?? '').matchAll(/'((?:https?|wss?):\/\/[^']*)'(\s*\+)?/gi)].map(
      ({ 0: whole, 1: text = '', 2: plus, index }) => ({
        text,
        open: plus !== undefined,
        at: hole.index + 2 + index + whole.indexOf(text),
      }),
    ),
  )
}

function cssUrls(text: string): readonly Found[] {
  const found = text.matchAll(
    /(?:url\(\s*["']?|@import\s+["'])((?:https?:)\/\/[^"')\s{]*)(\{\{)?/gi,
  )
  return [...found].map(({ 0: whole, 1: url = '', 2: hole, index }) => ({
    text: url,
    open: hole !== undefined,
    at: index + whole.indexOf(url),
  }))
}

/** The same length and the same lines, without what matches. */
function blank(text: string, pattern: RegExp): string {
  return text.replace(pattern, found => found.replace(/[^\n]/g, ' '))
}
