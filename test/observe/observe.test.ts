// The runner against real servers on loopback: which connections it opens, and how it treats several addresses.
import type { Socket } from 'node:net'
import tls from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkTarget, judgedHellos } from '../../src/check.ts'
import { offline } from '../../src/connect/fetch.ts'
import { parseTarget } from '../../src/connect/target.ts'
import { type ObserveOptions, observe } from '../../src/observe/observe.ts'
import { withAnchors } from '../../src/stores/derive.ts'
import { DAY_MS } from '../../src/text.ts'
import { createWorld } from '../../src/world.ts'
import { issueLeaf } from '../../src/x509/issue.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { testKey } from '../helpers/certs.ts'
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
  const counts = { all: 0, now: 0, most: 0, beforeFirstEnd: 0 }
  let finished = false
  server.once('secureConnection', () => {
    finished = true
  })
  server.on('connection', (socket: Socket) => {
    counts.all++
    counts.most = Math.max(counts.most, ++counts.now)
    if (!finished) counts.beforeFirstEnd++
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
    expect(counts.beforeFirstEnd).toBe(1)
    expect(counts.most).toBeLessThanOrEqual(9) // the first one may still be closing
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
    expect(Object.keys(nodes[0]?.attempts ?? {})).toHaveLength(1)
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
    if (!second) return port
    const other = new tls.Server(second)
    other.on('tlsClientError', () => undefined)
    await new Promise<void>(resolve => other.listen({ port, host: '::1', ipv6Only: true }, resolve))
    onTestFinished(() => void other.close())
    return port
  }

  const check = (port: number, judgedBy = world) =>
    checkTarget(parseTarget(`localhost:${port}`), judgedBy, {
      resolveTo: both(port),
      timeoutMs: 2000,
      fetcher: offline,
    })

  it('asks each address, and one of them everything', async () => {
    const { key, cert } = identity('ec-p256')
    const { observation, result } = await check(await startTwo({ key, cert }, { key, cert }))
    expect(observation.nodes.map(({ attempts }) => Object.keys(attempts).length)).toEqual([
      hellos.length + ASIDES.length + 3,
      1,
    ])
    expect(result.addresses.map(({ ip, chain }) => [ip, chain])).toEqual([
      ['127.0.0.1', 'chain-1'],
      ['::1', 'chain-1'],
    ])
    expect(result.findings.map(({ rule }) => rule)).not.toContain('addresses-differ')
  })

  it('says where another certificate is shown', async () => {
    const [one, other] = [identity('ec-p256'), identity('rsa-2048')]
    const { result } = await check(await startTwo(one, other))
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

it('records a name that does not resolve', async () => {
  const { resolution, nodes } = await observe(parseTarget('nothing.invalid'), { hellos })
  expect(resolution).toMatchObject({ state: 'failed', error: { code: 'ERR_DNS' } })
  expect(nodes).toEqual([])
})
