/** The same random trust graphs before our path builder and before `openssl verify`: every difference has a cause. */
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { toAnchorSet } from '../../src/chain/anchor-set.ts'
import { buildPath } from '../../src/chain/path.ts'
import { WEBPKI } from '../../src/policy.ts'
import type { Certificate } from '../../src/x509/certificate.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { NOW } from '../helpers/certs.ts'
import {
  certificateMaker,
  type Dialect,
  type Graph,
  goodPaths,
  graphs,
  HOST,
  hasFork,
  makeDrawnLeaf,
} from '../helpers/graphs.ts'
import { type Folder, makeFolder } from './pki.ts'
import { requireProgram, runProgram } from './programs.ts'

/** More of them where asked for: MPCERT_GRAPHS=5000. */
const GRAPHS = Number(process.env['MPCERT_GRAPHS'] ?? 600)

const OURS: Dialect = {
  anchorExpiry: 'checked',
  anchorPurpose: 'ignored',
  anyPurpose: 'accepted',
  maxDepth: 10,
}

/** Where openssl asks something else than we do, by what its sources do. */
const OPENSSL: Dialect = {
  ...OURS,
  // check_extensions() looks at the whole chain, the anchor included.
  anchorPurpose: 'checked',
  // xku_reject() wants the purpose itself.
  anyPurpose: 'refused',
}

type Question = 'anchorPurpose' | 'anyPurpose'
type Cause = Question | 'more than one question' | 'does not go back' | 'unclassified'

const QUESTIONS: readonly Question[] = ['anchorPurpose', 'anyPurpose']

beforeAll(() => requireProgram('openssl'))

test('each difference is one of the questions asked, or of a search that does not go back', async () => {
  const folder = makeFolder()
  const causes = new Map<Cause, number>()
  const outcomes = new Map<string, number>()
  const unclassified: Graph[] = []
  for (const graph of fc.sample(graphs, GRAPHS)) {
    const make = certificateMaker()
    const leaf = makeDrawnLeaf(graph.leaf)
    const pool = graph.pool.map(make)
    const anchors = graph.anchors.map(make)
    const ours = verifiedByUs(leaf, pool, anchors)
    const theirs = await verifiedByOpenssl(folder, leaf, pool, anchors)
    count(outcomes, `${ours ? 'good' : 'bad'} for us, ${theirs ? 'good' : 'bad'} for openssl`)
    if (ours === theirs) continue
    const cause = causeOf(graph, theirs)
    count(causes, cause)
    if (cause === 'unclassified') unclassified.push(graph)
  }
  expect(unclassified).toEqual([])
  // Two that refuse everything differ in nothing.
  expect(outcomes.get('good for us, good for openssl')).toBeGreaterThan(GRAPHS / 50)
  for (const cause of ['does not go back', 'anchorPurpose'] as const)
    expect(causes.get(cause), cause).toBeGreaterThan(0)
}, 600_000)

/** Decided on the drawing board. */
function causeOf(graph: Graph, theirs: boolean): Cause {
  const paths = goodPaths(graph, OPENSSL)
  if (theirs !== paths.length > 0)
    return paths.some(path => hasFork(graph, path)) ? 'does not go back' : 'unclassified'
  const asked = QUESTIONS.find(question => {
    const without = goodPaths(graph, { ...OPENSSL, [question]: OURS[question] })
    return theirs !== without.length > 0
  })
  return asked ?? 'more than one question'
}

function verifiedByUs(
  leaf: Certificate,
  pool: readonly Certificate[],
  anchors: readonly Certificate[],
): boolean {
  return buildPath({
    leaf,
    pool,
    anchors: toAnchorSet(anchors),
    policy: { ...WEBPKI, profile: 'client', leafEku: 'if-present' },
    at: NOW,
    purpose: 'serverAuth',
  }).ok
}

async function verifiedByOpenssl(
  folder: Folder,
  leaf: Certificate,
  pool: readonly Certificate[],
  anchors: readonly Certificate[],
): Promise<boolean> {
  const write = (name: string, list: readonly Certificate[]) =>
    folder.write(name, list.map(({ der }) => encodePem(der)).join(''))
  const said = await runProgram('openssl', [
    'verify',
    ...['-attime', String(NOW / 1000)],
    ...['-purpose', 'sslserver', '-verify_hostname', HOST],
    // SHA-1 counts as too weak from this level on; anchors need not be roots.
    ...['-auth_level', '1', '-partial_chain'],
    ...['-trusted', write('trusted.pem', anchors)],
    ...['-untrusted', write('untrusted.pem', pool)],
    write('leaf.pem', [leaf]),
  ])
  if (/leaf\.pem: OK$/m.test(said)) return true
  if (/verification failed$/m.test(said)) return false
  throw new Error(`openssl says neither yes nor no:\n${said}`)
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
