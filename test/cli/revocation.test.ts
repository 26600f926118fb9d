// `mpcert check --revocation` against a server that staples, a responder and a list, all on loopback.
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Server } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { authorityInfoAccess } from '../../src/x509/extension-builders.ts'
import type { Issued } from '../../src/x509/issue.ts'
import { DAY_MS, makeCa, makeLeaf, NOW } from '../helpers/certs.ts'
import { type JsonReport, runCli } from '../helpers/cli.ts'
import { makeOcsp } from '../helpers/ocsp.ts'
import { startTls } from '../helpers/tls-server.ts'

const HOST = 'revocation.example'
const root = makeCa('Root')
const ca = makeCa('CA', { issuer: root })
const REVOKED = { revokedAt: NOW - 3 * DAY_MS, reason: 1 }
const pem = ({ der }: Issued) => new X509Certificate(der).toString()

/** Where it listens, and the flags that lead there. */
async function serve(leaf: Issued, staple: Uint8Array | null) {
  const key = leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' })
  const server = new Server({ cert: pem(leaf) + pem(ca), key })
  server.on('OCSPRequest', (_, __, answer: (error: null, response: Buffer | null) => void) =>
    answer(null, staple && Buffer.from(staple)),
  )
  const port = await startTls({}, server)
  const folder = mkdtempSync(path.join(tmpdir(), 'mpcert-revocation-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const anchors = path.join(folder, 'root.pem')
  writeFileSync(anchors, pem(root))
  const trust = ['--cacert', anchors, '--at', new Date(NOW).toISOString(), '-f', 'json']
  const target = [`${HOST}:${port}`, '--resolve', `${HOST}:${port}:127.0.0.1`]
  return { check: ['check', ...target, ...trust], trust, folder }
}

async function respond(response: () => Uint8Array): Promise<string> {
  const server = createServer((_, answer) => answer.end(response()))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

async function findings(args: readonly string[]): Promise<readonly string[]> {
  const { stdout, stderr } = await runCli(args)
  expect(stderr).toBe('')
  const { targets } = JSON.parse(stdout) as JsonReport
  return (targets[0]?.findings ?? [])
    .filter(({ ruleId }) => /^(?:cert-revoked|ocsp-|revocation-)/.test(ruleId))
    .map(({ severity, ruleId }) => `${severity} ${ruleId}`)
}

test('what is stapled is judged without being asked for', async () => {
  const leaf = makeLeaf([HOST], { issuer: ca })
  const subject = { certificate: leaf, issuer: ca }
  const stapling = async (staple: Uint8Array) => findings((await serve(leaf, staple)).check)
  expect(await stapling(makeOcsp(subject))).toEqual([])
  expect(await stapling(makeOcsp(subject, { status: REVOKED }))).toEqual(['error cert-revoked'])
  expect(await stapling(makeOcsp(subject, { corrupted: true }))).toEqual([
    'warn ocsp-staple-invalid',
  ])
})

test('a responder is asked where that is wanted, and judged again offline', async () => {
  const url = await respond(() => makeOcsp({ certificate: leaf, issuer: ca }, { status: REVOKED }))
  const leaf = makeLeaf([HOST], { issuer: ca, extensions: [authorityInfoAccess({ ocsp: [url] })] })
  const { check, trust, folder } = await serve(leaf, null)
  expect(await findings(check)).toEqual([])
  expect(await findings([...check, '--revocation'])).toEqual(['info revocation-unknown'])
  const saved = path.join(folder, 'seen.json')
  const allowed = [...check, '--revocation', '--allow-private-fetch', '--save', saved]
  expect(await findings(allowed)).toEqual(['error cert-revoked'])
  expect(await findings(['judge', saved, ...trust])).toEqual(['error cert-revoked'])
})

test.each([
  ['check a.invalid --revocation --no-fetch', /--revocation and --no-fetch exclude each other/],
  ['judge seen.json --revocation', /unknown option --revocation/],
])('%s', async (line, words) => {
  const { code, stderr } = await runCli(line.split(' '))
  expect(code).toBe(2)
  expect(stderr).toMatch(words)
})
