/** A URL as a Mini Program writes it: an explicit port is kept, and the end may not be known. */
import { isIP } from 'node:net'
import { canonicalHost, type HostKind, hostKind } from './host-kind.ts'

export interface NetUrl {
  /** As far as it is certain; `…` stands for what is built at run time. */
  readonly text: string
  readonly scheme: string
  readonly host: string
  readonly kind: HostKind
  /** As written, also where it is the default; null where none is. */
  readonly port: number | null
}

/** `open` where more may follow. Null where it is no URL, or its host is not certain. */
export function parseNetUrl(text: string, open: boolean): NetUrl | null {
  const [, scheme = '', authority = '', path = ''] =
    /^([a-z][a-z0-9+.-]*):\/\/([^/?#\\]*)(.*)$/is.exec(text.trim()) ?? []
  const bare = authority.slice(authority.lastIndexOf('@') + 1)
  const [, name = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(bare) ?? []
  const host = canonicalHost(name)
  if (scheme === '' || host === null) return null
  if (open && path === '' && !endsWhole(name, host)) return null
  const kind = hostKind(host)
  const number = port === undefined ? null : Number(port)
  return { text: open ? `${text}…` : text, scheme: scheme.toLowerCase(), host, kind, port: number }
}

/** What is appended to a host that looks whole is taken for a path: `BASE + '/x'` is how programs are written. */
function endsWhole(name: string, host: string): boolean {
  if (isIP(host) !== 0) return name.startsWith('[') || name.split('.').length === 4
  return host === 'localhost' || /\.[a-z][a-z0-9-]+$/i.test(name)
}
