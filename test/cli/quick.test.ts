// `check --quick` through the real program: one connection for each address, all platforms judged.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import tls from 'node:tls'
import { expect, it } from 'vitest'
import { encodePem } from '../../src/x509/pem.ts'
import { makeCa, makeLeaf, NOW, testKey } from '../helpers/certs.ts'
import { type JsonReport, runCli } from '../helpers/cli.ts'
import { writeFolder } from '../helpers/folder.ts'
import { closedPort, listening } from '../helpers/tls-server.ts'

const root = makeCa('Quick Root')
const issuer = makeCa('Quick CA', { issuer: root })
const key = testKey('ec-p256', 9)
const leaf = makeLeaf(['*.quick.example'], { issuer, key })

async function serve(): Promise<{ readonly port: number; readonly seen: () => number }> {
  let connections = 0
  const server = tls.createServer({
    cert: encodePem(leaf.der) + encodePem(issuer.der),
    key: key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  })
  server.on('connection', () => connections++)
  server.on('tlsClientError', () => {})
  return { port: await listening(server), seen: () => connections }
}

const always = (folder: string) => [
  ...['--at', new Date(NOW).toISOString(), '--cacert', path.join(folder, 'root.pem')],
  ...['--no-fetch', '-f', 'json', '--quick'],
]

it('asks each target once, and judges each by its own name', async () => {
  const { port, seen } = await serve()
  const folder = writeFolder({ 'root.pem': encodePem(root.der) })
  const hosts = ['a', 'b', 'c', 'd.too.deep'].map(name => `${name}.quick.example:${port}`)
  const list = path.join(folder, 'list')
  writeFileSync(list, hosts.join('\n'))
  const args = ['check', '--list', list, '--connect-to', `127.0.0.1:${port}`, ...always(folder)]
  const { stdout, code } = await runCli(args)
  const { targets } = JSON.parse(stdout) as JsonReport
  expect(seen()).toBe(hosts.length)
  expect(targets.map(({ host, status }) => [host, status])).toEqual([
    ['a.quick.example', 'pass'],
    ['b.quick.example', 'pass'],
    ['c.quick.example', 'pass'],
    ['d.too.deep.quick.example', 'fail'],
  ])
  for (const { platforms } of targets) expect(platforms.length).toBeGreaterThan(30)
  expect(targets[3]?.findings.map(({ ruleId }) => ruleId)).toEqual(['hostname-mismatch'])
  expect(code).toBe(1)
})

it('a closed port is unreachable, as ever', async () => {
  const folder = writeFolder({ 'root.pem': encodePem(root.der) })
  const target = `127.0.0.1:${await closedPort()}`
  const { stdout, code } = await runCli(['check', target, ...always(folder)])
  const { targets } = JSON.parse(stdout) as JsonReport
  expect(targets[0]).toMatchObject({ status: 'unreachable', error: { code: 'ERR_CONNECT' } })
  expect(code).toBe(3)
})
