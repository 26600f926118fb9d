// Servers that misbehave: what a scan says of them is right or unknown, and said in time.
import type { TlsOptions } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { parseTarget } from '../../src/connect/target.ts'
import { type Scan, type ScanOptions, scan } from '../../src/scan/scan.ts'
import type { ScanFacts } from '../../src/scan/scan-facts.ts'
import { startFront, startSerialFront, type Treatment } from '../helpers/front.ts'
import { AN_END_MS } from '../helpers/patience.ts'
import { identity, startTcp, startTls } from '../helpers/tls-server.ts'

const { cert, key } = identity('rsa-2048')
const SOUND: TlsOptions = {
  cert,
  key,
  minVersion: 'TLSv1',
  ciphers: 'ALL:@SECLEVEL=0',
}

async function scanPort(port: number, options: ScanOptions = {}): Promise<Scan> {
  const [one] = await scan(parseTarget(`127.0.0.1:${port}`), {
    servername: 'localhost',
    ...options,
  })
  return one
}

async function factsOf(port: number, options: ScanOptions = {}): Promise<ScanFacts> {
  const { facts } = await scanPort(port, options)
  if (!facts) throw new Error('no facts')
  return facts
}

/** What was found, without what it cost; suites in order of their codes. */
function found({ cost, protocols, ...rest }: ScanFacts) {
  return {
    ...rest,
    protocols: protocols.map(({ suites, ...protocol }) => ({
      ...protocol,
      suites: suites.map(({ code }) => code).sort((a, b) => a - b),
    })),
  }
}

/** Nothing is said that is not so; what is not said is unknown. */
function expectRightOrUnknown(facts: ScanFacts, truth: ScanFacts): void {
  for (const [index, protocol] of facts.protocols.entries()) {
    const real = truth.protocols[index]!
    expect([real.offered, null], protocol.version).toContain(protocol.offered)
    const codes = new Set(real.suites.map(({ code }) => code))
    expect(protocol.suites.filter(({ code }) => !codes.has(code))).toEqual([])
    if (protocol.suites.length < codes.size) expect(protocol.unknownSuites).toBeGreaterThan(0)
    expect([real.preference, null]).toContain(protocol.preference)
  }
  const lists = [
    [facts.groups, truth.groups],
    [facts.signatureSchemes, truth.signatureSchemes],
  ] as const
  for (const [ours, real] of lists)
    for (const [index, { code, offered }] of ours.entries())
      expect([real[index]?.offered, null], `code ${code}`).toContain(offered)
}

describe('is scanned right, only slower', () => {
  it.each<[string, (number: number) => Treatment]>([
    ['refuses every third', n => (n % 3 === 0 ? 'reset' : 'through')],
    ['closes on every third', n => (n % 3 === 0 ? 'close' : 'through')],
    ['is silent on every tenth', n => (n % 10 === 0 ? 'silent' : 'through')],
  ])('%s', async (_, treat) => {
    const port = await startTls(SOUND)
    const truth = await factsOf(port)
    const front = await startFront(port, treat)
    const facts = await factsOf(front, { timeoutMs: 400, maxConnections: 24 })
    expect(facts.cost.unanswered).toBeGreaterThan(0)
    expectRightOrUnknown(facts, truth)
    expect(found(facts).protocols).toEqual(found(truth).protocols)
  })

  it('one connection at a time', async () => {
    const port = await startTls(SOUND)
    const truth = await factsOf(port)
    const serial = await startSerialFront(port, 5)
    const facts = await factsOf(serial, { maxConnections: 24 })
    expect(found(facts)).toEqual(found(truth))
  })
})

describe('is right or unknown, in time', () => {
  it.each<[string, (number: number) => Treatment]>([
    ['resets after 30', n => (n > 30 ? 'reset' : 'through')],
    ['closes after 30', n => (n > 30 ? 'close' : 'through')],
    ['is silent after 20', n => (n > 20 ? 'silent' : 'through')],
    ['drips after 20', n => (n > 20 ? 'drip' : 'through')],
    ['resets in turns of 15', n => (Math.floor(n / 15) % 2 ? 'reset' : 'through')],
  ])('%s', async (_, treat) => {
    const port = await startTls(SOUND)
    const truth = await factsOf(port)
    const front = await startFront(port, treat)
    const facts = await factsOf(front, { timeoutMs: 500, totalMs: 10_000 })
    expect(facts.cost.durationMs).toBeLessThan(AN_END_MS)
    expect(
      facts.protocols.some(({ offered, unknownSuites }) => offered === null || unknownSuites),
    ).toBeTruthy()
    expectRightOrUnknown(facts, truth)
  })

  it('accepts and stays silent', async () => {
    const { facts, error } = await scanPort(await startTcp(() => {}), { timeoutMs: 300 })
    expect({ facts, code: error?.code }).toEqual({ facts: null, code: 'ERR_TIMEOUT' })
  })

  it('hangs up on everybody', async () => {
    const { facts, speaks } = await scanPort(await startTcp(socket => socket.end()))
    expect(speaks).toBe('nothing')
    expect(facts?.protocols.map(({ offered }) => offered)).toEqual(Array(6).fill(null))
    expect(facts?.cost.sent).toBeLessThan(10)
  })

  it('a byte a second from the first on', async () => {
    const front = await startFront(await startTls(SOUND), () => 'drip')
    const { error } = await scanPort(front, { timeoutMs: 300 })
    expect(error?.code).toBe('ERR_TIMEOUT')
  })

  it('out of connections', async () => {
    const facts = await factsOf(await startTls(SOUND), { totalConnections: 25 })
    expect(facts.cost).toMatchObject({ sent: 25, exhausted: 'connections' })
  })

  it('out of time', async () => {
    const serial = await startSerialFront(await startTls(SOUND), 50)
    const facts = await factsOf(serial, { totalMs: 1000 })
    expect(facts.cost.exhausted).toBe('time')
    expect(facts.cost.durationMs).toBeLessThan(AN_END_MS)
  })
})

describe('kindness', () => {
  it('one first, then never more at once than allowed', async () => {
    const facts = await factsOf(await startTls(SOUND), { maxConnections: 3 })
    expect(facts.cost.atOnce).toBeLessThanOrEqual(3)
  })

  it('never more a second than allowed', async () => {
    const { cost } = await factsOf(await startTls({ cert, key, minVersion: 'TLSv1.3' }), {
      rate: 100,
    })
    expect(cost.sent / (cost.durationMs / 1000)).toBeLessThanOrEqual(101)
  })
})
