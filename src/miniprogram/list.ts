/** The domain list: one list per API, as the console shows them, read from arrays or from its pasted text. */
import { UsageError } from '../errors.ts'
import type { Place } from '../place.ts'
import { canonicalHost } from './host-kind.ts'

/** The lists of the console; `business` is that of web-view. */
export const LIST_NAMES = [
  'request',
  'upload',
  'download',
  'socket',
  'udp',
  'tcp',
  'business',
] as const
export type ListName = (typeof LIST_NAMES)[number]

export const SCHEMES: Readonly<Record<ListName, string>> = {
  request: 'https',
  upload: 'https',
  download: 'https',
  socket: 'wss',
  udp: 'udp',
  tcp: 'tcp',
  business: 'https',
}

/** What a developer calls to use a list. */
export const CALLS: Readonly<Record<ListName, string>> = {
  request: 'wx.request',
  upload: 'wx.uploadFile',
  download: 'wx.downloadFile',
  socket: 'wx.connectSocket',
  udp: 'wx.createUDPSocket',
  tcp: 'wx.createTCPSocket',
  business: '<web-view>',
}

export interface Entry {
  /** As written. */
  readonly text: string
  readonly list: ListName
  readonly scheme: string
  /** As `canonicalHost` gives it. */
  readonly host: string
  readonly port: number | null
  /** Where the configuration says so; null where that is code. */
  readonly place: Place | null
}

/** A list that is absent is not known; an empty one allows nothing. */
export type DomainList = Readonly<Partial<Record<ListName, readonly Entry[]>>>

/** The entries of a pasted text: separated by semicolons, commas, blanks or lines, of either width. */
export function splitPasted(text: string): readonly string[] {
  return text.split(/[\s;,；，、]+/).filter(part => part !== '')
}

/** @throws UsageError naming the list and the entry; `path` is where it stands in the configuration */
export function parseEntry(text: string, list: ListName, path: string, place: Place | null): Entry {
  const [, scheme, authority = '', port, rest = ''] =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\[[^\]]*\]|[^/:?#]*)(?::(\d{1,5}))?(.*)$/i.exec(text.trim()) ??
    []
  if (authority.includes('*') || authority.startsWith('.'))
    throw refuse(path, text, {
      en: 'a parent domain does not cover its subdomains: list each one',
      'zh-CN': '父域名不覆盖子域名：请逐个列出',
    })
  const host = canonicalHost(authority)
  const number = port === undefined ? null : Number(port)
  if (host === null || (number !== null && (number < 1 || number > 65_535)))
    throw refuse(path, text, {
      en: 'not a domain such as https://api.example.com',
      'zh-CN': '不是域名，应形如 https://api.example.com',
    })
  if (rest !== '' && rest !== '/')
    throw refuse(path, text, {
      en: 'a domain has no path: write the scheme and the host alone',
      'zh-CN': '域名不含路径：只写协议与主机',
    })
  return { text, list, scheme: scheme?.toLowerCase() ?? SCHEMES[list], host, port: number, place }
}

function refuse(path: string, text: string, why: { en: string; 'zh-CN': string }): UsageError {
  const quoted = JSON.stringify(text)
  return new UsageError({
    en: `${path}: ${quoted}: ${why.en}`,
    'zh-CN': `${path}：${quoted}：${why['zh-CN']}`,
  })
}
