// Makes test/readme/: the observation of a server that sends its leaf alone, of a file in the wrong order, and the root they lead to. The README shows
// what mpcert says of it.
import { writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import tls from 'node:tls'
import { fileURLToPath } from 'node:url'
import { importSources } from './bundle.mjs'

const [check, fetch, target, derive, file, world, issue, keys, pem, builders] = await importSources(
  'check.ts',
  'connect/fetch.ts',
  'connect/target.ts',
  'stores/derive.ts',
  'observation-file.ts',
  'world.ts',
  'x509/issue.ts',
  'x509/signing-key.ts',
  'x509/pem.ts',
  'x509/extension-builders.ts',
)
const folder = fileURLToPath(new URL('../readme/', import.meta.url))
const at = Date.parse('2026-11-23T08:00:00Z')
const long = { notBefore: Date.parse('2020-01-01'), notAfter: Date.parse('2040-01-01') }
const key = () => keys.generateKey('ec-p256')
const root = issue.issueCa({
  subject: { C: 'CN', O: 'Example', CN: 'Example Root' },
  key: key(),
  ...long,
})
const ca = issue.issueCa({
  subject: { C: 'CN', O: 'Example', CN: 'Example CA E7' },
  key: key(),
  issuer: root,
  ...long,
})
const log = key()
const issuerServer = createHttpServer((_, answer) => answer.end(ca.der))
const issuerPort = await listen(issuerServer)
const leaf = issue.issueLeaf({
  names: ['api.example.com'],
  key: key(),
  issuer: ca,
  notBefore: Date.parse('2026-11-12'),
  notAfter: Date.parse('2027-02-10'),
  extensions: [builders.authorityInfoAccess({ caIssuers: ['http://e7.i.example/'] })],
  scts: [1, 2].map(day => ({ log, timestampMs: Date.parse(`2026-11-1${day}`) })),
})
const server = tls.createServer({
  key: leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
  cert: pem.encodePem(leaf.der),
})
const port = await listen(server)
const base = world.createWorld(at)
const { observation } = await check.checkTarget(
  target.parseTarget('api.example.com'),
  { ...base, stores: derive.withAnchors(base.stores, [root.der]) },
  {
    connectTo: { host: '127.0.0.1', port },
    fetcher: async () =>
      fetch.createFetcher({ allowPrivate: true })(`http://127.0.0.1:${issuerPort}/`),
  },
)
const shown = {
  ...observation,
  observedAt: at,
  nodes: observation.nodes.map(node => ({ ...node, address: { ip: '203.0.113.7', family: 4 } })),
}
writeFileSync(`${folder}observation.json`, file.encodeObservation(shown))
const { target: observed, ...rest } = shown
const gate = {
  ...rest,
  target: { ...observed, input: 'fullchain.pem', servername: null },
  nodes: [],
  issuers: [],
  material: { chain: [ca.der, leaf.der], leaf: 1, publicKey: null, live: null },
}
writeFileSync(`${folder}gate.json`, file.encodeObservation(gate))
writeFileSync(`${folder}root.pem`, pem.encodePem(root.der))
server.close()
issuerServer.close()

function listen(server) {
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server.address().port)))
}
