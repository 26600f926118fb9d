/** Files and servers whose certificates are made to confuse or to keep busy, before the real program. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nameConstraints } from '../../src/x509/extension-builders.ts'
import type { Issued } from '../../src/x509/issue.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { makeCa, makeLeaf, NOW, testKey } from '../helpers/certs.ts'
import { type JsonReport, runCli } from '../helpers/cli.ts'
import { AN_END_MS } from '../helpers/patience.ts'
import { publicRsaKey } from '../helpers/public-key-only.ts'
import { startTls } from '../helpers/tls-server.ts'

const HOST = 'host.example'
const root = makeCa('Root')
const mid = makeCa('Mid', { issuer: root })
const leaf = makeLeaf([HOST], { issuer: mid })
const key = testKey('ec-p256', 0).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

const pem = (...certificates: readonly Issued[]) =>
  certificates.map(({ der }) => encodePem(der)).join('')
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

function twenty(): string {
  const ladder = [root]
  for (let index = 0; index < 20; index++)
    ladder.unshift(makeCa(`CA ${index}`, { issuer: ladder[0]! }))
  return pem(makeLeaf([HOST], { issuer: ladder[0]! }), ...ladder.slice(0, -1))
}

function bomb(): string {
  const excluded = times(3000, index => `c${index}.example`)
  const ca = makeCa('Bomb', { issuer: root, extensions: [nameConstraints({ excluded })] })
  return pem(makeLeaf([HOST, ...times(3000, index => `n${index}.example`)], { issuer: ca }), ca)
}

function net(): string {
  const cas = times(9, index => makeCa(`N${index}`))
  const crossed = cas.flatMap(({ key }, index) =>
    cas.filter(by => by.key !== key).map(by => makeCa(`N${index}`, { key, issuer: by })),
  )
  return pem(makeLeaf([HOST], { issuer: cas[0]! }), ...crossed)
}

function costly(): string {
  const ca = makeCa('Costly', { issuer: root, key: publicRsaKey(16_384, 32) })
  return pem(makeLeaf([HOST], { issuer: ca }), ca)
}

const crowd = () => times(1000, index => makeLeaf([`n${index}.example`], { issuer: root }))

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mpcert-hostile-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name)
  writeFileSync(file, content)
  return file
}

async function run(...args: string[]) {
  const started = performance.now()
  const at = new Date(NOW).toISOString()
  const result = await runCli([...args, '--cacert', write('root.pem', pem(root)), '--at', at])
  expect(performance.now() - started).toBeLessThan(AN_END_MS)
  return result
}

describe('a file that cannot be taken is named, with what is wrong and where', () => {
  test.each([
    ['a bundle that is cut off', pem(leaf, mid).slice(0, -200), /CERTIFICATE has no END line at/],
    ['a certificate that is cut off', mid.der.slice(0, -9), /bytes of content expected, \d+ left/],
    ['a key alone', key, /holds no certificate/],
    ['an empty file', '', /empty/],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47), /neither PEM nor DER/],
  ])('%s', async (_, content, words) => {
    const file = write('given.pem', content)
    for (const args of [
      ['show', file],
      ['check', '127.0.0.1:1', '--cacert', file],
    ]) {
      const { code, stdout, stderr } = await run(...args)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(words)
      expect(stderr).toContain(file)
      expect(stderr.trimEnd()).not.toContain('\n')
    }
  })
})

describe('a file that can be taken is shown', () => {
  test.each([
    ['a key among the certificates', () => pem(leaf) + key + pem(mid), /└─ Root {2}✓/],
    ['a thousand certificates', () => pem(leaf, ...crowd(), mid), /└─ Root {2}✓/],
    ['a chain of twenty', twenty, /more than 10 intermediates/],
    ['an RSA key of 16384 bits', costly, /RSA 16384/],
    ['thousands of constraints', bomb, /more than 250000 comparisons/],
    ['a net of CAs', net, /more than \d+ steps/],
  ])('%s', async (_, content, words) => {
    const result = await run('show', write('given.pem', content()), '--no-fetch')
    expect(result).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(words) })
    expect(result.stdout).not.toContain('PRIVATE KEY')
  })
})

describe('a server that sends it is judged', () => {
  test.each([
    ['a chain of twenty', twenty, 'chain-too-complex'],
    ['an RSA key of 16384 bits', costly, 'cert-signature-bad'],
    ['a net of CAs', net, 'chain-too-complex'],
  ])('%s', async (_, content, rule) => {
    const target = `${HOST}:${await startTls({ cert: content(), key })}`
    const result = await run(
      ...['check', target, '--resolve', `${target}:127.0.0.1`],
      ...['--no-fetch', '--format', 'json'],
    )
    expect(result).toMatchObject({ code: 1, stderr: '' })
    const [judged] = (JSON.parse(result.stdout) as JsonReport).targets
    expect(judged).toMatchObject({ status: 'fail', grade: 'F' })
    expect(judged?.findings.map(({ ruleId }) => ruleId)).toContain(rule)
  })
})
