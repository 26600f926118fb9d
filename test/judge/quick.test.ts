// One handshake tells what many do, as far as certificates go; and what was made of one server holds for its kin.
import { describe, expect, it } from 'vitest'
import { ChainBook } from '../../src/facts/chain-book.ts'
import { Fleet } from '../../src/judge/fleet.ts'
import { judge, judgeWithCells } from '../../src/judge/judge.ts'
import type { Observation } from '../../src/observation.ts'
import { decodeObservation, encodeObservation } from '../../src/observation-file.ts'
import type { TargetResult } from '../../src/report.ts'
import { makeCa, makeLeaf } from '../helpers/certs.ts'
import { loadFixture, loadFixtures } from '../helpers/fixtures.ts'

/** What other handshakes show, or show by another word. */
const OTHERWISE: ReadonlySet<string> = new Set(['ec-p521', 'ed25519', 'must-staple'])

/** The first answer alone. */
function quick(observation: Observation): Observation {
  const nodes = observation.nodes.map(node => ({
    ...node,
    attempts: Object.fromEntries(Object.entries(node.attempts).slice(0, 1)),
  }))
  return { ...observation, nodes, quick: true }
}

const cellsOf = ({ platforms }: TargetResult) =>
  platforms.flatMap(({ id, cells }) =>
    cells.map(({ api, verdict, reasons }) => [id, api, verdict, ...reasons].join(' ')),
  )

describe.each(loadFixtures())('$name', ({ name, observation, world }) => {
  it('has the verdicts of the full check', () => {
    const [seen, full] = [judge(quick(observation), world), judge(observation, world)]
    expect(seen.server).toBeNull()
    if (!OTHERWISE.has(name)) expect(cellsOf(seen)).toEqual(cellsOf(full))
    else
      expect(
        seen.platforms.every(({ verdict }) => verdict !== 'pass' || name === 'must-staple'),
      ).toBe(true)
  })
})

describe('a fleet', () => {
  const { observation, world } = loadFixture('good')
  const issuer = makeCa('Fleet CA')
  const wildcard = makeLeaf(['*.fleet.example'], { issuer })
  const chain = [wildcard.der, issuer.der]
  /** One server of the fleet; what it says beside its certificate may differ. */
  function member(host: string, shown = chain, bytes = 1): Observation {
    const nodes = quick(observation).nodes.map(node => ({
      ...node,
      address: { ip: `203.0.113.${host.length}`, family: 4 as const },
      attempts: Object.fromEntries(
        Object.entries(node.attempts).map(([id, attempt]) => [
          id,
          attempt.kind === 'failed'
            ? attempt
            : { ...attempt, bytes, server: { ...attempt.server, chain: shown } },
        ]),
      ),
    }))
    const target = { input: host, host, port: 443, servername: host, verifyName: host }
    return { ...observation, target, nodes, quick: true }
  }
  function learn(fleet: Fleet, seen: Observation): TargetResult {
    const chains = new ChainBook(seen, world)
    const { result, cells } = judgeWithCells(seen, world, { chains })
    fleet.remember(seen, { observation: seen, result }, chains.chains[0]?.leaf ?? null, cells)
    return result
  }

  it('is judged as each of its members would be', () => {
    const fleet = new Fleet()
    const first = learn(fleet, member('a.fleet.example'))
    expect(first.findings.length).toBeGreaterThan(0)
    const next = member('second.fleet.example', chain, 2)
    expect(fleet.recall(next)?.result).toEqual(judge(next, world))
  })

  it.each([
    ['a name that the certificate does not hold', member('fleet.example')],
    ['another chain', member('c.fleet.example', [wildcard.der])],
    ['a full check', { ...member('c.fleet.example'), quick: undefined }],
    [
      'two addresses',
      {
        ...member('c.fleet.example'),
        nodes: [...member('c.fleet.example').nodes, ...member('c.fleet.example').nodes],
      },
    ],
  ])('knows nothing of %s', (_, seen) => {
    const fleet = new Fleet()
    learn(fleet, member('a.fleet.example'))
    expect(fleet.recall(seen)).toBeNull()
  })

  it('forgets what it has not seen for long', () => {
    const fleet = new Fleet()
    learn(fleet, member('a.fleet.example'))
    for (let kind = 0; kind < 40; kind++) {
      const other = makeLeaf(['*.fleet.example'], { issuer })
      learn(fleet, member('a.fleet.example', [other.der, issuer.der]))
    }
    expect(fleet.recall(member('a.fleet.example'))).toBeNull()
  })

  it('of quick observations can be saved', () => {
    const seen = member('a.fleet.example')
    expect(decodeObservation(encodeObservation(seen), 'x').quick).toBe(true)
    expect(decodeObservation(encodeObservation(observation), 'x').quick).toBeUndefined()
  })
})

describe('what the one handshake does not bring', () => {
  const { observation, world } = loadFixture('good')
  it('is open where it was refused: no pass for anybody', () => {
    const nodes = quick(observation).nodes.map(node => ({
      ...node,
      attempts: Object.fromEntries(
        Object.entries(node.attempts).map(([id, attempt]) => [
          id,
          attempt.kind === 'failed'
            ? attempt
            : {
                ...{
                  kind: 'alert' as const,
                  level: 2,
                  description: 40,
                  after: 'client-hello' as const,
                  bytes: 7,
                },
                server: {
                  ...attempt.server,
                  chain: null,
                  version: null,
                  cipher: null,
                  clientAuth: null,
                },
              },
        ]),
      ),
    }))
    const { platforms, status } = judge({ ...observation, nodes, quick: true }, world)
    expect(status).toBe('fail')
    const verdicts = platforms.flatMap(({ cells }) => cells.map(({ verdict }) => verdict))
    expect(new Set(verdicts)).toEqual(new Set(['fail', 'unknown']))
  })
})
