import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodePem } from '../../src/x509/pem.ts'
import { type BadServers, startBadServers } from '../helpers/bad-servers.ts'
import { makeCa, makeLeaf, NOW, testKey } from '../helpers/certs.ts'
import { type JsonReport, runCli, startCli } from '../helpers/cli.ts'

const GOOD = 'good.example'

let bad: BadServers
let good: Server
let folder: string
/** What makes the good server reachable and trusted. */
let flags: readonly string[]
let goodTarget: string
beforeAll(async () => {
  bad = await startBadServers()
  folder = mkdtempSync(path.join(tmpdir(), 'mpcert-endings-'))
  const root = makeCa('Endings Root')
  const issuer = makeCa('Endings CA', { issuer: root })
  const leaf = makeLeaf([GOOD], { key: testKey(), issuer })
  good = tls.createServer({
    cert: encodePem(leaf.der) + encodePem(issuer.der),
    key: testKey().privateKey.export({ type: 'pkcs8', format: 'pem' }),
  })
  good.on('tlsClientError', () => {})
  good.on('secureConnection', socket => socket.on('error', () => {}).resume())
  const port = await listen(good)
  writeFileSync(path.join(folder, 'root.pem'), encodePem(root.der))
  goodTarget = `${GOOD}:${port}`
  flags = [
    ...['--resolve', `${goodTarget}:127.0.0.1`, '--cacert', path.join(folder, 'root.pem')],
    ...['--at', new Date(NOW).toISOString(), '--timeout', '5s', '--no-fetch'],
  ]
})
afterAll(() => {
  bad.close()
  good.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('exit codes of a check', () => {
  const pass = () => goodTarget
  const fail = () => local(bad.ports.http)
  const unreachable = () => local(bad.closedPort)

  test.each<[what: string, code: number, targets: readonly (() => string)[], more: string[]]>([
    ['all is well', 0, [pass], []],
    ['something fails', 1, [pass, fail], []],
    ['something cannot be checked', 3, [pass, unreachable], []],
    ['1 beats 3', 1, [unreachable, fail], []],
    ['nothing to fail on', 0, [fail], ['--fail-on', 'none']],
    ['nothing to fail on, and something open', 3, [fail, unreachable], ['--fail-on', 'none']],
    ['a warning to fail on', 1, [pass], ['--fail-on', 'warn', '--warning', '100%']],
  ])('%s: %i', async (_, code, targets, more) => {
    const result = await runCli(['check', ...targets.map(name => name()), ...flags, ...more])
    expect(result).toMatchObject({ code, stderr: '' })
  })
})

test('a saved check judged again, and in a file, says the same', async () => {
  const [seen, report] = [path.join(folder, 'seen.json'), path.join(folder, 'report.json')]
  const wanted = ['--format', 'json', ...flags.slice(2, 6)]
  const output = ['--save', seen, '-o', report]
  const checked = await runCli(['check', goodTarget, ...flags, '--format', 'json', ...output])
  expect(checked).toEqual({ code: 0, signal: null, stdout: '', stderr: '' })
  const judged = await runCli(['judge', seen, ...wanted])
  expect(judged).toMatchObject({ code: 0, stderr: '' })
  const [own, again] = [readFileSync(report, 'utf8'), judged.stdout].map(text => JSON.parse(text))
  expect(again.targets).toEqual(own.targets)
})

describe('a reader that leaves', () => {
  test.each([[['schema']], [['platforms']], [['rules']]])('mpcert %j', async args => {
    const { child, done } = startCli(args)
    child.stdout.destroy()
    expect(await done).toMatchObject({ code: 0, signal: null, stderr: '' })
  })

  test('in the midst of a check, which keeps its exit code', async () => {
    const targets = [local(bad.closedPort), local(bad.ports.silent)]
    const { child, done } = startCli(['check', ...targets, '--timeout', '1s'])
    await once(child.stdout, 'data')
    child.stdout.destroy()
    expect(await done).toMatchObject({ code: 3, signal: null, stderr: '' })
  })
})

// Windows ends a process that is sent a signal; what it does on Ctrl-C cannot be sent.
describe.skipIf(process.platform === 'win32')('an interrupt', () => {
  test.each<[NodeJS.Signals, number]>([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('%s ends with %i and a valid report of what was done', async (signal, code) => {
    const file = path.join(folder, `${signal}.json`)
    const silent = createServer(socket => socket.on('error', () => {}))
    const waiting = once(silent, 'connection')
    const targets = [local(bad.closedPort), local(await listen(silent))]
    const { child, done } = startCli([
      'check',
      ...targets,
      '--timeout',
      '60s',
      '-o',
      `json=${file}`,
    ])
    // The record of the first target is out, and the second one is being waited for.
    await Promise.all([once(child.stdout, 'data'), waiting])
    child.kill(signal)
    expect(await done).toMatchObject({ code, signal: null, stderr: '' })
    const report = JSON.parse(readFileSync(file, 'utf8')) as JsonReport
    expect(report.targets.map(({ input }) => input)).toEqual([targets[0]])
    expect(report.summary).toMatchObject({ targets: 1, unreachable: 1 })
    silent.close()
    const [socket] = await waiting
    socket.destroy()
  })
})

describe.runIf(existsSync('/dev/full'))('a full disk', () => {
  test('is said in one line', async () => {
    const result = await runCli(['check', local(bad.closedPort), '-o', '/dev/full'])
    const stderr = 'mpcert: /dev/full cannot be written: the disk is full\n'
    expect(result).toMatchObject({ code: 2, stdout: '', stderr })
  })
})

function local(port: number): string {
  return `127.0.0.1:${port}`
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
