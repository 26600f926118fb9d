// The fetcher against real HTTP servers on loopback, well and badly behaved.
import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
} from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createFetcher, type FetchCache, offline } from '../../src/connect/fetch.ts'
import { identity } from '../helpers/tls-server.ts'

const servers: Server[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
})

async function serve(listener: RequestListener): Promise<string> {
  return start(createServer(listener))
}

async function start(server: Server): Promise<string> {
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const fetchLocal = createFetcher({ allowPrivate: true, timeoutMs: 2000 })

it('brings the body', async () => {
  const url = await serve((_, answer) => answer.end('abc'))
  expect(await fetchLocal(`${url}/ca.der`)).toEqual({
    state: 'fetched',
    body: new Uint8Array([97, 98, 99]),
  })
})

it('asks each URL once', async () => {
  let asked = 0
  const url = await serve((_, answer) => answer.end(String(++asked)))
  const fetch = createFetcher({ allowPrivate: true })
  await Promise.all([fetch(url), fetch(url), fetch(url)])
  await fetch(url)
  expect(asked).toBe(1)
})

it('posts a body, after a redirect too, and each body once', async () => {
  const seen: string[] = []
  const url = await serve(async (request, answer) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    seen.push([request.method, request.headers['content-type'], Buffer.concat(chunks)].join(' '))
    if (request.url === '/moved') answer.end('there')
    else answer.writeHead(302, { location: '/moved' }).end()
  })
  const post = (text: string) =>
    fetchLocal(url, { post: { type: 'text/x', body: new Uint8Array(Buffer.from(text)) } })
  expect(await post('a')).toEqual({ state: 'fetched', body: new Uint8Array(Buffer.from('there')) })
  await post('b')
  await post('a')
  expect(seen).toEqual(['POST text/x a', 'POST text/x a', 'POST text/x b', 'POST text/x b'])
})

it('takes other limits for one request', async () => {
  const url = await serve((_, answer) => answer.end(Buffer.alloc(100_000)))
  expect(await fetchLocal(url)).toMatchObject({ reason: 'too-large' })
  const wide = createFetcher({ allowPrivate: true })
  expect(await wide(url, { options: { maxBytes: 100_000 } })).toMatchObject({ state: 'fetched' })
})

it('follows redirects, but not for ever', async () => {
  const url = await serve((request, answer) => {
    const hops = Number(request.url?.slice(1))
    if (hops === 0) answer.end('there')
    else answer.writeHead(302, { location: `/${hops - 1}` }).end()
  })
  expect(await fetchLocal(`${url}/3`)).toMatchObject({ state: 'fetched' })
  expect(await fetchLocal(`${url}/4`)).toMatchObject({ state: 'failed', reason: 'redirects' })
})

it('refuses private addresses unless told, whatever form the URL has', async () => {
  let asked = 0
  const url = await serve((_, answer) => {
    asked++
    answer.end()
  })
  const { port } = new URL(url)
  const fetch = createFetcher()
  for (const host of [
    '127.0.0.1',
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0x7f000001',
    '2130706433',
  ])
    expect(await fetch(`http://${host}:${port}/`)).toMatchObject({ reason: 'private-address' })
  expect(asked).toBe(0)
})

it('stops at the size limit', async () => {
  const url = await serve((_, answer) => {
    const chunk = Buffer.alloc(16_384)
    const pump = () => {
      while (answer.write(chunk));
    }
    answer.on('drain', pump)
    pump()
  })
  expect(await fetchLocal(url)).toMatchObject({ state: 'failed', reason: 'too-large' })
})

it('stops at the time limit, before and in the middle of an answer', async () => {
  const silent = await serve(() => undefined)
  const slow = await serve((_, answer) => {
    answer.write('a')
  })
  const fetch = createFetcher({ allowPrivate: true, timeoutMs: 150 })
  expect(await fetch(silent)).toMatchObject({ state: 'failed', reason: 'timeout' })
  expect(await fetch(slow)).toMatchObject({ state: 'failed', reason: 'timeout' })
})

it('tells a status, a closed port and a bad URL apart', async () => {
  const url = await serve((_, answer) => answer.writeHead(404).end())
  expect(await fetchLocal(url)).toMatchObject({ reason: 'status', detail: '404' })
  const [server] = servers.splice(0)
  await new Promise(resolve => server?.close(resolve))
  expect(await fetchLocal(`${url}/again`)).toMatchObject({
    reason: 'unreachable',
    detail: 'ECONNREFUSED',
  })
  for (const bad of ['ldap://ca.example/x', 'file:///etc/passwd', 'nonsense', ''])
    expect(await fetchLocal(bad)).toMatchObject({ reason: 'bad-url' })
})

it('asks nobody when it is off', async () => {
  expect(await offline('http://127.0.0.1/')).toMatchObject({ reason: 'switched-off' })
})

it('takes what a broken certificate serves, unless it must be able to trust it', async () => {
  const { cert, key } = identity('ec-p256')
  const server = createSecureServer({ cert, key }, (_, answer) => answer.end('abc'))
  const url = (await start(server)).replace('http:', 'https:')
  expect(await fetchLocal(url)).toMatchObject({ state: 'fetched' })
  const careful = createFetcher({ allowPrivate: true, secure: true })
  expect(await careful(url)).toMatchObject({
    reason: 'unreachable',
    detail: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  })
})

it('goes by https alone where it must, redirects included', async () => {
  const plain = await serve((_, answer) => answer.end('abc'))
  const careful = createFetcher({ allowPrivate: true, secure: true })
  expect(await careful(plain)).toMatchObject({
    state: 'failed',
    reason: 'bad-url',
    url: `${plain}/`,
  })
})

it('asks for no compression and sends nothing that tells who asks', async () => {
  let headers: IncomingHttpHeaders = {}
  const url = await serve((request, answer) => {
    headers = request.headers
    answer.end('abc')
  })
  await fetchLocal(url)
  expect(Object.keys(headers).sort()).toEqual(['accept', 'connection', 'host', 'user-agent'])
  expect(headers['user-agent']).toBe('mpcert')
})

it('ends what is redirected in a circle, what never ends, and what drips', async () => {
  const circle = await serve((request, answer) => {
    answer.writeHead(302, { location: `http://${request.headers.host}/` }).end()
  })
  expect(await fetchLocal(circle)).toMatchObject({ reason: 'redirects' })
  const dripping = await serve((_, answer) => {
    const timer = setInterval(() => answer.write('a'), 10)
    answer.on('close', () => clearInterval(timer))
  })
  const hurried = createFetcher({ allowPrivate: true, timeoutMs: 200 })
  expect(await hurried(dripping)).toMatchObject({ reason: 'timeout' })
  let sent = 0
  const large = await serve((_, answer) => {
    answer.setHeader('content-length', String(100 << 20))
    const pump = () => {
      const chunk = Buffer.alloc(65_536)
      for (sent += chunk.length; answer.write(chunk) && sent < 100 << 20; ) sent += chunk.length
    }
    answer.on('drain', pump)
    pump()
  })
  expect(await fetchLocal(large)).toMatchObject({ reason: 'too-large' })
  expect(sent).toBeLessThan(20 << 20)
})

it('reads from its cache first, and writes into it what it fetched by GET', async () => {
  let asked = 0
  const url = await serve((_, answer) => answer.end(String(++asked)))
  const kept = new Map<string, Uint8Array>()
  const cache: FetchCache = {
    read: async key => kept.get(key) ?? null,
    write: async (key, body) => void kept.set(key, body),
  }
  const fetchOnce = () => createFetcher({ allowPrivate: true, cache })
  await fetchOnce()(url)
  expect(await fetchOnce()(url)).toEqual({ state: 'fetched', body: new Uint8Array([49]) })
  expect(asked).toBe(1)
  const post = { type: 'text/plain', body: new Uint8Array([1]) }
  await fetchOnce()(url, { post })
  expect(asked).toBe(2)
  expect([...kept.keys()]).toEqual([`private ${url}/`])
  expect(await createFetcher({ cache })(url)).toMatchObject({ reason: 'private-address' })
})

it('takes two spellings of one address for one', async () => {
  let asked = 0
  const url = await serve((_, answer) => answer.end(String(++asked)))
  const fetch = createFetcher({ allowPrivate: true })
  await fetch(`${url}/a`)
  await fetch(`${url.toUpperCase()}/b/../a`)
  expect(asked).toBe(1)
})
