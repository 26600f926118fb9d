// What judging a chain costs, without any network: one path, the roots it may lead to, every platform of one target.
import { X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { importSources } from '../tools/bundle.mjs'
import { median, runNode } from './command.mjs'

const TURNS = 200
const LOADS = 9
const YEAR_MS = 365 * 86_400_000
const NOW = Date.UTC(2026, 10, 22)

const LOAD = `
  import { createWorld } from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)}
  const begin = performance.now()
  createWorld(0)
  console.log(performance.now() - begin)`

export async function bench(say) {
  const [
    { buildPath },
    { parseCertificate },
    { judge },
    { decodeObservation },
    { createWorld },
    ...rest
  ] = await importSources(
    'chain/path.ts',
    'x509/certificate.ts',
    'judge/judge.ts',
    'observation-file.ts',
    'world.ts',
    'stores/derive.ts',
    'policy.ts',
    'x509/issue.ts',
    'x509/signing-key.ts',
  )
  const [{ withReplicas }, { WEBPKI }, issue, keys] = rest
  const world = createWorld(NOW)
  const chain = typicalChain(issue, keys)
  const standsFor = world.stores.roots.find(({ name }) => name === 'ISRG Root X1')
  const stores = withReplicas(world.stores, [
    { certificate: chain.root.der, standsFor: standsFor.sha256 },
  ])
  const anchors = stores.anchors('apple', '18')
  const verify = () => {
    const [leaf, issuer] = [chain.leaf, chain.issuer].map(({ der }) => parseCertificate(der))
    const question = { leaf, pool: [issuer], anchors, at: NOW, purpose: 'serverAuth' }
    if (!buildPath({ ...question, policy: WEBPKI }).ok) throw new Error('no path')
  }
  const signaturesAlone = () => {
    const [leaf, issuer, root] = [chain.leaf, chain.issuer, chain.root].map(
      ({ der }) => new X509Certificate(der),
    )
    if (!leaf.verify(issuer.publicKey) || !issuer.verify(root.publicKey))
      throw new Error('no signature')
  }
  const file = new URL('../readme/observation.json', import.meta.url)
  const observation = decodeObservation(readFileSync(file, 'utf8'), 'observation.json')
  const then = createWorld(observation.observedAt)
  let cells = 0
  const judgeAll = () => {
    const { platforms } = judge(observation, then)
    cells = platforms.flatMap(platform => platform.cells).length
  }
  const [verified, floor] = timeTasksInTurns([verify, signaturesAlone], TURNS)
  const [judged] = timeTasksInTurns([judgeAll], TURNS)
  say('a chain of three, RSA, to one store (at most 1 ms)', ms(verified))
  say('its two signatures alone, by node:crypto', ms(floor))
  say(`every platform of one target, ${cells} cells (at most 10 ms)`, ms(judged))
  const loads = []
  for (let turn = 0; turn < LOADS; turn++) {
    const { stdout } = await runNode(['--input-type=module', '-e', LOAD])
    loads.push(Number(stdout))
  }
  say('the stores, loaded by a new process (at most 15 ms)', ms(loads.sort((a, b) => a - b)))
  const size = ['roots.br', 'roots.jsonl', 'versions.jsonl'].map(
    name => statSync(new URL(`../../src/stores/${name}`, import.meta.url)).size / 1024,
  )
  say('its certificates on disk (at most 450 KiB)', `${size[0].toFixed(0)} KiB`)
  say('the tables beside them', `${(size[1] + size[2]).toFixed(0)} KiB`)
}

function typicalChain({ issueCa, issueLeaf }, { generateKey }) {
  const long = { notBefore: NOW - YEAR_MS, notAfter: NOW + YEAR_MS }
  const root = issueCa({ subject: 'Bench Root', key: generateKey('rsa-4096'), ...long })
  const issuer = issueCa({
    subject: 'Bench CA',
    key: generateKey('rsa-2048'),
    issuer: root,
    ...long,
  })
  const leaf = issueLeaf({
    names: ['bench.example'],
    key: generateKey('rsa-2048'),
    issuer,
    notBefore: NOW - YEAR_MS / 8,
    notAfter: NOW + YEAR_MS / 8,
  })
  return { leaf, issuer, root }
}

/** Times in ms, lowest first, for each task; they take turns, after some that do not count. */
function timeTasksInTurns(tasks, turns) {
  const times = tasks.map(() => [])
  for (let turn = -20; turn < turns; turn++)
    for (const [index, task] of tasks.entries()) {
      const begin = performance.now()
      task()
      if (turn >= 0) times[index].push(performance.now() - begin)
    }
  return times.map(list => list.sort((a, b) => a - b))
}

function ms(times) {
  return `${median(times).toFixed(2)} ms (best ${times[0].toFixed(2)})`
}
