/** How a server is reached: straight, or through a proxy. */
import type { Duplex } from 'node:stream'
import type { Address, Names } from './dns.ts'
import type { ProxyServer } from './proxy.ts'
import { connectTcp } from './tcp.ts'

export interface Connection {
  readonly stream: Duplex
  /** One round trip, ms; through a proxy, the way to it and its own way to the server. */
  readonly rttMs: number
}

/** Opens one connection within the time. @throws MpcertError, whatever hinders it */
export type Connect = (address: Address, port: number, timeoutMs: number) => Promise<Connection>

export const connectStraight: Connect = async (address, port, timeoutMs) => {
  const { socket, rttMs } = await connectTcp(address, port, timeoutMs)
  return { stream: socket, rttMs }
}

/** The code of proxies is loaded where one is used. */
export function connectThrough(proxy: ProxyServer, names?: Names): Connect {
  return async (address, port, timeoutMs) =>
    (await import('./tunnel.ts')).openTunnel(proxy, address, port, { timeoutMs, names })
}
