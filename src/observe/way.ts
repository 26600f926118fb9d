/** How requests reach a server: the address that was checked, and others for redirects to other hosts. */
import type { Duplex } from 'node:stream'
import { type Address, resolve } from '../connect/dns.ts'
import { isPrivateAddress } from '../connect/private-address.ts'
import { secure } from '../connect/secure.ts'
import { isIpLiteral } from '../connect/target.ts'
import { MpcertError } from '../errors.ts'

/** Opens a stream to an address. @throws MpcertError */
export type Dial = (address: Address, port: number, timeoutMs: number) => Promise<Duplex>

export interface Way {
  /** Host and port as URLs name them, and where they are found. */
  readonly host: string
  readonly port: number
  readonly address: Address
  readonly connectPort: number
  readonly servername: string | null
  readonly resolveTo: ReadonlyMap<string, readonly string[]> | undefined
  readonly dial: Dial
  /** For TCP, and for TLS. */
  readonly timeoutMs: number
  readonly signal: AbortSignal | null
  /** Streams that stand, to be ended with the check. */
  readonly open: Set<Duplex>
}

/** A stream on which HTTP can be spoken: TLS for `https:`, plain for `http:`. @throws MpcertError */
export async function openWay(way: Way, url: URL): Promise<Duplex> {
  const { timeoutMs, open } = way
  const { address, port, servername } = await placeOf(way, url)
  const stream = await way.dial(address, port, timeoutMs)
  // Whoever reads hears of it as well.
  stream.on('error', () => undefined)
  open.add(stream)
  stream.once('close', () => open.delete(stream))
  return url.protocol === 'http:' ? stream : secure(stream, { servername, timeoutMs })
}

interface Place {
  readonly address: Address
  readonly port: number
  readonly servername: string | null
}

/** A server on the public net cannot send us to addresses that only we can reach. */
async function placeOf(way: Way, url: URL): Promise<Place> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const port = Number(url.port) || DEFAULT_PORTS[url.protocol] || 0
  if (host === way.host && port === way.port)
    return { address: way.address, port: way.connectPort, servername: way.servername }
  const servername = isIpLiteral(host) ? null : host
  if (host === way.host) return { address: way.address, port, servername: way.servername }
  const [address] = await resolve(host, port, {
    timeoutMs: way.timeoutMs,
    overrides: way.resolveTo,
  })
  if (!address || (isPrivateAddress(address.ip) && !isPrivateAddress(way.address.ip)))
    throw new MpcertError(
      'ERR_FETCH',
      {
        en: `${url.host} has a private address and is not asked`,
        'zh-CN': `${url.host} 是内网地址，未发送请求`,
      },
      { phase: 'fetch' },
    )
  return { address, port, servername }
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80 }
