/** Through a proxy to a server: dials the proxy, asks it for the way, and hands the stream on. Nothing is asked twice. */
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { MpcertError, systemCode } from '../errors.ts'
import { afterSilence } from '../silence.ts'
import { join, type Text } from '../text.ts'
import type { Connection } from './connection.ts'
import { type Address, type Names, type ResolveOptions, resolve } from './dns.ts'
import { askHttpProxy } from './http-proxy.ts'
import { formatProxy, type ProxyServer } from './proxy.ts'
import { askSocks5 } from './socks5.ts'
import { Talk } from './talk.ts'
import { formatAuthority, isIpLiteral } from './target.ts'
import { connectTcp } from './tcp.ts'

/** Addresses of the proxy that are tried. */
const MAX_ADDRESSES = 4

/** Whatever fails is the proxy's doing as far as anybody here can tell. @throws MpcertError ERR_PROXY */
export async function openTunnel(
  proxy: ProxyServer,
  { ip: host }: Address,
  port: number,
  { timeoutMs, names }: Pick<ResolveOptions, 'timeoutMs' | 'names'>,
): Promise<Connection> {
  const deadline = performance.now() + timeoutMs
  const stream = await dial(proxy, deadline, names)
  const talk = new Talk(stream, {
    deadline,
    error: (why, cause) => proxyError(proxy, why, cause),
    late: () => proxyError(proxy, tooSlow(formatAuthority(host, port), timeoutMs)),
  })
  try {
    const asked = performance.now()
    const ask = proxy.scheme.startsWith('socks5') ? askSocks5 : askHttpProxy
    await ask(talk, { host, port, credentials: proxy.credentials })
    talk.leave()
    return { stream, rttMs: performance.now() - asked }
  } catch (error) {
    stream.destroy()
    throw error
  }
}

async function dial(
  proxy: ProxyServer,
  deadline: number,
  names: Names | undefined,
): Promise<Duplex> {
  const leftMs = () => Math.max(1, Math.round(deadline - performance.now()))
  try {
    const addresses = await resolve(proxy.host, proxy.port, { timeoutMs: leftMs(), names })
    const socket = await firstToAnswer(addresses.slice(0, MAX_ADDRESSES), address =>
      connectTcp(address, proxy.port, leftMs()),
    )
    return proxy.scheme === 'https' ? await secure(proxy, socket, leftMs()) : socket
  } catch (error) {
    throw error instanceof MpcertError && error.code !== 'ERR_PROXY'
      ? proxyError(proxy, join(['–', error.text], ' '), error)
      : error
  }
}

/** One after the other, as they were resolved. @throws what the last one said */
async function firstToAnswer(
  addresses: readonly Address[],
  connect: (address: Address) => Promise<{ readonly socket: Socket }>,
): Promise<Socket> {
  let refusal: unknown
  for (const address of addresses)
    try {
      return (await connect(address)).socket
    } catch (error) {
      refusal = error
    }
  throw refusal
}

/** The password goes through it: a certificate that this system does not trust is refused. */
async function secure(proxy: ProxyServer, socket: Socket, timeoutMs: number): Promise<Duplex> {
  const tls = process.getBuiltinModule('node:tls')
  const name = isIpLiteral(proxy.host) ? {} : { servername: proxy.host }
  return new Promise((resolve, reject) => {
    const secured = tls.connect({ socket, host: proxy.host, ...name })
    const fail = (error: MpcertError) => {
      callOff()
      secured.destroy()
      reject(error)
    }
    const callOff = afterSilence(timeoutMs, () =>
      fail(proxyError(proxy, tooSlow(formatProxy(proxy), timeoutMs))),
    )
    secured.on('error', cause => fail(proxyError(proxy, untrusted(cause), cause)))
    secured.once('secureConnect', () => {
      callOff()
      resolve(secured)
    })
  })
}

function proxyError(proxy: ProxyServer, why: Text, cause?: unknown): MpcertError {
  const system = cause instanceof MpcertError ? cause.system : systemCode(cause)
  return new MpcertError(
    'ERR_PROXY',
    join([{ en: 'proxy', 'zh-CN': '代理' }, formatProxy(proxy), why], ' '),
    {
      phase: 'proxy',
      ...(cause === undefined ? {} : { cause }),
      ...(system ? { system } : {}),
    },
  )
}

function tooSlow(authority: string, timeoutMs: number): Text {
  const seconds = timeoutMs / 1000
  return {
    en: `did not connect to ${authority} within ${seconds} s`,
    'zh-CN': `在 ${seconds} 秒内没有连接到 ${authority}`,
  }
}

function untrusted(cause: unknown): Text {
  const code = systemCode(cause) ?? '?'
  return { en: `could not be spoken to over TLS (${code})`, 'zh-CN': `无法以 TLS 通信（${code}）` }
}
