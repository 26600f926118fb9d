// Files are judged as the server that shows them would be: every fixture, both ways.
import { describe, expect, it } from 'vitest'
import { judge } from '../../src/judge/judge.ts'
import { isAccepted, type Material, type Observation } from '../../src/observation.ts'
import { decodeObservation, encodeObservation } from '../../src/observation-file.ts'
import type { TargetResult } from '../../src/report.ts'
import { DAY_MS, makeCa, makeLeaf, parsed, testKey } from '../helpers/certs.ts'
import { type Fixture, loadFixture, loadFixtures } from '../helpers/fixtures.ts'

/** What a handshake alone shows, or shows by another word. */
const OTHERWISE: Readonly<Record<string, 'verdict' | 'nothing'>> = {
  'ec-p521': 'verdict',
  ed25519: 'verdict',
  // Whether a server staples is its own affair.
  'must-staple': 'nothing',
}

const fixtures = loadFixtures()

function onFile(
  { observation, chain }: Pick<Fixture, 'observation' | 'chain'>,
  more: Partial<Material> = {},
): Observation {
  const material = { chain, leaf: 0, publicKey: null, live: null, ...more }
  return { ...observation, nodes: [], material }
}

/** A server that shows another chain to everybody. */
function withChain(observation: Observation, chain: readonly Uint8Array[]): Observation {
  const nodes = observation.nodes.map(node => ({
    ...node,
    attempts: Object.fromEntries(
      Object.entries(node.attempts).map(([id, attempt]) => [
        id,
        isAccepted(attempt) ? { ...attempt, server: { ...attempt.server, chain } } : attempt,
      ]),
    ),
  }))
  return { ...observation, nodes }
}

const cellsOf = ({ platforms }: TargetResult, withReasons: boolean) =>
  platforms.flatMap(({ id, cells }) =>
    cells.map(({ api, verdict, reasons }) =>
      [id, api, verdict, ...(withReasons ? reasons : [])].join(' '),
    ),
  )
const idsOf = ({ findings }: TargetResult) =>
  findings.map(({ severity, rule }) => `${severity} ${rule}`)

describe.each(fixtures)('$name', fixture => {
  const { name, observation, world } = fixture
  const live = judge(observation, world)
  const files = judge(onFile(fixture), world)

  it('has the verdicts of the server that shows it', () => {
    if (OTHERWISE[name] === 'nothing')
      return expect(cellsOf(files, false)).not.toEqual(cellsOf(live, false))
    const withReasons = OTHERWISE[name] === undefined
    expect(cellsOf(files, withReasons)).toEqual(cellsOf(live, withReasons))
  })

  it('misses the same certificates', () => {
    if (OTHERWISE[name] === 'verdict') return
    const missing = ({ chains }: TargetResult) => chains.map(chain => chain.missing)
    expect(missing(files)).toEqual(missing(live))
  })
})

describe('what files alone can have', () => {
  const fixture = loadFixture('good')
  const { observation, world } = fixture
  const [leaf = new Uint8Array(), ca = new Uint8Array()] = fixture.chain
  const { spki } = parsed({ der: leaf }).publicKey

  it('a key that fits, and one that does not', () => {
    expect(idsOf(judge(onFile(fixture, { publicKey: spki }), world))).toEqual([])
    const wrong = judge(onFile(fixture, { publicKey: parsed({ der: ca }).publicKey.spki }), world)
    expect(idsOf(wrong)).toEqual(['error key-mismatch'])
    expect(new Set(wrong.platforms.map(({ verdict }) => verdict))).toEqual(new Set(['fail']))
  })

  it('a leaf that is not the first', () => {
    const result = judge(onFile(fixture, { chain: [ca, leaf], leaf: 1 }), world)
    expect(idsOf(result)).toEqual(['error leaf-not-first'])
    expect(result.findings[0]?.message.en).toMatch(/is certificate 2 of the file/)
  })

  it('no certificate at all, which is no pass', () => {
    expect(judge(onFile(fixture, { chain: [] }), world)).toMatchObject({ status: 'unknown' })
  })

  it('no name to be checked for', () => {
    const { target } = observation
    const nameless = { ...onFile(fixture), target: { ...target, verifyName: null } }
    const result = judge(nameless, world)
    expect(result).toMatchObject({ host: null, port: null, status: 'pass', findings: [] })
  })

  it('is the same when saved and read', () => {
    const saved = onFile(fixture, { publicKey: spki, live: observation })
    const read = decodeObservation(encodeObservation(saved), 'saved.json')
    expect(judge(read, world)).toEqual(judge(saved, world))
    expect(read.material).toEqual(saved.material)
  })
})

describe('beside what is live', () => {
  const fixture = loadFixture('good')
  const { observation, world } = fixture
  const { host } = observation.target
  const issuer = makeCa('Another CA')
  const against = (der: Uint8Array, more: Partial<Material> = {}) =>
    judge(onFile(fixture, { chain: [der, issuer.der], live: observation, ...more }), world)

  it('the same certificate changes nothing', () => {
    expect(idsOf(judge(onFile(fixture, { live: observation }), world))).toEqual([])
  })

  it('trust that is lost is told, and trust that is gained', () => {
    const { der } = makeLeaf([host], { issuer })
    const lost = against(der).findings.find(({ rule }) => rule === 'trust-changes')
    expect(lost).toMatchObject({ severity: 'warn', platforms: expect.arrayContaining(['ios-26']) })
    const bad = withChain(observation, [der, issuer.der])
    const gained = judge(onFile(fixture, { live: bad }), world)
    expect(gained.findings.find(({ rule }) => rule === 'trust-changes')).toMatchObject({
      severity: 'info',
      fingerprint: expect.not.stringMatching(lost?.fingerprint ?? ''),
    })
    expect(gained.status).toBe('pass')
  })

  it('names that are lost, and an earlier end', () => {
    const old = parsed({ der: fixture.chain[0] ?? new Uint8Array() })
    const { der } = makeLeaf([`other.${host}`], {
      issuer,
      notBefore: old.notBefore,
      notAfter: old.notAfter - 1000,
    })
    expect(idsOf(against(der))).toEqual(
      expect.arrayContaining([
        'warn names-lost',
        'warn older-than-live',
        'error hostname-mismatch',
      ]),
    )
  })
  it('a new certificate for the same key', () => {
    const key = testKey('ec-p256', 77)
    const chainOf = (notAfter: number) => [
      makeLeaf([host], { issuer, key, notAfter }).der,
      issuer.der,
    ]
    const ends = fixture.world.at + 40 * DAY_MS
    const live = withChain(observation, chainOf(ends))
    const renewed = judge(onFile(fixture, { chain: chainOf(ends + DAY_MS), live }), world)
    expect(idsOf(renewed)).toContain('info key-reused')
  })
})
