import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import type { Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { authorityInfoAccess } from '../../src/x509/extension-builders.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { makeCa, makeLeaf, NOW, testKey } from '../helpers/certs.ts'
import { runCli } from '../helpers/cli.ts'

const HOST = 'repair.example'
const servers: Server[] = []
let folder: string
let target: string
let flags: readonly string[]
const chainFile = () => path.join(folder, 'fullchain.pem')

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'mpcert-repair-'))
  const root = makeCa('Repair Root')
  const issuer = makeCa('Repair CA', { issuer: root })
  const aia = http.createServer((_, answer) => answer.end(issuer.der))
  const url = `http://127.0.0.1:${await listen(aia)}/ca.der`
  const extensions = [authorityInfoAccess({ caIssuers: [url] })]
  const leaf = makeLeaf([HOST], { issuer, extensions })
  const port = await listen(serve(encodePem(leaf.der)))
  writeFileSync(path.join(folder, 'root.pem'), encodePem(root.der))
  target = `${HOST}:${port}`
  flags = [
    ...['--resolve', `${target}:127.0.0.1`, '--cacert', path.join(folder, 'root.pem')],
    ...['--at', new Date(NOW).toISOString(), '--write-fullchain', chainFile()],
  ]
})
afterAll(() => {
  for (const server of servers) server.close()
  rmSync(folder, { recursive: true, force: true })
})

test('without the issuer nothing is written, and what to get is said', async () => {
  const { code, stderr } = await runCli(['check', target, ...flags, '--no-fetch'])
  expect(code).toBe(1)
  expect(stderr).toMatch(
    /^mpcert: \S+fullchain\.pem is not written: .*missing.*CN=Repair CA \([0-9A-F:]{59}\) http:\/\/127\.0\.0\.1:\d+\/ca\.der\n$/,
  )
  expect(existsSync(chainFile())).toBe(false)
})

test('the file holds leaf and issuer, and a server that sends it is right for everybody', async () => {
  const { code, stderr } = await runCli(['check', target, ...flags, '--allow-private-fetch'])
  expect(code).toBe(1)
  expect(stderr).toMatch(/fullchain\.pem holds repair\.example ← Repair CA\n$/)
  const pem = readFileSync(chainFile(), 'utf8')
  expect(pem.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
  const repaired = `${HOST}:${await listen(serve(pem))}`
  const again = await runCli([
    ...['check', repaired, '--resolve', `${repaired}:127.0.0.1`],
    ...flags.slice(2, 6),
    ...['--no-fetch', '--platforms', 'all'],
  ])
  expect(again).toMatchObject({ code: 0, stderr: '' })
})

describe('a saved observation', () => {
  test('is repaired offline', async () => {
    const saved = path.join(folder, 'seen.json')
    const connect = flags.slice(0, 6)
    await runCli(['check', target, ...connect, '--allow-private-fetch', '--save', saved])
    rmSync(chainFile(), { force: true })
    const { code } = await runCli(['judge', saved, ...flags.slice(2)])
    expect(code).toBe(1)
    expect(readFileSync(chainFile(), 'utf8').match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
  })
})

describe('usage', () => {
  test.each([
    [
      ['a.invalid', 'b.invalid', '--write-fullchain', 'x.pem'],
      /--write-fullchain takes one target/,
    ],
    [
      ['a.invalid', '--write-fullchain', 'nowhere/x.pem'],
      /x\.pem cannot be written: no such folder/,
    ],
  ])('%j', async (args, words) => {
    const result = await runCli(['check', ...args], { cwd: folder })
    expect(result).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(words) })
  })
})

function serve(cert: string): Server {
  const key = testKey().privateKey.export({ type: 'pkcs8', format: 'pem' })
  const server = tls.createServer({ cert, key })
  server.on('tlsClientError', () => {})
  return server.on('secureConnection', socket => socket.on('error', () => {}).resume())
}

async function listen(server: Server): Promise<number> {
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
