// The fetcher against real HTTP servers on loopback, well and badly behaved.
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createFetcher, offline } from '../../src/connect/fetch.ts'

const servers: Server[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
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

it('refuses a redirect to a private address', async () => {
  const inside = await serve((_, answer) => answer.end('secret'))
  const fetch = createFetcher()
  // The first hop is private too; what counts is that no hop is reached.
  expect(await fetch(inside)).toMatchObject({ state: 'failed', reason: 'private-address' })
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
