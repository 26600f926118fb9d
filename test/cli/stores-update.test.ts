// Imports through the real program: what it prints, what it keeps, and that a bad one changes nothing.
import { X509Certificate } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { authorityInfoAccess } from '../../src/x509/extension-builders.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { makeCa, makeLeaf, parsed, type testKey } from '../helpers/certs.ts'
import { type CliResult, type JsonReport, runCli } from '../helpers/cli.ts'
import { startTls } from '../helpers/tls-server.ts'
import {
  anchorsOf,
  bundle,
  csv,
  logJson,
  logListJson,
  quotedPem,
} from '../stores/import/sources.ts'

const fresh = makeCa('Update Root', { notBefore: Date.now() - 86_400_000 })
const DATE = ['--date', '2026-11-24']

let home: string
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'mpcert-update-'))
  onTestFinished(() => rm(home, { recursive: true, force: true }))
})

const file = (name: string) => path.join(home, name)

async function give(name: string, content: string | Uint8Array): Promise<string> {
  await mkdir(path.dirname(file(name)), { recursive: true })
  await writeFile(file(name), content)
  return file(name)
}

function mpcert(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const folders = { MPCERT_DATA_DIR: file('data'), MPCERT_CACHE_DIR: file('cache') }
  return runCli(args, { env: { ...folders, ...env } })
}

const update = (from: string, ...more: readonly string[]) =>
  mpcert(['stores', 'update', '--from', from, ...DATE, ...more])

/** Android's roots but for the first one, and a new one. */
function androidBundle(): string {
  return bundle([
    ...anchorsOf('android')
      .slice(1)
      .map(({ der }) => der),
    fresh.der,
  ])
}

async function kept(): Promise<readonly (readonly [string, string])[]> {
  const names = await readdir(file('data')).catch(() => [])
  return Promise.all(
    names.map(
      async name => [name, (await readFile(file(`data/${name}`))).toString('base64')] as const,
    ),
  )
}

describe('mpcert stores update', () => {
  it('prints what changed, keeps it, and uses it from then on', async () => {
    const from = await give('roots.pem', androidBundle())
    const first = await update(from, '--store', 'android', '--store-version', '17')
    const [gone] = anchorsOf('android')
    expect(first).toMatchObject({ code: 0 })
    expect(first.stdout).toMatch(/^android 17 \(2026-11-24\): \d+ roots for servers; before: 17 /)
    expect(first.stdout).toContain(`+ ${parsed(fresh).sha256.slice(0, 16)}  Update Root`)
    expect(first.stdout).toContain(`- ${gone?.sha256.slice(0, 16)}  ${gone?.name}`)
    expect(first.stderr).toMatch(/judged by it: android-17/)

    const again = await update(from, '--store', 'android', '--store-version', '17')
    expect(again.stdout).toContain('the same roots')
    const list = await mpcert(['stores'])
    expect(list.stdout).toMatch(/^android +17 .* imported from .*roots\.pem, verified 2026-11-24$/m)
    const found = await mpcert(['stores', 'find', 'Update Root'])
    expect(found).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Update Root .*Android >= 17$/m),
    })
    expect((await mpcert(['stores', 'find', 'Update Root'], { MPCERT_DATA_DIR: '' })).code).toBe(2)
  })

  it('says so where the list is newer than every platform', async () => {
    const from = await give('cacerts/0a1b2c3d.0', androidBundle())
    const result = await update(path.dirname(from), '--store-version', '99', '--lang', 'zh-CN')
    expect(result).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^android 99（2026-11-24）：/),
    })
    expect(result.stderr).toContain('判定结果不变')
  })

  it.each<[string, string, readonly string[], RegExp]>([
    [
      'an older list',
      'roots.pem',
      ['--store', 'android', '--store-version', '16'],
      /is older than what is known/,
    ],
    [
      'too few roots',
      'few.pem',
      ['--store', 'android', '--store-version', '99'],
      /1 roots are too few/,
    ],
    [
      "another store's list",
      'roots.pem',
      ['--store', 'nobody'],
      /--store nobody: choose one of apple/,
    ],
    ['no store', 'roots.pem', [], /name the store with --store/],
    [
      'a private key',
      'key.pem',
      ['--store', 'android', '--store-version', '99'],
      /key\.pem line \d+: a private key/,
    ],
    ['a broken report', 'broken.csv', [], /csv line 2/],
    ['no such file', 'none', [], /no such file/],
    ['an empty folder', 'empty', [], /holds 0 files/],
    ['plain http', 'http://127.0.0.1/roots.pem', [], /only https/],
    ['a day to come', 'roots.pem', ['--date', '2999-01-01'], /still to come/],
  ])('changes nothing for %s', async (_, name, flags, reason) => {
    await give('roots.pem', androidBundle())
    await give('few.pem', bundle([fresh.der]))
    await give('key.pem', `${androidBundle()}${encodePem(fresh.der, 'PRIVATE KEY')}`)
    await give('broken.csv', '"Issuer","PEM"\n"x","y"')
    await mkdir(file('empty'))
    await update(file('roots.pem'), '--store', 'android', '--store-version', '17')
    const before = await kept()
    expect(before).toHaveLength(1)
    const result = await update(name.includes('://') ? name : file(name), ...flags)
    expect(result).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(reason) })
    expect(result.stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(await kept()).toEqual(before)
  })

  it('takes a list of logs', async () => {
    const logs = Array.from({ length: 6 }, (_, index) => logJson(`log ${index}`))
    const json = JSON.stringify(logListJson([{ name: 'Example', logs }]))
    const result = await update(await give('log_list.json', json))
    expect(result.stdout).toMatch(
      /^logs 62\.14 \(2026-11-24\): 6; before: \d+; 6 added, \d+ removed\n$/,
    )
    expect((await mpcert(['stores'])).stdout).toMatch(/^ct-logs +62\.14 +2026-11-24 +6 +/m)
  })

  it('needs a source, and a folder to keep it in', async () => {
    expect(await mpcert(['stores', 'update'])).toMatchObject({ code: 2, stderr: /--from/ })
    const from = await give('roots.pem', androidBundle())
    const nowhere = await mpcert(['stores', 'update', '--from', from], { MPCERT_DATA_DIR: '' })
    expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringMatching(/MPCERT_DATA_DIR/) })
    await give('data', 'a file in the way')
    const flags = ['--store', 'android', '--store-version', '99']
    expect(await update(from, ...flags)).toMatchObject({ code: 2 })
  })
})

it('stops at a damaged import rather than judging by half of what it knows', async () => {
  const damaged = await give('data/roots-android-18.import', 'nonsense')
  for (const args of [['stores'], ['check', '127.0.0.1:1']])
    expect(await mpcert(args)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(`${damaged} is damaged`),
    })
})

async function start(server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

const pemOfKey = (key: ReturnType<typeof testKey>) =>
  key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

describe('from a URL', () => {
  const authority = makeCa('Transport CA', { notBefore: Date.now() - 86_400_000 })
  const leaf = makeLeaf(['localhost'], {
    issuer: authority,
    notBefore: Date.now() - 3_600_000,
    notAfter: Date.now() + 3_600_000,
  })

  it('takes the list where the certificate of the server is trusted, and not otherwise', async () => {
    const listener: RequestListener = (_, answer) => answer.end(androidBundle())
    const cert = encodePem(leaf.der)
    const server = createSecureServer({ cert, key: pemOfKey(leaf.key) }, listener)
    const url = `https://localhost:${await start(server)}/roots.pem`
    const args = ['stores', 'update', '--from', url, '--store', 'android', '--store-version', '99']
    const refused = await mpcert([...args, ...DATE])
    expect(refused).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/could not be fetched: .*(CERT|LEAF)/),
    })
    expect(await kept()).toEqual([])
    const trusted = await give('ca.pem', encodePem(authority.der))
    const taken = await mpcert([...args, ...DATE], { NODE_EXTRA_CA_CERTS: trusted })
    expect(taken).toMatchObject({ code: 0, stdout: expect.stringMatching(/^android 99/) })
  })
})

describe('a server that leaves its intermediate out', () => {
  const now = { notBefore: Date.now() - 3_600_000, notAfter: Date.now() + 30 * 86_400_000 }
  const intermediate = makeCa('Update Intermediate', { issuer: fresh, ...now })

  async function serveLeaf(aia: string): Promise<string> {
    const leaf = makeLeaf(['update.example'], {
      issuer: intermediate,
      extensions: [authorityInfoAccess({ caIssuers: [aia] })],
      ...now,
    })
    const cert = new X509Certificate(leaf.der).toString()
    return `127.0.0.1:${await startTls({ cert, key: pemOfKey(leaf.key) })}`
  }

  async function check(target: string, ...flags: readonly string[]): Promise<CliResult> {
    const trusted = await give('root.pem', encodePem(fresh.der))
    const common = ['--servername', 'update.example', '--cacert', trusted, '--format', 'json']
    const scope = ['--verify-hostname', 'update.example', '--platforms', 'ios-18,android-17']
    return mpcert(['check', target, ...common, ...scope, ...flags])
  }

  const verdictOf = ({ stdout }: CliResult, id: string) =>
    (JSON.parse(stdout) as JsonReport).targets[0]?.platforms.find(one => one.id === id)?.cells[0]
      ?.verdict

  it('is told which certificate to add, from the library and without any network', async () => {
    const report = csv([
      { Subject: 'x', 'Revocation Status': 'Not Revoked', 'PEM Info': quotedPem(intermediate.der) },
    ])
    const imported = await update(await give('intermediates.csv', report))
    expect(imported.stdout).toMatch(
      /^intermediates \(2026-11-24\): 1; before: 0; 1 added, 0 removed\n$/,
    )
    const target = await serveLeaf('http://ca.example/ca.der')
    const { targets } = JSON.parse((await check(target, '--no-fetch')).stdout) as JsonReport
    expect(targets[0]?.chains[0]?.missing).toMatchObject([
      {
        subject: 'CN=Update Intermediate',
        issuerUrl: 'http://ca.example/ca.der',
        sha256: parsed(intermediate).sha256,
      },
    ])
  })

  it('makes its CA be asked once a week, but never with --no-fetch', async () => {
    let asked = 0
    const aia = createServer((_, answer) => {
      asked++
      answer.end(intermediate.der)
    })
    const target = await serveLeaf(`http://127.0.0.1:${await start(aia)}/ca.der`)
    for (let run = 0; run < 2; run++) {
      const result = await check(target, '--allow-private-fetch')
      expect(verdictOf(result, 'ios-18')).toBe('warn')
      expect(verdictOf(result, 'android-17')).toBe('fail')
    }
    expect(asked).toBe(1)
    // What was fetched before is no reason to judge otherwise.
    expect(verdictOf(await check(target, '--no-fetch'), 'ios-18')).toBe('unknown')
  })
})
