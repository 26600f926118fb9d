// `mpcert scan` as a user runs it: text in both languages, JSON by its schema, CSV, exit codes.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
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
  const row = 'true,0x1302,TLS_AES_256_GCM_SHA384,TLS_AES_256_GCM_SHA384,x25519,,256,server'
  expect(run.stdout).toContain(`\r\n127.0.0.1,${port},TLSv1.3,${row}\r\n`)
  expect(run.stdout).toContain(`\r\n127.0.0.1,${port},TLSv1.2,false,,,,,,,\r\n`)
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
