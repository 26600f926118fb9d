import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { KeyKind } from '../../src/x509/signing-key.ts'
import { type JsonReport, runCli } from '../helpers/cli.ts'
import { serveNginx } from './nginx.ts'
import { installNode } from './node-binary.ts'
import { askNmap, askSslscan, type Pairs, sslscanName } from './peers.ts'
import { type Folder, makeFolder } from './pki.ts'
import { requireProgram, runProgram, startProgram } from './programs.ts'

beforeAll(() => {
  for (const program of ['openssl', 'nginx', 'sslscan', 'nmap']) requireProgram(program)
})

const EVERYTHING = 'ALL:COMPLEMENTOFALL:@SECLEVEL=0'

describe('the same pairs as sslscan and nmap', () => {
  test('modern nginx', async () => {
    const suites = ['ECDSA', 'RSA'].flatMap(kind =>
      ['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'CHACHA20-POLY1305'].map(
        cipher => `ECDHE-${kind}-${cipher}`,
      ),
    )
    const directives = `ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ${suites.join(':')};`
    expect(await expectSamePairs(await nginx(directives))).toBe(9)
  })

  test.each(['off', 'on'])('legacy nginx, its own order %s', async order => {
    const versions = 'ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;'
    const directives = `${versions} ssl_ciphers ${EVERYTHING}; ssl_prefer_server_ciphers ${order};`
    expect(await expectSamePairs(await nginx(directives, 1024))).toBeGreaterThanOrEqual(110)
  })

  test('one connection at a time', async () => {
    const folder = makeFolder()
    const [rsa, ec] = [folder.identity('rsa-2048'), folder.identity('ec-p256')]
    const identity = ['-cert', rsa.leaf, '-key', rsa.key, '-dcert', ec.leaf, '-dkey', ec.key]
    const args = ['s_server', '-accept', '127.0.0.1:0', '-www', ...identity, '-cipher', EVERYTHING]
    const { match } = await startProgram('openssl', args, /^ACCEPT 127\.0\.0\.1:(\d+)$/m)
    expect(await expectSamePairs(Number(match[1]))).toBeGreaterThanOrEqual(100)
  })

  test.each<[version: string, flags: string[], KeyKind, NodeOptions, versions: string[]]>([
    [
      '0.8.28',
      [],
      'rsa-2048',
      { ciphers: 'ALL:COMPLEMENTOFALL:EXPORT:LOW:SSLv2' },
      ['SSLv2', 'SSLv3', 'TLSv1'],
    ],
    [
      '0.12.9',
      ['--enable-ssl2', '--enable-ssl3'],
      'rsa-512',
      { ciphers: 'ALL:COMPLEMENTOFALL:EXPORT:LOW:SSLv2', secureProtocol: 'SSLv23_method' },
      ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2'],
    ],
    [
      '4.9.1',
      [],
      'rsa-2048',
      { ciphers: 'ALL:COMPLEMENTOFALL', dhparam: 1024 },
      ['TLSv1', 'TLSv1.1', 'TLSv1.2'],
    ],
    [
      '10.24.1',
      [],
      'rsa-2048',
      { ciphers: EVERYTHING, dhparam: 1024 },
      ['TLSv1', 'TLSv1.1', 'TLSv1.2'],
    ],
    ['24.21.0', [], 'ec-p256', {}, ['TLSv1.2', 'TLSv1.3']],
  ])('Node %s', async (version, flags, kind, options, versions) => {
    const port = await node(version, flags, kind, options)
    await expectSamePairs(port)
    const target = await scan(port)
    const offered = target.protocols.filter(one => one.offered).map(one => one.version)
    expect(offered).toEqual(versions)
  })
})

test('every hybrid of Node 24, seen without its arithmetic', async () => {
  const ecdhCurve = 'X25519MLKEM768:SecP256r1MLKEM768:SecP384r1MLKEM1024:X25519:P-256'
  const { groups } = await scan(await node('24.21.0', [], 'rsa-2048', { ecdhCurve }))
  const named = (offered: boolean | null) =>
    groups.filter(group => group.offered === offered).map(({ name }) => name)
  expect(named(true).sort()).toEqual(
    ['SecP256r1MLKEM768', 'SecP384r1MLKEM1024', 'X25519MLKEM768', 'secp256r1', 'x25519'].sort(),
  )
  expect(named(null)).toEqual([])
})

test("a DH prime of 1024 bits, weak suites and who decides, by their attacks' names", async () => {
  const port = await node('4.9.1', [], 'rsa-2048', {
    ciphers: 'ALL:COMPLEMENTOFALL',
    dhparam: 1024,
  })
  const target = await scan(port)
  expect(target.dhPrimes).toMatchObject([{ bits: 1024, name: null }])
  expect(target.protocols.find(({ version }) => version === 'TLSv1.2')?.preference).toBe('server')
  const said = target.findings.map(({ message }) => message).join('\n')
  for (const attack of ['Sweet32', 'RC4', 'anonymous', 'NULL', 'Logjam', 'BEAST'])
    expect(said).toContain(attack)
})

describe.each([
  ['on', true],
  ['off', false],
])('0-RTT %s', (directive, offered) => {
  test('is offered or not', async () => {
    const directives = `ssl_protocols TLSv1.3; ssl_early_data ${directive}; ssl_session_timeout 7m;`
    const { extras } = await scan(await nginx(directives))
    expect(extras.maxEarlyData).toBe(offered ? 16_384 : 0)
    expect(extras.tickets).toEqual([{ version: 'TLSv1.3', lifetimeS: 420 }])
  })
})

/** Gives their number. */
async function expectSamePairs(port: number): Promise<number> {
  const { protocols } = await scan(port)
  const pairs = protocols.flatMap(({ version, suites }) =>
    suites.map(suite => ({ version, ...suite })),
  )
  const nmap: Pairs = await askNmap(port)
  expect(pairs.map(({ version, name }) => `${version} ${name}`).sort()).toEqual(nmap)
  const sslscan = await askSslscan(port)
  const ours = pairs
    .filter(({ version }) => !version.startsWith('SSL'))
    .map(({ version, code, name }) => `${version} ${sslscanName(Number(code), name, sslscan)}`)
  expect(ours.sort()).toEqual(sslscan)
  return pairs.length
}

type Scanned = Required<JsonReport['targets'][number]>

async function scan(port: number): Promise<Scanned> {
  const args = ['scan', `127.0.0.1:${port}`, '--max-connections', '24', '-f', 'json']
  const { code, stdout, stderr } = await runCli(args)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const [target] = (JSON.parse(stdout) as JsonReport).targets
  if (!target) throw new Error('no target in the report')
  expect(target.protocols?.map(({ unknownSuites }) => unknownSuites)).toEqual(Array(6).fill(0))
  return target as Scanned
}

async function nginx(directives: string, dhBits: number | null = null): Promise<number> {
  const folder = makeFolder()
  if (dhBits) await makeDh(folder, dhBits)
  const dh = dhBits ? `ssl_dhparam ${folder.path}/dh.pem;` : ''
  const both = [folder.identity('rsa-2048'), folder.identity('ec-p256')]
  return serveNginx(folder, both, directives + dh)
}

/** Of its TLS server; `dhparam` is a size in bits. */
type NodeOptions = { readonly dhparam?: number; readonly [option: string]: unknown }

/** Gives the port it chose. */
async function node(
  version: string,
  flags: readonly string[],
  kind: KeyKind,
  options: NodeOptions,
): Promise<number> {
  const folder = makeFolder()
  const { leaf, key } = folder.identity(kind)
  const dhparam = options.dhparam ? { dhparam: await makeDh(folder, options.dhparam) } : {}
  const identity = { cert: readFileSync(leaf, 'utf8'), key: readFileSync(key, 'utf8') }
  const script = folder.write(
    'serve.js',
    `var server = require('tls').createServer(${JSON.stringify({ ...options, ...identity, ...dhparam })})
    server.on('clientError', function () {}).on('tlsClientError', function () {})
    server.on('secureConnection', function (socket) {
      socket.on('error', function () {})
      if (socket.resume) socket.resume()
    })
    process.on('uncaughtException', function () {})
    server.listen(0, '127.0.0.1', function () { console.log('port ' + server.address().port) })`,
  )
  const { match } = await startProgram(installNode(version), [...flags, script], /^port (\d+)$/m)
  return Number(match[1])
}

/** Numbers of no special form: quick to find, and nobody else's. */
async function makeDh(folder: Folder, bits: number): Promise<string> {
  const file = folder.write('dh.pem', '')
  await runProgram('openssl', ['dhparam', '-out', file, '-2', String(bits)])
  return readFileSync(file, 'utf8')
}
