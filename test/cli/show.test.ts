// Certificates explained by the real program: from a file, from a server, whole, broken, and with what does not belong there.
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import type { Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  authorityInfoAccess,
  certificatePolicies,
  crlDistributionPoints,
  tlsFeature,
} from '../../src/x509/extension-builders.ts'
import type { Issued } from '../../src/x509/issue.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { DAY_MS, freshKey, makeCa, makeLeaf, NOW, testKey } from '../helpers/certs.ts'
import { type CliResult, runCli } from '../helpers/cli.ts'

const HOST = 'show.example'
const servers: Server[] = []
let folder: string
let root: Issued
let issuer: Issued
let leaf: Issued
let target: string
let trusting: readonly string[]

const pem = (...certificates: readonly Issued[]) =>
  certificates.map(({ der }) => encodePem(der)).join('')
const at = (ms: number) => ['--at', new Date(ms).toISOString()]

function write(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name)
  writeFileSync(file, content)
  return file
}

async function listen(server: Server): Promise<number> {
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'mpcert-show-'))
  root = makeCa('Show Root')
  issuer = makeCa('Show CA', { issuer: root, pathLength: 0 })
  const repository = http.createServer((_, answer) => answer.end(issuer.der))
  const url = `http://127.0.0.1:${await listen(repository)}/ca.der`
  leaf = makeLeaf([HOST, '*.show.example'], {
    issuer,
    scts: [{ log: freshKey(), timestampMs: NOW - 30 * DAY_MS }],
    extensions: [
      authorityInfoAccess({ caIssuers: [url], ocsp: ['http://ocsp.show.example'] }),
      certificatePolicies('2.23.140.1.2.1', '1.3.6.1.4.1.55555.7'),
      crlDistributionPoints('http://crl.show.example/1.crl'),
      tlsFeature(5),
    ],
  })
  const key = testKey('ec-p256', 0).privateKey.export({ type: 'pkcs8', format: 'pem' })
  const port = await listen(tls.createServer({ key, cert: pem(leaf) }))
  target = `${HOST}:${port}`
  const file = write('root.pem', pem(root))
  trusting = ['--cacert', file, ...at(NOW), '--resolve', `${target}:127.0.0.1`]
})
afterAll(() => {
  for (const server of servers) server.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a file', () => {
  let shown: CliResult
  beforeAll(async () => {
    shown = await runCli(['show', write('chain.pem', pem(leaf, issuer)), ...trusting])
  })

  it('is explained field by field', () => {
    expect(shown).toMatchObject({ code: 0, stderr: '' })
    const rows = [
      /^1\. show\.example \(the server's own\)$/m,
      /^ {3}Names +show\.example, \*\.show\.example$/m,
      /^ +60 days left of 90, 33 % used on 2026-11-22$/m,
      /^ {3}Key is for +signing handshakes$/m,
      /^ {3}For +TLS servers$/m,
      /^ {3}Policies +DV \(domain validated\), 1\.3\.6\.1\.4\.1\.55555\.7$/m,
      /^ {3}Must-staple +an OCSP response must come stapled$/m,
      /^ {3}Transparency +2026-10-23 00:00 {2}[0-9a-f]{16}, embedded: unknown log$/m,
      /^ {3}Issuer's certificate +http:\/\/127\.0\.0\.1:\d+\/ca\.der$/m,
      /^ {3}OCSP +http:\/\/ocsp\.show\.example$/m,
      /^ {3}CRL +http:\/\/crl\.show\.example\/1\.crl$/m,
      /^2\. Show CA \(issuer\)$/m,
      /^ {3}May issue +yes, with at most 0 intermediates below it$/m,
      /^ {3}Key is for +signing certificates, signing CRLs$/m,
    ]
    for (const row of rows) expect(shown.stdout).toMatch(row)
  })

  it('ends in one tree for all stores that see the same', () => {
    const tree = shown.stdout.slice(shown.stdout.indexOf('Paths in the newest version'))
    expect(tree).toMatch(
      /^Paths .*\n ✓ iOS \S+, Android \S+, .*(?:\n {3}\S.*)*\n {3}show\.example\n {3}└─ Show CA\n {6}└─ Show Root {2}✓ iOS, Android, .*\n$/,
    )
  })

  it('says where a certificate stands wrong, twice, or for nothing', async () => {
    const upper = makeCa('Upper CA', { issuer: root })
    const lower = makeCa('Lower CA', { issuer: upper })
    const own = makeLeaf([HOST], { issuer: lower })
    const all = pem(own, upper, lower, lower, root, makeCa('Stranger'))
    const { stdout } = await runCli(['show', write('order.pem', all), ...trusting])
    expect(stdout.match(/^\d\. .*$/gm)).toEqual([
      "1. show.example (the server's own)",
      '2. Upper CA (issuer, in the wrong place)',
      '3. Lower CA (issuer)',
      '4. Lower CA (sent before)',
      '5. Show Root (root, need not be sent)',
      '6. Stranger (unrelated)',
    ])
  })

  it.each([
    [NOW - 31 * DAY_MS, /not valid yet on 2026-10-22/],
    [NOW + 70 * DAY_MS, /expired 10 days before 2027-01-31/],
  ])('is judged at %d', async (ms, words) => {
    const file = write('dated.pem', pem(leaf, issuer))
    const { stdout } = await runCli(['show', file, ...trusting, ...at(ms)])
    expect(stdout).toMatch(words)
    expect(stdout).toMatch(/^ ✗ iOS/m)
  })

  it('speaks Chinese, and ASCII where it must', async () => {
    const file = write('chain.pem', pem(leaf, issuer))
    const chinese = await runCli(['show', file, ...trusting, '--lang', 'zh-CN'])
    expect(chinese.stdout).toMatch(/^1\. show\.example（站点证书）$/m)
    expect(chinese.stdout).toMatch(/共 90 天，剩余 60 天，截至 2026-11-22 已用 33%/)
    const ascii = await runCli(['show', file, ...trusting, '--ascii'])
    expect(ascii.stdout).toMatch(/^ {3}`- Show CA\n {6}`- Show Root {2}PASS /m)
    expect(ascii.stdout).toMatch(/^[\x20-\x7e\n]*$/)
  })
})

describe('a server', () => {
  it('is completed by what can be fetched, and the tree says so', async () => {
    const { code, stdout } = await runCli(['show', target, ...trusting, '--allow-private-fetch'])
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^ {3}show\.example\n {3}└─ Show CA \(not sent\)\n {6}└─ Show Root {2}✓/m,
    )
    expect(stdout).not.toMatch(/^2\./m)
  })

  it('ends at the leaf where nobody is asked', async () => {
    const { code, stdout } = await runCli(['show', target, ...trusting, '--no-fetch'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ {3}show\.example {2}✗ its issuer CN=Show CA is neither trusted nor/m)
  })

  it('is printed as PEM, exactly as sent', async () => {
    const { code, stdout } = await runCli(['show', target, ...trusting, '--pem'])
    expect(code).toBe(0)
    expect(stdout).toBe(pem(leaf))
  })

  it('that is not there is said in one line', async () => {
    const { code, stdout, stderr } = await runCli(['show', 'nobody.invalid', '--timeout', '2s'])
    expect(code).toBe(3)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^mpcert: .*nobody\.invalid.*\n$/)
  })
})

describe('what is no chain', () => {
  it('keeps a private key to itself', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const file = write('bundle.pem', key + pem(leaf, issuer))
    const body = key.split('\n')[1] ?? ''
    for (const flags of [[], ['--pem']]) {
      const { code, stdout } = await runCli(['show', file, ...trusting, ...flags])
      expect(code).toBe(0)
      expect(stdout).not.toContain(body)
      expect(stdout).not.toContain('PRIVATE KEY')
    }
    const alone = await runCli(['show', write('key.pem', key)])
    expect(alone).toMatchObject({ code: 2, stdout: '' })
    expect(alone.stderr).toMatch(/^mpcert: .*key\.pem holds no certificate\n$/)
  })

  it('shows what stands beside a certificate that cannot be read', async () => {
    const broken = Uint8Array.from(leaf.der)
    broken[6] = (broken[6] ?? 0) ^ 0xff
    const file = write('broken.pem', encodePem(broken) + pem(issuer))
    const { code, stdout } = await runCli(['show', file, ...trusting])
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^1\. not a certificate\n {3}Fault +certificate\.tbsCertificate: .* byte 4$/m,
    )
    expect(stdout).toMatch(/^2\. Show CA/m)
    expect(stdout).not.toContain('Paths')
  })

  it.each([
    ['garbage', Uint8Array.of(1, 2, 3), /cannot be read/],
    ['an empty file', new Uint8Array(), /cannot be read/],
    ['a cut PEM', pem, /cannot be read/],
  ])('%s is said in one line', async (_, content, words) => {
    const bytes = typeof content === 'function' ? content(root).slice(0, 200) : content
    const { code, stdout, stderr } = await runCli(['show', write('bad.pem', bytes)])
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(words)
    expect(stderr.split('\n')).toHaveLength(2)
  })

  it('a file that is not there is no host', async () => {
    const { code, stderr } = await runCli(['show', path.join(folder, 'none.pem')])
    expect(code).toBe(2)
    expect(stderr).toMatch(/no such file\n$/)
  })
})
