// STARTTLS: what is said before TLS, against servers that speak it, refuse it, or do worse.
import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { judgedHellos } from '../../src/check.ts'
import { parseTarget } from '../../src/connect/target.ts'
import { observe } from '../../src/observe/observe.ts'
import { type StarttlsId, starttls } from '../../src/starttls/index.ts'
import { createWorld } from '../../src/world.ts'
import { startHttpProxy } from '../helpers/proxies.ts'
import { startStarttls } from '../helpers/starttls-servers.ts'
import { identity, startTcp } from '../helpers/tls-server.ts'

const PROTOCOLS = Object.keys(starttls) as StarttlsId[]
const hellos = judgedHellos(createWorld(0), {})

const ask = async (protocol: StarttlsId, port: number, timeoutMs = 2000) => {
  const { nodes } = await observe(parseTarget(`localhost:${port}`), {
    hellos,
    timeoutMs,
    starttls: protocol,
    resolveTo: new Map([[`localhost:${port}`, ['127.0.0.1']]]),
  })
  const [node] = nodes
  if (!node) throw new Error('no node')
  return node
}

const failure = async (protocol: StarttlsId, port: number, timeoutMs?: number) => {
  const { reach, attempts } = await ask(protocol, port, timeoutMs)
  expect(attempts).toEqual({})
  if (reach.state !== 'failed') throw new Error(reach.state)
  expect(reach.error.phase).toBe('starttls')
  return reach.error
}

describe.each(PROTOCOLS)('%s', protocol => {
  it('turns every connection to TLS', async () => {
    const heard: string[] = []
    const node = await ask(protocol, await startStarttls(protocol, identity('ec-p256'), { heard }))
    expect(node.reach).toEqual({ state: 'connected' })
    const kinds = hellos.map(({ id }) => node.attempts[id]?.kind)
    expect(new Set(kinds)).toEqual(new Set(['completed', 'server-hello']))
    expect(heard.length).toBeGreaterThanOrEqual(hellos.length)
  })

  it('says where it is not offered', async () => {
    const port = await startStarttls(protocol, identity('ec-p256'), { refuses: true })
    const { code, text } = await failure(protocol, port)
    expect(code).toBe('ERR_STARTTLS')
    expect(text.en).toMatch(/does not offer STARTTLS in \w+/)
  })

  // MySQL has no go-ahead: there is nothing after which to slip anything in.
  it.skipIf(protocol === 'mysql')('tells of words slipped in after the go-ahead', async () => {
    const port = await startStarttls(protocol, identity('ec-p256'), {
      slipsIn: 'MAIL FROM:<a>\r\n',
    })
    const { code, text } = await failure(protocol, port)
    expect(code).toBe('ERR_STARTTLS')
    expect(text.en).toContain('goes on in the clear')
  })

  it.each([
    [
      'says something else',
      (socket: Socket) => socket.end('HTTP/1.1 400 Bad\r\n\r\n>'),
      /does not answer as a server of|closed/,
    ],
    ['leaves', (socket: Socket) => socket.end(), /closed the connection$/],
    ['sends without end', (socket: Socket) => flood(socket), /sent more than|does not answer as/],
  ])('that %s', async (_what, serve, words) => {
    const { code, text } = await failure(protocol, await startTcp(serve))
    expect(code).toBe('ERR_STARTTLS')
    expect(text.en).toMatch(words)
    expect(text.en.length).toBeLessThan(250)
  })

  it('that stays silent', async () => {
    const { code, text } = await failure(protocol, await startTcp(() => {}), 150)
    expect(code).toBe('ERR_TIMEOUT')
    expect(text.en).toContain('for 0.15 s')
  })
})

it('reads a reply byte by byte', async () => {
  const port = await startTcp(socket => {
    const letters = [...'220 slow\r\n250-slow\r\n250 STARTTLS\r\n220 go\r\n']
    const timer = setInterval(() => socket.write(letters.shift() ?? ''), 1)
    socket.on('close', () => clearInterval(timer))
    socket.on('end', () => socket.end())
    socket.resume()
  })
  const node = await ask('smtp', port, 400)
  expect(node.reach).toEqual({ state: 'connected' })
})

it('works through a proxy', async () => {
  const [port, proxy] = [
    await startStarttls('smtp', identity('ec-p256')),
    await startHttpProxy({ hosts: { 'mail.example': '127.0.0.1' } }),
  ]
  const { nodes } = await observe(parseTarget(`mail.example:${port}`), {
    hellos,
    timeoutMs: 2000,
    starttls: 'smtp',
    proxy: { scheme: 'http', host: '127.0.0.1', port: proxy.port, credentials: null },
  })
  expect(nodes.map(({ address }) => address)).toEqual([{ ip: 'mail.example', family: null }])
  expect(nodes[0]?.attempts[hellos[0]?.id ?? '']?.kind).toBe('completed')
  expect(new Set(proxy.asked)).toEqual(new Set([`mail.example:${port}`]))
})

it.each(PROTOCOLS)('%s has a standard port and a source', async id => {
  const { port, title, source } = await starttls[id]()
  expect(port).toBeGreaterThan(0)
  expect([title, source].every(text => text.length > 2)).toBe(true)
})

function flood(socket: Socket): void {
  const timer = setInterval(() => socket.write(`220-${'x'.repeat(4000)}\r\n`), 1)
  socket.on('close', () => clearInterval(timer))
}
