/** How requests reach a server: the address that was checked, and others for redirects to other hosts. */
import type { Duplex } from 'node:stream'
import type { SecureContext } from 'node:tls'
import type { Connect } from '../connect/connection.ts'
import type { Address } from '../connect/dns.ts'
import { isPrivateAddress } from '../connect/private-address.ts'
import { secure } from '../connect/secure.ts'
import { isIpLiteral } from '../connect/target.ts'
import { MpcertError } from '../errors.ts'
import { locate, type Way } from './connector.ts'

export interface Route extends Way {
  /** Host and port as URLs name them, and where they are found. */
  readonly host: string
  readonly port: number
  readonly address: Address
  readonly connectPort: number
  readonly servername: string | null
  /** Shown to that host at that port, where it asks for one; null for none. */
  readonly certificate: SecureContext | null
  readonly connect: Connect
  /** For TCP, and for TLS. */
  readonly timeoutMs: number
  readonly signal: AbortSignal | null
  /** Streams that stand, to be ended with the check. */
  readonly open: Set<Duplex>
}

/** A stream on which HTTP can be spoken: TLS for `https:`, plain for `http:`. @throws MpcertError */
export async function openRoute(route: Route, url: URL): Promise<Duplex> {
  const { timeoutMs, open } = route
  const { address, port, servername, certificate } = await placeOf(route, url)
  const { stream } = await route.connect(address, port, timeoutMs)
  // Whoever reads hears of it as well.
  stream.on('error', () => undefined)
  open.add(stream)
  stream.once('close', () => open.delete(stream))
  return url.protocol === 'http:' ? stream : secure(stream, { servername, timeoutMs, certificate })
}

interface Place {
  readonly address: Address
  readonly port: number
  readonly servername: string | null
  readonly certificate: SecureContext | null
}

/** A server on the public net cannot send us to addresses that only we can reach. */
async function placeOf(route: Route, url: URL): Promise<Place> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const port = Number(url.port) || DEFAULT_PORTS[url.protocol] || 0
  if (host === route.host && port === route.port) return { ...route, port: route.connectPort }
  // Whoever a redirect leads to is not told who we are.
  const elsewhere = { port, certificate: null }
  if (host === route.host)
    return { address: route.address, servername: route.servername, ...elsewhere }
  const servername = isIpLiteral(host) ? null : host
  const [address] = await locate(host, port, route)
  // A name that is left to a proxy is looked up in the proxy's net, not in ours.
  const isInside = (one: Address) => one.family !== null && isPrivateAddress(one.ip)
  if (!address || (isInside(address) && !isInside(route.address)))
    throw new MpcertError(
      'ERR_FETCH',
      {
        en: `${url.host} has a private address and is not asked`,
        'zh-CN': `${url.host} 是内网地址，未发送请求`,
      },
      { phase: 'fetch' },
    )
  return { address, servername, ...elsewhere }
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80 }
