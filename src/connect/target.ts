/** What the user names to be checked, parsed: `host`, `host:port`, `[v6]:port`, `https://` and `wss://` URLs. */
import { isIP, isIPv6 } from 'node:net'
import { domainToASCII } from 'node:url'
import { UsageError } from '../errors.ts'
import type { Place } from '../place.ts'

export interface Target {
  /** As the user wrote it. */
  readonly input: string
  /** A-label host name in lower case without a trailing dot, or an IP literal without brackets. */
  readonly host: string
  readonly port: number
  /** How the target was named; a bare host is `tls`. */
  readonly scheme: 'tls' | 'https' | 'wss'
  /** Path and query of a URL, else null. */
  readonly path: string | null
  /** Where a list or a configuration names it; absent where the command line does. */
  readonly place?: Place
}

const DEFAULT_PORT = 443

/**
 * `standardPort` is that of a bare host.
 * @throws UsageError with one line that says what is wrong and what would be right.
 *
 * @example
 * ```js
 * import { parseTarget } from 'mpcert'
 *
 * const { host, port, path } = parseTarget('https://API.example.com/v1')
 * console.log(host, port, path) // api.example.com 443 /v1
 * console.log(parseTarget('mail.example.com', 465).port) // 465
 * ```
 */
export function parseTarget(input: string, standardPort = DEFAULT_PORT): Target {
  const text = input.trim()
  if (text === '')
    throw new UsageError({
      en: 'empty target: name a host such as api.example.com',
      'zh-CN': '目标为空：请写主机名，例如 api.example.com',
    })
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase()
  return scheme ? fromUrl(input, text, scheme) : fromHostPort(input, text, standardPort)
}

/** `host:port` as users write it: an IPv6 literal in brackets. */
export function formatAuthority(host: string, port: number): string {
  return host.includes(':') && isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`
}

/** Node's own patterns take milliseconds to be made: what has a letter and no colon is a name. */
export function isIpLiteral(host: string): boolean {
  return /^[\d.]+$|:/.test(host) && isIP(host) !== 0
}

/** A-label form, lower case, no trailing dot; IP literals as they are. @throws UsageError */
export function normalizeHost(host: string, input = host): string {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  if (isIpLiteral(bare)) return bare.toLowerCase()
  const ascii = domainToASCII(bare.replace(/\.$/, ''))
  const labels = ascii.split('.')
  const wellFormed =
    ascii.length > 0 &&
    ascii.length <= 253 &&
    labels.every(label => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label))
  if (!wellFormed)
    throw new UsageError({
      en: `not a host name: ${JSON.stringify(input)}`,
      'zh-CN': `无效的主机名：${JSON.stringify(input)}`,
    })
  return ascii
}

function fromUrl(input: string, text: string, scheme: string): Target {
  if (scheme === 'http' || scheme === 'ws')
    throw new UsageError({
      en: `${text}: a Mini Program needs ${scheme}s://`,
      'zh-CN': `${text}：小程序只能用 ${scheme}s://`,
    })
  if (scheme !== 'https' && scheme !== 'wss')
    throw new UsageError({
      en: `${text}: ${scheme}:// is not one of https://, wss://`,
      'zh-CN': `${text}：不支持 ${scheme}://，请用 https:// 或 wss://`,
    })
  let url: URL
  try {
    url = new URL(text.replace(/^wss:/i, 'https:'))
  } catch (cause) {
    throw new UsageError(
      {
        en: `not a URL: ${JSON.stringify(input)}`,
        'zh-CN': `无效的 URL：${JSON.stringify(input)}`,
      },
      { cause },
    )
  }
  return {
    input,
    host: normalizeHost(url.hostname, input),
    port: url.port === '' ? DEFAULT_PORT : parsePort(url.port, input),
    scheme,
    path: `${url.pathname}${url.search}`,
  }
}

function fromHostPort(input: string, text: string, standardPort: number): Target {
  const bracketed = /^\[([^\]]+)\](?::(.*))?$/.exec(text)
  if (bracketed?.[1] !== undefined && !isIPv6(bracketed[1]))
    throw new UsageError({
      en: `not an IPv6 address: ${JSON.stringify(input)}`,
      'zh-CN': `无效的 IPv6 地址：${JSON.stringify(input)}`,
    })
  const [host, port] = bracketed
    ? [bracketed[1], bracketed[2]]
    : /:.*:/.test(text) && isIPv6(text)
      ? [text, undefined]
      : splitAtColon(text)
  return {
    input,
    host: normalizeHost(host ?? '', input),
    port: port === undefined ? standardPort : parsePort(port, input),
    scheme: 'tls',
    path: null,
  }
}

function splitAtColon(text: string): [string, string | undefined] {
  const colon = text.indexOf(':')
  return colon < 0 ? [text, undefined] : [text.slice(0, colon), text.slice(colon + 1)]
}

function parsePort(text: string, input: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port < 1 || port > 65_535)
    throw new UsageError({
      en: `not a port (1 to 65535) in ${JSON.stringify(input)}`,
      'zh-CN': `端口须为 1 到 65535：${JSON.stringify(input)}`,
    })
  return port
}
