// The runner against real servers on loopback: which connections it opens, and how it treats several addresses.
import { createServer, type Server, type Socket } from 'node:net'
import tls from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Checked, type CheckOptions, checkTarget, judgedHellos } from '../../src/check.ts'
import { offline } from '../../src/connect/fetch.ts'
import type { ProxyServer } from '../../src/connect/proxy.ts'
import { parseTarget } from '../../src/connect/target.ts'
import { type ObserveOptions, observe } from '../../src/observe/observe.ts'
import { withAnchors } from '../../src/stores/derive.ts'
import { DAY_MS } from '../../src/text.ts'
import { createWorld } from '../../src/world.ts'
import { issueLeaf } from '../../src/x509/issue.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { testKey } from '../helpers/certs.ts'
import { startHttpProxy, startSocksProxy } from '../helpers/proxies.ts'
import { identity, startTcp, startTls } from '../helpers/tls-server.ts'

const world = createWorld(Date.now())
const hellos = judgedHellos(world, {})
/** What every server that speaks TLS 1.2 is asked beside them. */
const ASIDES = ['no-name', 'unknown-name', 'weak-suites', 'resumption']

const observeLocal = (port: number, options: Partial<ObserveOptions> = {}) =>
  observe(parseTarget(`localhost:${port}`), {
    hellos,
    timeoutMs: 2000,
    resolveTo: new Map([[`localhost:${port}`, ['127.0.0.1']]]),
    ...options,
  })

/** A leaf of sixty days that is its own anchor. */
function trusted() {
  const key = testKey()
  const dates = { notBefore: world.at - DAY_MS, notAfter: world.at + 60 * DAY_MS }
  const { der } = issueLeaf({ names: ['localhost'], key, ...dates })
  return {
    der,
    cert: encodePem(der),
    key: key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** Counts connections to a server as they come and go. */
function countConnections(server: tls.Server) {
  const counts = { all: 0, now: 0, most: 0, beforeAnswer: 0 }
  let first: Socket | null = null
  server.on('connection', (socket: Socket) => {
    first ??= socket
    counts.all++
    counts.most = Math.max(counts.most, ++counts.now)
    if (first.bytesWritten === 0) counts.beforeAnswer++
    socket.once('close', () => counts.now--)
  })
  return counts
}

describe('one address', () => {
  it('gets every hello once, one first and then a few at a time', async () => {
    const { key, cert } = identity('ec-p256')
    const server = new tls.Server({ key, cert })
    const counts = countConnections(server)
    const { nodes } = await observeLocal(await startTls({}, server))
    const [node] = nodes
    expect(nodes).toHaveLength(1)
    expect(node?.reach).toEqual({ state: 'connected' })
    expect(Object.keys(node?.attempts ?? {}).sort()).toEqual(
      [...hellos.map(({ id }) => id), ...ASIDES, 'rsa-leaf', 'tls-1.1', 'tls-1.2'].sort(),
    )
    expect(counts.all).toBe(hellos.length + ASIDES.length + 3)
    expect(counts.all).toBeLessThanOrEqual(24)
    expect(counts.beforeAnswer).toBe(1)
    expect(counts.most).toBeLessThanOrEqual(9) // the last one may still be closing
  })

  it.each([
    [1, 2],
    [3, 4],
    [24, 24],
  ])('opens at most %i at the same time where told so', async (maxConnections, most) => {
    const { key, cert } = identity('ec-p256')
    const server = new tls.Server({ key, cert })
    const counts = countConnections(server)
    await observeLocal(await startTls({}, server), { maxConnections })
    expect(counts.all).toBe(hellos.length + ASIDES.length + 3)
    expect(counts.most).toBeLessThanOrEqual(most)
    expect(counts.beforeAnswer).toBe(1)
  })

  it('finishes one handshake of each version', async () => {
    const { key, cert } = identity('ec-p256')
    const port = await startTls({ key, cert, minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' })
    const { nodes } = await observeLocal(port)
    const completed = Object.values(nodes[0]?.attempts ?? {}).flatMap(attempt =>
      attempt.kind === 'completed' ? [attempt.server.version] : [],
    )
    expect(completed.sort()).toEqual([0x0301, 0x0302, 0x0303, 0x0304])
  })

  it('asks for TLS 1.2 alone where nothing else told', async () => {
    const { key, cert } = identity('ec-p256')
    const port = await startTls({ key, cert, minVersion: 'TLSv1.3' })
    const { nodes } = await observeLocal(port)
    expect(nodes[0]?.attempts['tls-1.2']).toMatchObject({ kind: 'alert', after: 'client-hello' })
  })

  it('asks a port that speaks no TLS only once', async () => {
    let asked = 0
    const port = await startTcp(socket => {
      asked++
      socket.end('SSH-2.0-OpenSSH_9.2\r\n')
    })
    const { nodes } = await observeLocal(port)
    expect(Object.values(nodes[0]?.attempts ?? {})).toMatchObject([
      { kind: 'not-tls', looksLike: 'ssh' },
    ])
    expect(asked).toBe(1)
  })

  it('asks a silent port twice, the second time with a small hello', async () => {
    let asked = 0
    const port = await startTcp(() => asked++)
    const { nodes } = await observeLocal(port, { timeoutMs: 150 })
    const attempts = Object.values(nodes[0]?.attempts ?? {})
    expect(attempts.map(({ kind }) => kind)).toEqual(['timeout', 'timeout'])
    expect(asked).toBe(2)
  })

  it('stops asking when told to', async () => {
    const { key, cert } = identity('ec-p256')
    const controller = new AbortController()
    const { nodes } = await observeLocal(await startTls({ key, cert }), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    })
    // What was on its way is waited for.
    expect(Object.keys(nodes[0]?.attempts ?? {}).length).toBeLessThanOrEqual(8)
  })

  it('tries once more, alone, what was refused in the crowd', async () => {
    const { key, cert } = identity('ec-p256')
    const server = new tls.Server({ key, cert })
    server.maxConnections = 3
    const { nodes } = await observeLocal(await startTls({}, server))
    const kinds = hellos.map(({ id }) => nodes[0]?.attempts[id]?.kind)
    expect(kinds).not.toContain('failed')
    expect(kinds).not.toContain(undefined)
  })
})

describe('several addresses', () => {
  const both = (port: number) => new Map([[`localhost:${port}`, ['127.0.0.1', '::1']]])

  /** The same port on IPv4 and on IPv6. */
  async function startTwo(first: tls.TlsOptions, second: tls.TlsOptions | null): Promise<number> {
    const port = await startTls(first)
    if (second) await startAlso('::1', port, new tls.Server(second))
    return port
  }

  async function startAlso(host: string, port: number, server: Server): Promise<void> {
    server.on('tlsClientError', () => undefined)
    await new Promise<void>(resolve => server.listen({ port, host, ipv6Only: true }, resolve))
    onTestFinished(() => void server.close())
  }

  const check = (port: number, judgedBy = world, options: CheckOptions = {}) =>
    checkTarget(parseTarget(`localhost:${port}`), judgedBy, {
      resolveTo: both(port),
      timeoutMs: 2000,
      fetcher: offline,
      ...options,
    })

  const attemptsOf = ({ observation }: Checked) =>
    observation.nodes.map(({ attempts }) => Object.keys(attempts).length)

  it('asks each address, and one of them everything', async () => {
    const { key, cert } = identity('ec-p256')
    const checked = await check(await startTwo({ key, cert }, { key, cert }))
    expect(attemptsOf(checked)).toEqual([hellos.length + ASIDES.length + 3, 1])
    const { result } = checked
    expect(result.addresses.map(({ ip, chain }) => [ip, chain])).toEqual([
      ['127.0.0.1', 'chain-1'],
      ['::1', 'chain-1'],
    ])
    expect(result.findings.map(({ rule }) => rule)).not.toContain('addresses-differ')
  })

  it('says where another certificate is shown', async () => {
    const [one, other] = [identity('ec-p256'), identity('rsa-2048')]
    const checked = await check(await startTwo(one, other))
    expect(attemptsOf(checked)).toEqual([
      hellos.length + ASIDES.length + 3,
      hellos.length + ASIDES.length + 3,
    ])
    const { result } = checked
    const found = result.findings.find(({ rule }) => rule === 'addresses-differ')
    expect(found).toMatchObject({ severity: 'info', evidence: { ip: '::1', certificate: true } })
  })

  it('says where the verdict differs', async () => {
    const { der, cert, key } = trusted()
    const port = await startTwo({ key, cert }, { key, cert, maxVersion: 'TLSv1.1' })
    const { result } = await check(port, { ...world, stores: withAnchors(world.stores, [der]) })
    expect(result.addresses.map(({ status }) => status)).toEqual(['warn', 'fail'])
    expect(result.findings.find(({ rule }) => rule === 'addresses-differ')).toMatchObject({
      severity: 'warn',
      evidence: { ip: '::1', certificate: false },
    })
    expect(result).toMatchObject({ status: 'warn', grade: 'B' })
  })

  it('asks every address everything where told so', async () => {
    const { key, cert } = identity('ec-p256')
    const port = await startTwo({ key, cert }, { key, cert })
    const checked = await check(port, world, { allAddresses: true })
    expect(attemptsOf(checked)).toEqual([
      hellos.length + ASIDES.length + 3,
      hellos.length + ASIDES.length + 3,
    ])
    expect(checked.result.findings.map(({ rule }) => rule)).not.toContain('addresses-differ')
  })

  // The first hello meets the same answer on both: only the others tell them apart.
  it('sees with everything asked what one hello does not show', async () => {
    const { der, cert, key } = trusted()
    const port = await startTwo({ key, cert }, { key, cert, minVersion: 'TLSv1.3' })
    const judgedBy = { ...world, stores: withAnchors(world.stores, [der]) }
    const quick = await check(port, judgedBy)
    expect(quick.result.addresses.map(({ status }) => status)).not.toContain('fail')
    const { result } = await check(port, judgedBy, { allAddresses: true })
    expect(result.addresses.map(({ status }) => status)).toEqual(['warn', 'fail'])
    expect(result.findings.find(({ rule }) => rule === 'addresses-differ')).toMatchObject({
      severity: 'warn',
      evidence: { ip: '::1', certificate: false },
    })
  })

  it('names each of several addresses that differ, and none that does not', async () => {
    const { der, cert, key } = trusted()
    const port = await startTls({ key, cert })
    await startAlso('127.0.0.2', port, new tls.Server({ key, cert }))
    await startAlso('127.0.0.3', port, new tls.Server(identity('rsa-2048')))
    const ips = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4']
    const { result } = await check(
      port,
      { ...world, stores: withAnchors(world.stores, [der]) },
      { resolveTo: new Map([[`localhost:${port}`, ips]]) },
    )
    const named = (rule: string) =>
      result.findings.filter(one => one.rule === rule).map(({ evidence }) => evidence)
    expect(named('addresses-differ')).toMatchObject([{ ip: '127.0.0.3', certificate: false }])
    expect(named('address-unreachable')).toMatchObject([{ ip: '127.0.0.4' }])
  })

  it('counts an address that takes the connection and stays silent as one that does not answer', async () => {
    const { key, cert } = identity('ec-p256')
    const port = await startTls({ key, cert })
    await startAlso('::1', port, createServer({ allowHalfOpen: true }))
    const { result } = await check(port, world, { timeoutMs: 300 })
    const found = result.findings.find(({ rule }) => rule === 'address-unreachable')
    expect(found?.message.en).toBe(`[::1]:${port} accepts the connection and then stays silent`)
    expect(result.addresses[1]).toMatchObject({
      status: 'unreachable',
      error: { code: 'ERR_TIMEOUT' },
    })
  })

  it('names the address that does not answer', async () => {
    const { key, cert } = identity('ec-p256')
    const { result } = await check(await startTwo({ key, cert }, null))
    expect(result.addresses.map(({ status }) => status)).toEqual(['fail', 'unreachable'])
    expect(result.findings.find(({ rule }) => rule === 'address-unreachable')).toMatchObject({
      severity: 'warn',
      evidence: { ip: '::1' },
    })
  })

  it('does not blame the server for a family this machine cannot reach', async () => {
    const { key, cert } = identity('ec-p256')
    const port = await startTls({ key, cert })
    // A documentation address that no loopback-only machine has a route to.
    const { nodes } = await observe(parseTarget(`localhost:${port}`), {
      hellos,
      timeoutMs: 500,
      resolveTo: new Map([[`localhost:${port}`, ['127.0.0.1', '100::1']]]),
      interfaces: {},
    })
    expect(['no-route', 'failed']).toContain(nodes[1]?.reach.state)
    expect(nodes[0]?.reach.state).toBe('connected')
  })

  it('asks at most 16, and names the rest', async () => {
    const { key, cert } = identity('ec-p256')
    const port = await startTls({ key, cert })
    const addresses = Array.from({ length: 20 }, (_, index) => `127.0.0.${index + 1}`)
    const { nodes } = await observeLocal(port, {
      resolveTo: new Map([[`localhost:${port}`, addresses]]),
      timeoutMs: 500,
    })
    expect(nodes).toHaveLength(20)
    expect(nodes.slice(16).map(({ reach }) => reach.state)).toEqual(new Array(4).fill('not-probed'))
    expect(nodes[0]?.reach.state).toBe('connected')
  })
})

describe('through a proxy', () => {
  const through = (port: number, scheme: ProxyServer['scheme'] = 'http'): ProxyServer => ({
    scheme,
    host: '127.0.0.1',
    port,
    credentials: null,
  })

  it('asks one node, which is the name, everything', async () => {
    const { key, cert } = identity('ec-p256')
    const port = await startTls({ key, cert })
    const proxy = await startHttpProxy({ hosts: { 'inside.example': '127.0.0.1' } })
    const { nodes } = await observe(parseTarget(`inside.example:${port}`), {
      hellos,
      timeoutMs: 2000,
      proxy: through(proxy.port),
    })
    expect(nodes).toMatchObject([
      { address: { ip: 'inside.example', family: null }, reach: { state: 'connected' } },
    ])
    expect(Object.keys(nodes[0]?.attempts ?? {})).toHaveLength(hellos.length + ASIDES.length + 3)
    expect(proxy.asked).toHaveLength(hellos.length + ASIDES.length + 3)
    expect(nodes[0]?.rttMs).toBeGreaterThan(0)
  })

  it.each(['http', 'socks5h'] as const)(
    'asks an %s proxy for each address where all are wanted; what it refuses is unknown',
    async scheme => {
      const { key, cert } = identity('ec-p256')
      const port = await startTls({ key, cert })
      const start = scheme === 'http' ? startHttpProxy : startSocksProxy
      const proxy = await start({ refuses: { '127.0.0.2': scheme === 'http' ? 403 : 2 } })
      const { observation, result } = await checkTarget(parseTarget(`localhost:${port}`), world, {
        allAddresses: true,
        proxy: through(proxy.port, scheme),
        resolveTo: new Map([[`localhost:${port}`, ['127.0.0.1', '127.0.0.2']]]),
        timeoutMs: 2000,
        fetcher: offline,
      })
      expect(new Set(proxy.asked)).toEqual(new Set([`127.0.0.1:${port}`, `127.0.0.2:${port}`]))
      expect(Object.keys(observation.nodes[0]?.attempts ?? {})).toHaveLength(
        hellos.length + ASIDES.length + 3,
      )
      expect(result.addresses).toMatchObject([
        { ip: '127.0.0.1', family: 4, error: null },
        { ip: '127.0.0.2', family: 4, status: 'unknown', error: { code: 'ERR_PROXY' } },
      ])
      expect(result.findings.map(({ rule }) => rule)).not.toContain('address-unreachable')
    },
  )

  it('looks names up here for a proxy of socks5', async () => {
    const { key, cert } = identity('ec-p256')
    const port = await startTls({ key, cert })
    const proxy = await startSocksProxy()
    const { nodes } = await observeLocal(port, { proxy: through(proxy.port, 'socks5') })
    expect(nodes[0]?.address).toEqual({ ip: '127.0.0.1', family: 4 })
    expect(new Set(proxy.asked)).toEqual(new Set([`127.0.0.1:${port}`]))
  })

  it('is unreachable where the proxy refuses', async () => {
    const proxy = await startHttpProxy({ refuses: { 'api.example': 502 } })
    const { result } = await checkTarget(parseTarget('api.example'), world, {
      proxy: through(proxy.port),
      timeoutMs: 2000,
      fetcher: offline,
    })
    expect(result).toMatchObject({
      status: 'unreachable',
      error: { code: 'ERR_PROXY', phase: 'proxy' },
    })
  })
})

it('records a name that does not resolve', async () => {
  const { resolution, nodes } = await observe(parseTarget('nothing.invalid'), { hellos })
  expect(resolution).toMatchObject({ state: 'failed', error: { code: 'ERR_DNS' } })
  expect(nodes).toEqual([])
})
