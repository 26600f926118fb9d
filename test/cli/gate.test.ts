// `mpcert gate` through the real program: files of every kind, before a server shows them.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import tls from 'node:tls'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, test } from 'vitest'
import { encodeSignedData } from '../../src/x509/pkcs7.ts'
import { freshKey, makeCa, makeLeaf, NOW } from '../helpers/certs.ts'
import { type JsonReport, runCli } from '../helpers/cli.ts'
import { type Files, writeFolder } from '../helpers/folder.ts'
import {
  ALWAYS,
  gate,
  HOST,
  issuer,
  judged,
  key,
  keyPem,
  leaf,
  other,
  pem,
  root,
} from '../helpers/gate.ts'
import { closedPort, listening } from '../helpers/tls-server.ts'

const secret = readFileSync(fileURLToPath(new URL('../x509/locked/new.p12', import.meta.url)))

describe('finds leaf, chain and key', () => {
  const whole = pem(leaf, issuer)
  test.each<[string, Files, readonly string[]]>([
    [
      'in one file and a key',
      { 'full.pem': whole, 'key.pem': keyPem(key) },
      ['full.pem', '--key', 'key.pem'],
    ],
    ['in one file, key and all', { 'all.pem': keyPem(key, 'sec1') + whole }, ['all.pem']],
    [
      'in a file each, the issuer first',
      { 'ca.pem': pem(issuer), 'key.pem': keyPem(key), 'leaf.pem': pem(leaf) },
      ['ca.pem', 'key.pem', 'leaf.pem'],
    ],
    ['in DER', { 'leaf.der': leaf.der, 'ca.der': issuer.der }, ['ca.der', 'leaf.der']],
    [
      'in PKCS#7, which has no order',
      { 'all.p7b': encodeSignedData([issuer.der, leaf.der]) },
      ['all.p7b'],
    ],
    [
      'as ACME clients leave them',
      {
        'cert.pem': pem(leaf),
        'chain.pem': pem(issuer),
        'fullchain.pem': whole,
        'privkey.pem': keyPem(key),
      },
      ['cert.pem', 'chain.pem', 'fullchain.pem', 'privkey.pem'],
    ],
    ['with Windows line ends', { 'full.pem': whole.replaceAll('\n', '\r\n') }, ['full.pem']],
  ])('%s', async (_, files, args) => {
    const { report, code, found } = await judged(files, [...args, '--host', HOST])
    expect(found).toEqual([[]])
    expect(code).toBe(0)
    const [target] = report.targets
    expect(target).toMatchObject({ host: HOST, port: null, addresses: [] })
    expect(target?.chains[0]?.sent.map(({ subject }) => subject)).toContain('CN=Gate CA')
    expect(target?.platforms.length).toBeGreaterThan(30)
  })
})

describe('says what is wrong', () => {
  test.each<[string, Files, readonly string[], readonly string[]]>([
    [
      'a key of another certificate',
      { 'f.pem': pem(leaf, issuer), 'k.pem': keyPem(freshKey()) },
      ['f.pem', '--key', 'k.pem'],
      ['key-mismatch'],
    ],
    ['a chain that misses its issuer', { 'f.pem': pem(leaf) }, ['f.pem'], ['chain-incomplete']],
    ['a bundle in the wrong order', { 'f.pem': pem(issuer, leaf) }, ['f.pem'], ['leaf-not-first']],
    [
      'a name that is not in it',
      { 'f.pem': pem(leaf, issuer) },
      ['f.pem', '--host', 'api.elsewhere.example'],
      ['hostname-mismatch'],
    ],
  ])('%s', async (_, files, args, rules) => {
    const { found, code } = await judged(files, args)
    expect(found).toEqual([expect.arrayContaining([...rules])])
    expect(code).toBe(1)
  })

  it('once for each name', async () => {
    const names = [HOST, 'www.gate.example', 'new.gate.example'].flatMap(name => ['--host', name])
    const { report, found } = await judged({ 'f.pem': pem(leaf, issuer) }, ['f.pem', ...names])
    expect(found).toEqual([[], [], ['hostname-mismatch']])
    expect(report.targets.map(({ host }) => host)).toEqual([
      HOST,
      'www.gate.example',
      'new.gate.example',
    ])
  })

  it('where a wildcard is asked for', async () => {
    const wild = makeLeaf(['*.gate.example'], { issuer, key })
    const files = { 'w.pem': pem(wild, issuer), 'f.pem': pem(leaf, issuer) }
    const host = ['--host', '*.Gate.example']
    expect(await judged(files, ['w.pem', ...host])).toMatchObject({ found: [[]], code: 0 })
    const { found, report } = await judged(files, ['f.pem', ...host])
    expect(found).toEqual([['hostname-mismatch']])
    expect(report.targets[0]?.host).toBe('*.gate.example')
  })

  it('for an RSA and an ECDSA certificate apart', async () => {
    const files = { 'ec.pem': pem(leaf, issuer), 'rsa.pem': pem(other), 'ca.pem': pem(issuer) }
    const { report, found } = await judged(files, ['ec.pem', 'rsa.pem', 'ca.pem'])
    expect(report.targets.map(({ input }) => input)).toEqual(['ec.pem', 'rsa.pem'])
    expect(found).toEqual([[], []])
  })

  it('that names are not checked where none is given', async () => {
    const { stderr, report } = await judged({ 'f.pem': pem(leaf, issuer) }, ['f.pem'])
    expect(stderr).toContain('names are not checked')
    expect(report.targets[0]?.host).toBeNull()
  })
})

describe('a password', () => {
  const files = { 'locked.p12': new Uint8Array(secret), 'pw.txt': 'secret\r\n', 'wrong.txt': 'no' }
  it.each<[string, readonly string[], Record<string, string>]>([
    ['from a file', ['--password-file', 'pw.txt'], {}],
    ['from the environment', [], { MPCERT_PASSWORD: 'secret' }],
  ])('%s', async (_, args, env) => {
    const { report } = await judged(files, ['locked.p12', ...args], env)
    expect(report.targets[0]?.chains[0]?.sent[0]?.subject).toBe('CN=locked.example')
    expect(report.targets[0]?.findings.map(({ ruleId }) => ruleId)).not.toContain('key-mismatch')
  })

  it.each<[string, readonly string[], RegExp]>([
    [
      'is wrong',
      ['--password-file', 'wrong.txt'],
      /^mpcert: locked\.p12: the password is wrong\n$/,
    ],
    [
      'is not there',
      [],
      /^mpcert: locked\.p12 needs a password: --password-file FILE, or MPCERT_PASSWORD\n$/,
    ],
    ['file is not there', ['--password-file', 'none.txt'], /^mpcert: none\.txt: no such file\n$/],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await gate(files, ['locked.p12', ...args])
    expect(stderr).toMatch(message)
    expect(code).toBe(2)
    expect(stdout).toBe('')
  })
})

describe('--against', () => {
  async function serve(chain: string): Promise<string> {
    const server = tls.createServer({ cert: chain, key: keyPem(key) })
    server.on('tlsClientError', () => {})
    return `${HOST}:${await listening(server)}`
  }
  const to = (target: string) => ['--against', target, '--resolve', `${target}:127.0.0.1`]

  it('what is live: names, end, key, and what changes for whom', async () => {
    const live = await serve(pem(leaf, issuer))
    const stranger = makeCa('Stranger CA')
    const next = makeLeaf([HOST], { issuer: stranger, key, notAfter: NOW + 40 * 86_400_000 })
    const { report, code } = await judged({ 'new.pem': pem(next, stranger) }, [
      'new.pem',
      ...to(live),
    ])
    const found = report.targets[0]?.findings ?? []
    expect(found.map(({ severity, ruleId }) => `${severity} ${ruleId}`)).toEqual(
      expect.arrayContaining([
        'error root-untrusted',
        'warn names-lost',
        'warn older-than-live',
        'warn trust-changes',
        'info key-reused',
      ]),
    )
    expect(found.find(({ ruleId }) => ruleId === 'names-lost')?.message).toContain(
      'www.gate.example',
    )
    expect(code).toBe(1)
  })

  it('a server that is not there: the files are judged, and the end is not 0', async () => {
    const gone = `${HOST}:${await closedPort()}`
    const { code, stderr, found } = await judged({ 'f.pem': pem(leaf, issuer) }, [
      'f.pem',
      ...to(gone),
    ])
    expect(found).toEqual([[]])
    expect(stderr).toMatch(/^mpcert: --against \S+: .*refused/m)
    expect(code).toBe(3)
  })
})

it('--write-fullchain writes the right order, and --save an observation that judge takes', async () => {
  const files = { 'b.pem': pem(issuer, leaf), 'root.pem': pem(root) }
  const args = ['b.pem', '--host', HOST, '--write-fullchain', 'out.pem', '--save', 'seen.json']
  const { folder, code, stderr } = await gate(files, args)
  expect(code).toBe(1)
  expect(stderr).toMatch(/out\.pem holds api\.gate\.example ← Gate CA/)
  expect(readFileSync(path.join(folder, 'out.pem'), 'utf8')).toBe(pem(leaf, issuer))
  const again = await runCli(['judge', 'seen.json', '--cacert', 'root.pem', '-f', 'json'], {
    cwd: folder,
  })
  expect(again.code).toBe(1)
  expect((JSON.parse(again.stdout) as JsonReport).targets[0]).toMatchObject({
    input: 'b.pem',
    host: HOST,
  })
})

test('verify is another name of it', async () => {
  const folder = writeFolder({ 'root.pem': pem(root), 'f.pem': pem(leaf, issuer) })
  const { code, stdout } = await runCli(['verify', 'f.pem', '--host', HOST, ...ALWAYS], {
    cwd: folder,
  })
  expect(code).toBe(0)
  expect(stdout).toContain(`f.pem (${HOST})`)
})

describe('bad input is one line and exit 2', () => {
  const good = pem(leaf, issuer)
  test.each<[string, Files, readonly string[], RegExp]>([
    ['no file', {}, [], /no file: name the certificate/],
    ['a key alone', { 'k.pem': keyPem(key) }, ['k.pem'], /k\.pem: no certificate in it/],
    [
      'a certificate as key',
      { 'f.pem': good },
      ['f.pem', '--key', 'f.pem'],
      /--key f\.pem: no private key in it/,
    ],
    ['text', { 'f.pem': 'hello' }, ['f.pem'], /f\.pem cannot be read: .*neither PEM nor DER/],
    ['an empty file', { 'f.pem': '' }, ['f.pem'], /f\.pem cannot be read: .*empty/],
    ['cut off', { 'f.pem': good.slice(0, 500) }, ['f.pem'], /f\.pem cannot be read: .*no END line/],
    [
      'a broken key',
      { 'f.pem': `${good}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n` },
      ['f.pem'],
      /f\.pem cannot be read: .*key/,
    ],
    ['no such host name', { 'f.pem': good }, ['f.pem', '--host', 'a b'], /not a host name/],
    [
      'no wildcard',
      { 'f.pem': good },
      ['f.pem', '--host', '*.*.a'],
      /not a host name: "\*\.\*\.a"/,
    ],
    [
      'two certificates for one file',
      { 'f.pem': good, 'g.pem': pem(other) },
      ['f.pem', 'g.pem', '--write-fullchain', 'o.pem'],
      /--write-fullchain takes one/,
    ],
    [
      'nginx without certificates',
      { 'n.conf': 'events {}' },
      ['--nginx', 'n.conf'],
      /n\.conf: no ssl_certificate/,
    ],
    [
      'nginx without an end',
      { 'n.conf': 'http {\n server {' },
      ['--nginx', 'n.conf'],
      /n\.conf:2: the file ends too early/,
    ],
    [
      'nginx with an open quote',
      { 'n.conf': 'a "b;\n' },
      ['--nginx', 'n.conf'],
      /n\.conf:1: a quote without its end/,
    ],
    [
      'nginx that includes itself',
      { 'n.conf': 'include n.conf;' },
      ['--nginx', 'n.conf'],
      /too many files include each other/,
    ],
  ])('%s', async (_, files, args, message) => {
    const { code, stdout, stderr } = await gate(files, args)
    expect(stderr).toMatch(message)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })
})
