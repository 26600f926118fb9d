/** An address to a connected socket, or the reason why not. */
import { createConnection, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { MpcertError, systemCode } from '../errors.ts'
import { afterSilence } from '../silence.ts'
import { join, type Text } from '../text.ts'
import type { Address } from './dns.ts'
import { formatAuthority } from './target.ts'

export type Interfaces = ReturnType<typeof networkInterfaces>

export interface TcpConnection {
  readonly socket: Socket
  /** Time from SYN to connected, ms: one round trip. */
  readonly rttMs: number
}

/** @throws MpcertError ERR_CONNECT (with the system's code) or ERR_TIMEOUT */
export function connectTcp(
  address: Address,
  port: number,
  timeoutMs: number,
): Promise<TcpConnection> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const socket = createConnection({ host: address.ip, port })
    const fail = (error: MpcertError) => {
      callOff()
      socket.destroy()
      reject(error)
    }
    const callOff = afterSilence(timeoutMs, () => {
      const [where, seconds] = [formatAuthority(address.ip, port), timeoutMs / 1000]
      const text = {
        en: `${where} did not answer within ${seconds} s`,
        'zh-CN': `${where} 在 ${seconds} 秒内没有应答`,
      }
      fail(new MpcertError('ERR_TIMEOUT', text, { phase: 'connect' }))
    })
    socket.setNoDelay(true)
    socket.once('error', cause => fail(connectError(cause, address, port)))
    socket.once('connect', () => {
      callOff()
      socket.removeAllListeners('error')
      resolve({ socket, rttMs: performance.now() - started })
    })
  })
}

/** Whether this machine has an address from which it could reach that one at all. */
export function hasRoute(
  { ip, family }: Address,
  interfaces: Interfaces = networkInterfaces(),
): boolean {
  return Object.values(interfaces)
    .flatMap(entries => entries ?? [])
    .some(
      entry =>
        entry.family === `IPv${family}` &&
        !entry.internal &&
        !LINK_LOCAL.test(entry.address) &&
        (!UNIQUE_LOCAL.test(entry.address) || UNIQUE_LOCAL.test(ip)),
    )
}

const LINK_LOCAL = /^(?:fe[89ab]|169\.254\.)/i
/** Leads to its own kind alone (RFC 4193), and containers often have nothing else. */
const UNIQUE_LOCAL = /^f[cd][0-9a-f]{2}:/i

/** The failure lies on our side: this machine cannot send to such an address. */
export function isNoRoute(
  error: unknown,
  address: Address,
  interfaces: Interfaces = networkInterfaces(),
): boolean {
  const code = error instanceof MpcertError ? error.system : systemCode(error)
  const unroutable = code === 'ENETUNREACH' || code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT'
  return (
    unroutable ||
    (code === 'EHOSTUNREACH' && address.family !== null && !hasRoute(address, interfaces))
  )
}

const REASONS: Readonly<Record<string, Text>> = {
  ECONNREFUSED: {
    en: 'refused the connection (nothing listens on that port)',
    'zh-CN': '拒绝连接（该端口没有服务监听）',
  },
  ECONNRESET: { en: 'reset the connection', 'zh-CN': '重置了连接' },
  EHOSTUNREACH: { en: 'is unreachable', 'zh-CN': '不可达' },
  ENETUNREACH: {
    en: 'is in a network that cannot be reached from here',
    'zh-CN': '所在网络从本机不可达',
  },
  EADDRNOTAVAIL: {
    en: 'is of a family that this machine has no address for',
    'zh-CN': '无法从本机访问：本机没有该地址族的地址',
  },
  ETIMEDOUT: { en: 'did not answer', 'zh-CN': '没有应答' },
  EACCES: { en: 'is blocked by this machine (firewall)', 'zh-CN': '被本机防火墙拦截' },
}

function connectError(cause: unknown, address: Address, port: number): MpcertError {
  const system = systemCode(cause)
  const unknown = system ?? String(cause)
  const reason = (system && REASONS[system]) || {
    en: `cannot be connected (${unknown})`,
    'zh-CN': `无法连接（${unknown}）`,
  }
  return new MpcertError(
    system === 'ETIMEDOUT' ? 'ERR_TIMEOUT' : 'ERR_CONNECT',
    join([formatAuthority(address.ip, port), reason], ' '),
    { phase: 'connect', cause, ...(system ? { system } : {}) },
  )
}
