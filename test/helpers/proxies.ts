/** Proxies on loopback, written for the tests: they open real connections and remember what they were asked for. */
import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { onTestFinished } from 'vitest'
import type { Identity } from './tls-server.ts'

export interface TestProxy {
  readonly port: number
  /** `host:port` of each way asked for, as the proxy was given it. */
  readonly asked: string[]
  /** What each client logged in with. */
  readonly logins: string[]
}

export interface ProxyRules {
  /** `user:password` that must be given. */
  readonly login?: string
  /** Where names lead, for names that only the proxy knows. */
  readonly hosts?: Readonly<Record<string, string>>
  /** Hosts that are not connected to: an HTTP status, or a SOCKS reply. */
  readonly refuses?: Readonly<Record<string, number>>
}

/** Speaks TLS itself where it is given an identity. */
export async function startHttpProxy(rules: ProxyRules = {}, own?: Identity): Promise<TestProxy> {
  const server = own ? createHttpsServer(own) : createHttpServer()
  const proxy = { asked: [] as string[], logins: [] as string[] }
  server.on('connect', (request, client: Duplex) => {
    client.on('error', () => {})
    const login = Buffer.from(
      request.headers['proxy-authorization']?.replace(/^Basic /, '') ?? '',
      'base64',
    ).toString()
    proxy.logins.push(login)
    proxy.asked.push(request.url ?? '')
    if (rules.login !== undefined && login !== rules.login)
      return client.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n',
      )
    const [, host = '', port] = /^\[?(.*?)\]?:(\d+)$/.exec(request.url ?? '') ?? []
    const status = rules.refuses?.[host]
    if (status) return client.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`)
    return open(rules.hosts?.[host] ?? host, Number(port), client, () =>
      client.write('HTTP/1.1 200 Connection established\r\nX-Proxy: test\r\n\r\n'),
    )
  })
  return { port: await listening(server), ...proxy }
}

export async function startSocksProxy(rules: ProxyRules = {}): Promise<TestProxy> {
  const proxy = { asked: [] as string[], logins: [] as string[] }
  const server = createServer(client => {
    client.on('error', () => {})
    void serveSocks(client, rules, proxy)
  })
  return { port: await listening(server), ...proxy }
}

async function serveSocks(
  client: Socket,
  rules: ProxyRules,
  proxy: Pick<TestProxy, 'asked' | 'logins'>,
): Promise<void> {
  const read = async (length: number): Promise<Buffer> => {
    for (;;) {
      const bytes = client.read(length) as Buffer | null
      if (bytes) return bytes
      await once(client, 'readable')
    }
  }
  const methods = await read((await read(2))[1] ?? 0)
  if (rules.login === undefined) client.write(Uint8Array.of(5, 0))
  else {
    if (!methods.includes(2)) return void client.end(Uint8Array.of(5, 0xff))
    client.write(Uint8Array.of(5, 2))
    const user = await read((await read(2))[1] ?? 0)
    const password = await read((await read(1))[0] ?? 0)
    const login = `${user}:${password}`
    proxy.logins.push(login)
    client.write(Uint8Array.of(1, login === rules.login ? 0 : 1))
    if (login !== rules.login) return void client.end()
  }
  const kind = (await read(4))[3]
  const host =
    kind === 3 ? String(await read((await read(1))[0] ?? 0)) : ip(await read(kind === 1 ? 4 : 16))
  const port = (await read(2)).readUInt16BE()
  proxy.asked.push(`${host}:${port}`)
  const refusal = rules.refuses?.[host]
  const reply = (code: number) => Uint8Array.of(5, code, 0, 1, 0, 0, 0, 0, 0, 0)
  if (refusal) return void client.end(reply(refusal))
  open(rules.hosts?.[host] ?? host, port, client, () => client.write(reply(0)))
}

function ip(octets: Buffer): string {
  if (octets.length === 4) return octets.join('.')
  return (octets.toString('hex').match(/.{4}/g) ?? []).join(':')
}

function open(host: string, port: number, client: Duplex, opened: () => void): void {
  const upstream = connect(port, host, () => {
    opened()
    client.pipe(upstream).pipe(client)
  })
  upstream.on('error', () => client.destroy())
  client.on('close', () => upstream.destroy())
}

async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
