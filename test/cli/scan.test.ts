// `mpcert scan` as a user runs it: text in both languages, JSON by its schema, CSV, exit codes.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import tls from 'node:tls'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type JsonReport, runCli } from '../helpers/cli.ts'
import { identity, startTcp, startTls } from '../helpers/tls-server.ts'

const { cert, key } = identity('rsa-2048')
const old = () => startTls({ cert, key, minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' })

test('text, in English and in Chinese', async () => {
  const target = `127.0.0.1:${await old()}`
  const en = await runCli(['scan', target])
  expect(en).toMatchObject({ code: 0, stderr: '' })
  expect(en.stdout).toMatch(/^ TLSv1\.3 {2}in the server's order$/m)
  expect(en.stdout).toMatch(/^ {3}TLS_AES_256_GCM_SHA384 +256 bit {2}x25519$/m)
  expect(en.stdout).toMatch(/^ SSLv3, SSLv2 {2}not offered$/m)
  expect(en.stdout).toMatch(/\(anonymous\):\s+TLS_ECDH_anon/)
  expect(en.stdout).toMatch(/^ \d+ connections, at most [1-8] at once, 0 unanswered; \d+\.\d s$/m)
  const zh = await runCli(['scan', target, '--lang', 'zh-CN'])
  expect(zh.stdout).toMatch(/^ SSLv3, SSLv2 {2}未启用$/m)
  expect(zh.stdout).toMatch(/匿名/)
})

test('JSON follows its schema, and nothing in it is left open', async () => {
  const run = await runCli(['scan', `127.0.0.1:${await old()}`, '-f', 'json'])
  expect(run).toMatchObject({ code: 0, stderr: '' })
  const report = JSON.parse(run.stdout) as JsonReport
  const schema = JSON.parse((await runCli(['schema'])).stdout)
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
  formats.default(ajv)
  expect(ajv.validate(schema, report), ajv.errorsText()).toBe(true)
  const [target] = report.targets
  expect(target).toMatchObject({ status: 'warn', grade: null, platforms: [], chains: [] })
  expect(target?.protocols?.map(({ version, offered }) => [version, offered])).toEqual([
    ['SSLv2', false],
    ['SSLv3', false],
    ['TLSv1', true],
    ['TLSv1.1', true],
    ['TLSv1.2', true],
    ['TLSv1.3', true],
  ])
  expect(target?.groups?.filter(({ offered }) => offered === null)).toEqual([])
  expect(target?.signatureSchemes?.filter(({ offered }) => offered === null)).toEqual([])
})

test('CSV, and a file', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mpcert-scan-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = path.join(folder, 'scan.json')
  const port = await startTls({ cert, key, minVersion: 'TLSv1.3' })
  const run = await runCli(['scan', `127.0.0.1:${port}`, '-f', 'csv', '-o', `json=${file}`])
  expect(run.stdout).toMatch(/^host,port,version,offered,code,name,opensslName,group,dhBits,bits/)
  const row =
    'true,0x1302,TLS_AES_256_GCM_SHA384,TLS_AES_256_GCM_SHA384,x25519,,256,server,127.0.0.1'
  expect(run.stdout).toContain(`\r\n127.0.0.1,${port},TLSv1.3,${row}\r\n`)
  expect(run.stdout).toContain(`\r\n127.0.0.1,${port},TLSv1.2,false,,,,,,,,127.0.0.1\r\n`)
  expect((JSON.parse(readFileSync(file, 'utf8')) as JsonReport).summary.targets).toBe(1)
})

describe('exit codes', () => {
  test('1 where a weakness counts', async () => {
    expect(await runCli(['scan', `127.0.0.1:${await old()}`, '--fail-on', 'warn'])).toMatchObject({
      code: 1,
    })
  })

  test('1 for a port that speaks HTTP', async () => {
    const port = await startTcp(socket => {
      socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    })
    const run = await runCli(['scan', `127.0.0.1:${port}`])
    expect(run.code).toBe(1)
    expect(run.stdout).toMatch(/answers with HTTP instead of TLS/)
    expect(run.stdout).toMatch(/TLSv1\.3, TLSv1\.2, TLSv1\.1, TLSv1, SSLv3, SSLv2 {2}not offered/)
  })

  test('3 where nobody listens, and where nobody answers', async () => {
    const silent = await startTcp(() => {})
    const run = await runCli(['scan', `127.0.0.1:${silent}`, '--timeout', '300ms'])
    expect(run).toMatchObject({ code: 3, stdout: expect.stringMatching(/stays silent/) })
    expect(await runCli(['scan', '127.0.0.1:1'])).toMatchObject({ code: 3 })
  })
})

test('--all-addresses scans each of them', async () => {
  const port = await startTls({ cert, key, minVersion: 'TLSv1.3' })
  const other = new tls.Server({ cert, key, maxVersion: 'TLSv1.2' })
  await new Promise<void>(resolve => other.listen({ port, host: '::1', ipv6Only: true }, resolve))
  onTestFinished(() => void other.close())
  const nobody = ['--resolve', `a.example:${port}:127.0.0.1,[::1],127.0.0.9`]
  const target = [`a.example:${port}`, ...nobody, '--timeout', '5s']
  const run = await runCli(['scan', ...target, '--all-addresses', '-f', 'json'])
  const { targets } = JSON.parse(run.stdout) as JsonReport
  const offered = targets.map(({ addresses, protocols }) => [
    addresses.find(({ status }) => status !== 'not-checked')?.ip,
    protocols?.flatMap(({ version, offered: is }) => (is ? [version] : [])).join(),
  ])
  expect(offered).toEqual([
    ['127.0.0.1', 'TLSv1.3'],
    ['::1', 'TLSv1.2'],
    ['127.0.0.9', undefined],
  ])
  expect(targets[2]).toMatchObject({ status: 'unreachable', error: { code: 'ERR_CONNECT' } })
  const csv = await runCli(['scan', ...target, '--all-addresses', '-f', 'csv'])
  const lines = csv.stdout.trimEnd().split('\r\n')
  expect(new Set(lines.map(line => line.split(',').length))).toEqual(new Set([12]))
  expect(lines.at(-1)).toBe(`a.example,${port},,,,,,,,,,127.0.0.9`)
  const alone = await runCli(['scan', ...target, '-f', 'json'])
  expect((JSON.parse(alone.stdout) as JsonReport).targets).toHaveLength(1)
})

test.each(['check', 'scan'])('%s --rate: no more connections a second than that', async command => {
  const times: number[] = []
  const server = new tls.Server({ cert, key })
  server.on('connection', () => times.push(performance.now()))
  const port = await startTls({}, server)
  const scope = command === 'check' ? ['--platforms', 'ios-17', '--no-fetch'] : []
  await runCli([command, `127.0.0.1:${port}`, '--rate', '25', ...scope])
  expect(times.length).toBeGreaterThan(5)
  // Slowness makes this longer, never shorter; the first two may be off by what a timer rounds.
  const [first = 0, last = 0] = [times[0], times.at(-1)]
  expect(last - first).toBeGreaterThan((times.length - 2) * 40)
  const wrong = await runCli([command, `127.0.0.1:${port}`, '--rate', '0'])
  expect(wrong).toMatchObject({ code: 2, stderr: 'mpcert: --rate 0: a number from 1 to 10000\n' })
})
