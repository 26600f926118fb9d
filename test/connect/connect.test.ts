// Names and addresses to connections: real sockets on loopback, and this machine's network injected.

import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withDeadline } from '../../src/connect/deadline.ts'
import { resolve, toAddress } from '../../src/connect/dns.ts'
import { connectTcp, hasRoute, type Interfaces, isNoRoute } from '../../src/connect/tcp.ts'
import { MpcertError } from '../../src/errors.ts'

let server: Server
let port: number

beforeAll(async () => {
  server = createServer(socket => socket.end())
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  port = (server.address() as AddressInfo).port
})
afterAll(() => new Promise(done => server.close(done)))

describe('resolve', () => {
  const options = { timeoutMs: 5000 }

  it('knows IP literals', async () => {
    expect(await resolve('127.0.0.1', 443, options)).toEqual([{ ip: '127.0.0.1', family: 4 }])
    expect(await resolve('::1', 443, options)).toEqual([{ ip: '::1', family: 6 }])
  })

  it('asks the system, hosts file included', async () => {
    const found = await resolve('localhost', 443, options)
    expect(found.map(({ ip }) => ip)).toContain('127.0.0.1')
  })

  it('takes what --resolve says, each address once', async () => {
    const overrides = new Map([['api.example.com:443', ['127.0.0.1', '::1', '127.0.0.1']]])
    const asked = { ...options, overrides }
    expect(await resolve('api.example.com', 443, asked)).toEqual([
      { ip: '127.0.0.1', family: 4 },
      { ip: '::1', family: 6 },
    ])
    expect(await resolve('api.example.com', 443, { ...asked, family: 6 })).toEqual([
      { ip: '::1', family: 6 },
    ])
  })

  it('says when a name does not exist', async () => {
    const missing = resolve('nothing.invalid', 443, options)
    await expect(missing).rejects.toMatchObject({ code: 'ERR_DNS', phase: 'resolve' })
  })

  it('says when a family is missing', async () => {
    const six = resolve('127.0.0.1', 443, { ...options, family: 6 })
    await expect(six).rejects.toMatchObject({ code: 'ERR_DNS', message: /no IPv6 address/ })
  })
})

describe('connectTcp', () => {
  it('connects, and tells the round trip', async () => {
    const { socket, rttMs } = await connectTcp({ ip: '127.0.0.1', family: 4 }, port, 5000)
    expect(rttMs).toBeGreaterThan(0)
    socket.destroy()
  })

  it('says when nothing listens', async () => {
    const spare = createServer()
    await new Promise<void>(done => spare.listen(0, '127.0.0.1', done))
    const free = (spare.address() as AddressInfo).port
    await new Promise(done => spare.close(done))
    const refused = connectTcp({ ip: '127.0.0.1', family: 4 }, free, 5000)
    await expect(refused).rejects.toMatchObject({
      code: 'ERR_CONNECT',
      system: 'ECONNREFUSED',
      phase: 'connect',
    })
  })
})

describe('a family without a route', () => {
  const address = (family: 'IPv4' | 'IPv6', ip: string, internal = false) => ({
    address: ip,
    family,
    internal,
    netmask: '',
    mac: '',
    cidr: null,
    ...(family === 'IPv6' ? { scopeid: 0 } : {}),
  })
  const v4Only = {
    lo: [address('IPv4', '127.0.0.1', true), address('IPv6', '::1', true)],
    eth0: [address('IPv4', '192.0.2.5'), address('IPv6', 'fe80::1')],
  } as Interfaces
  const both = {
    eth0: [address('IPv4', '192.0.2.5'), address('IPv6', '2001:db8::5')],
  } as Interfaces
  const failed = (system: string) =>
    new MpcertError('ERR_CONNECT', { en: '', 'zh-CN': '' }, { system })

  it('is seen from the addresses of this machine', () => {
    const [v4, v6] = [toAddress('203.0.113.1'), toAddress('2001:db8::9')]
    expect([hasRoute(v4, v4Only), hasRoute(v6, v4Only)]).toEqual([true, false])
    expect([hasRoute(v4, both), hasRoute(v6, both)]).toEqual([true, true])
  })

  it('a unique local address leads to its own kind alone', () => {
    const local = { eth0: [address('IPv6', 'fd00::5')] } as Interfaces
    expect(hasRoute(toAddress('2001:db8::9'), local)).toBe(false)
    expect(hasRoute(toAddress('fd12:3456::9'), local)).toBe(true)
  })

  it.each([
    ['ENETUNREACH', both, true],
    ['EADDRNOTAVAIL', both, true],
    ['EHOSTUNREACH', v4Only, true],
    ['EHOSTUNREACH', both, false],
    ['ECONNREFUSED', v4Only, false],
    ['ETIMEDOUT', v4Only, false],
  ])('%s', (system, interfaces, expected) => {
    expect(isNoRoute(failed(system), toAddress('2001:db8::9'), interfaces)).toBe(expected)
  })
})

it('ends what takes too long', async () => {
  const never = new Promise(() => undefined)
  const late = withDeadline(never, 20, { phase: 'resolve', text: { en: 'late', 'zh-CN': '超时' } })
  await expect(late).rejects.toMatchObject({
    code: 'ERR_TIMEOUT',
    phase: 'resolve',
    message: 'late',
  })
  const soon = withDeadline(Promise.resolve(1), 1000, {
    phase: 'resolve',
    text: { en: 'late', 'zh-CN': '超时' },
  })
  expect(await soon).toBe(1)
})
