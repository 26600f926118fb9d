/** Path building against an oracle: random trust graphs, whose answer is found by trying every sequence. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toAnchorSet } from '../../src/chain/anchor-set.ts'
import { DEFAULT_LIMITS } from '../../src/chain/limits.ts'
import { buildPath } from '../../src/chain/path.ts'
import { WEBPKI } from '../../src/policy.ts'
import { NOW } from '../helpers/certs.ts'
import {
  certificateMaker,
  type Dialect,
  goodPaths,
  graphs,
  makeDrawnLeaf,
} from '../helpers/graphs.ts'

/** More of them where asked for: MPCERT_GRAPHS=10000. */
const RUNS = Number(process.env['MPCERT_GRAPHS'] ?? 2000)

const dialects: fc.Arbitrary<Dialect> = fc.record({
  anchorExpiry: fc.constantFrom('checked', 'ignored'),
  anchorPurpose: fc.constant('ignored'),
  anyPurpose: fc.constant('accepted'),
  maxDepth: fc.constantFrom(0, 1, 2, 3, 10, 10),
})

it('agrees with the oracle on random trust graphs', () => {
  let paths = 0
  fc.assert(
    fc.property(graphs, dialects, (graph, dialect) => {
      const make = certificateMaker()
      const result = buildPath({
        leaf: makeDrawnLeaf(graph.leaf),
        pool: graph.pool.map(make),
        anchors: toAnchorSet(graph.anchors.map(make)),
        policy: {
          ...WEBPKI,
          profile: 'client',
          leafEku: 'if-present',
          anchorExpiry: dialect.anchorExpiry,
          maxDepth: dialect.maxDepth,
        },
        at: NOW,
        purpose: 'serverAuth',
        limits: { ...DEFAULT_LIMITS, signatures: 10_000 },
      })
      const answers = goodPaths(graph, dialect)
      expect(result.ok).toBe(answers.length > 0)
      if (!result.ok) return
      paths++
      const way = result.path.slice(1)
      const known = answers.some(
        answer =>
          answer.length === way.length && answer.every((step, index) => make(step) === way[index]),
      )
      expect(known).toBe(true)
    }),
    { numRuns: RUNS },
  )
  // An oracle that always says no would agree with a builder that does.
  expect(paths).toBeGreaterThan(RUNS / 40)
}, 600_000)
