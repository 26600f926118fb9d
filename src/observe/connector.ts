/** The way to a server: its addresses, and how a connection to one of them is made. */
import { setTimeout as delay } from 'node:timers/promises'
import { type Connect, connectStraight, connectThrough } from '../connect/connection.ts'
import { type Address, type Names, resolve } from '../connect/dns.ts'
import type { ProxyServer } from '../connect/proxy.ts'
import { isIpLiteral } from '../connect/target.ts'
import { type StarttlsId, starttls } from '../starttls/index.ts'
import { afterStarttls } from '../starttls.ts'

export interface Way {
  readonly family?: 4 | 6 | undefined
  /** Addresses instead of the resolver's, by `host:port`. */
  readonly resolveTo?: ReadonlyMap<string, readonly string[]> | undefined
  /** Names that were looked up before, as by other targets of the same run. */
  readonly names?: Names | undefined
  /** Ask every address everything, and not only those that answer otherwise than the first. */
  readonly allAddresses?: boolean | undefined
  /** It also looks names up, unless it speaks `socks5` or addresses are called for. */
  readonly proxy?: ProxyServer | undefined
  /** What is spoken in the clear before TLS. */
  readonly starttls?: StarttlsId | undefined
}

/**
 * Every address of the host, or its name: a proxy is given the name, unless it cannot look it up or the user's words
 * are about addresses. @throws MpcertError ERR_DNS, ERR_TIMEOUT
 */
export async function locate(
  host: string,
  port: number,
  way: Way & { readonly timeoutMs: number },
): Promise<readonly Address[]> {
  const { proxy, family, resolveTo, allAddresses, names, timeoutMs } = way
  const aboutAddresses =
    allAddresses || family || isIpLiteral(host) || resolveTo?.has(`${host}:${port}`)
  if (proxy && proxy.scheme !== 'socks5' && !aboutAddresses) return [{ ip: host, family: null }]
  return resolve(host, port, { timeoutMs, family, overrides: resolveTo, names })
}

/** Opens connections on which TLS may begin. `host` is the server's own name, for protocols that say it. */
export async function connectorFor(
  host: string,
  { proxy, starttls: id, names }: Way,
): Promise<Connect> {
  const connect = proxy ? connectThrough(proxy, names) : connectStraight
  return id ? afterStarttls(connect, await starttls[id](), host) : connect
}

/** At most so many connections a second to one address; who interrupts does not wait. */
export function paced(connect: Connect, perSecond: number, signal: AbortSignal | null): Connect {
  const turns = new Map<string, number>()
  return async (address, port, timeoutMs) => {
    const now = performance.now()
    const turn = Math.max(now, turns.get(address.ip) ?? 0)
    turns.set(address.ip, turn + 1000 / perSecond)
    const interrupt = signal ? { signal } : {}
    if (turn > now) await delay(turn - now, undefined, interrupt).catch(() => undefined)
    return connect(address, port, timeoutMs)
  }
}
