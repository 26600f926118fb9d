/** A proxy as the user names it: a URL, whose password is never shown. */
import { UsageError } from '../errors.ts'
import { formatAuthority, normalizeHost } from './target.ts'

export interface ProxyServer {
  /** `socks5h` lets the proxy look names up, as `http` and `https` do; `socks5` does not. */
  readonly scheme: ProxyScheme
  readonly host: string
  readonly port: number
  readonly credentials: Credentials | null
}

export interface Credentials {
  readonly user: string
  readonly password: string
}

export type ProxyScheme = keyof typeof DEFAULT_PORTS

const DEFAULT_PORTS = { http: 80, https: 443, socks5: 1080, socks5h: 1080 } as const
/** One byte holds the length of each (RFC 1929 section 2). */
const MAX_CREDENTIAL = 255

/**
 * `scheme://user:password@host:port`; `http://` where no scheme is named.
 * @throws UsageError
 *
 * @example
 * ```js
 * import { parseProxy } from 'mpcert'
 *
 * const { scheme, host, port } = parseProxy('socks5h://user:secret@proxy.example')
 * console.log(scheme, host, port) // socks5h proxy.example 1080
 * ```
 */
export function parseProxy(text: string): ProxyServer {
  const [, named = 'http', rest = ''] = /^(?:([a-z0-9+.-]+):\/\/)?(.*)$/is.exec(text.trim()) ?? []
  const scheme = named.toLowerCase()
  // A scheme of no standard port: the port is kept as it was written.
  const url = URL.canParse(`proxy://${rest}`) ? new URL(`proxy://${rest}`) : null
  if (!isScheme(scheme) || !url || url.hostname === '' || url.port === '0') throw notAProxy(text)
  try {
    return {
      scheme,
      host: normalizeHost(decodeURIComponent(url.hostname)),
      port: url.port === '' ? DEFAULT_PORTS[scheme] : Number(url.port),
      credentials: readCredentials(url),
    }
  } catch {
    // Whatever is wrong: the reason would quote what must not be seen.
    throw notAProxy(text)
  }
}

/** Without user and password. */
export function formatProxy({ scheme, host, port }: ProxyServer): string {
  return `${scheme}://${formatAuthority(host, port)}`
}

function readCredentials({ username, password }: URL): Credentials | null {
  if (username === '' && password === '') return null
  const credentials = {
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  }
  const fits = Object.values(credentials).every(
    value => Buffer.byteLength(value) <= MAX_CREDENTIAL && !/\p{Cc}/u.test(value),
  )
  if (!fits) throw new RangeError('credentials')
  return credentials
}

function isScheme(scheme: string): scheme is ProxyScheme {
  return Object.hasOwn(DEFAULT_PORTS, scheme)
}

function notAProxy(text: string): UsageError {
  const shown = text.replace(/^([a-z0-9+.-]+:\/\/)?.*@/is, '$1***@')
  const schemes = Object.keys(DEFAULT_PORTS).map(scheme => `${scheme}://`)
  return new UsageError({
    en: `not a proxy: ${JSON.stringify(shown)} (write host:port after one of ${schemes.join(', ')})`,
    'zh-CN': `无效的代理地址：${JSON.stringify(shown)}（格式为“主机:端口”，前面加上 ${schemes.join('、')} 之一）`,
  })
}
