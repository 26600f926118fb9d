// What scripts and monitoring read: each code, by the real program.
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { encodePem } from '../../src/x509/pem.ts'
import { DAY_MS, makeCa, makeLeaf, NOW } from '../helpers/certs.ts'
import { spawnCli } from '../helpers/cli.ts'
import { writeFolder } from '../helpers/folder.ts'
import { parsePlugin } from '../helpers/plugin.ts'
import { closedPort, startTls } from '../helpers/tls-server.ts'

const HOST = 'api.example.com'
const root = makeCa('Codes Root')
const leaf = makeLeaf([HOST], {
  issuer: root,
  notBefore: NOW - DAY_MS,
  notAfter: NOW + 90 * DAY_MS,
})
const observation = fileURLToPath(new URL('../readme/observation.json', import.meta.url))

/** So many days later, of a server whose certificate lives for 91. */
async function check(days: number, more: readonly string[], port?: number) {
  const folder = writeFolder({ 'root.pem': encodePem(root.der) })
  const key = leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' })
  const asked = port ?? (await startTls({ cert: encodePem(leaf.der), key }))
  return spawnCli(
    [
      ...['check', `${HOST}:${asked}`, '--resolve', `${HOST}:${asked}:127.0.0.1`, '--no-fetch'],
      ...['--cacert', 'root.pem', '--platforms', 'android-14', '--api', 'upload'],
      ...['--at', new Date(NOW + days * DAY_MS).toISOString(), ...more],
    ],
    { cwd: folder },
  )
}

describe('nagios', () => {
  test.each([
    ['all is well', 0, 'OK', 0],
    ['it ends soon', 1, 'WARNING', 75],
    ['it ends within the critical threshold', 2, 'CRITICAL', 86],
    ['it has ended', 2, 'CRITICAL', 100],
  ])('%s: %i %s, whatever --fail-on says', async (_, code, state, days) => {
    const result = await check(days, ['-f', 'nagios', '--fail-on', 'info'])
    expect(result).toMatchObject({ code, stderr: '' })
    expect(parsePlugin(result.stdout)).toMatchObject({
      state,
      data: { targets: 1, problems: code === 0 ? 0 : 1 },
    })
  })

  test('nobody listens: 3 UNKNOWN', async () => {
    const result = await check(0, ['-f', 'nagios'], await closedPort())
    expect(result).toMatchObject({ code: 3, stderr: '' })
    expect(parsePlugin(result.stdout).state).toBe('UNKNOWN')
  })

  test.each([
    ['usage', ['check', '-f', 'nagios'], {}],
    ['an unknown flag', ['check', HOST, '-f', 'nagios', '--nonsense'], {}],
    ['a bug', ['judge', observation, '--format=nagios'], { NODE_OPTIONS: planted() }],
  ])('%s: 3, said on stdout', async (_, args, env) => {
    const result = await spawnCli(args, { env })
    expect(result.code).toBe(3)
    expect(result.stdout).toMatch(/^MPCERT UNKNOWN - .+\n$/)
  })
})

describe('otherwise', () => {
  test.each([
    ['all is well', 0, 0, []],
    ['a warning', 0, 75, []],
    ['a warning that shall fail', 1, 75, ['--fail-on', 'warn']],
    ['an error', 1, 100, []],
    ['an error that shall not fail', 0, 100, ['--fail-on', 'none']],
    ['usage', 2, 0, ['--warning', 'soon']],
    ['an output that cannot be', 2, 0, ['-o', 'nowhere/report.json']],
  ])('%s: %i', async (_, code, days, more) => {
    expect(await check(days, more)).toMatchObject({ code })
  })

  test('nobody listens: 3', async () => {
    expect(await check(0, [], await closedPort())).toMatchObject({ code: 3 })
  })

  test('a bug: 70, and the stack only with --debug', async () => {
    const env = { NODE_OPTIONS: planted() }
    const short = await spawnCli(['judge', observation], { env })
    expect(short).toEqual({
      code: 70,
      signal: null,
      stdout: '',
      stderr: 'mpcert: this is a bug in mpcert, please report it: TypeError: planted\n',
    })
    const long = await spawnCli(['judge', observation, '--debug'], { env })
    expect(long).toMatchObject({ code: 70, stderr: expect.stringMatching(/planted\n +at /) })
  })
})

/** Something that cannot happen. */
function planted(): string {
  const code = "process.cwd = () => { throw new TypeError('planted') }"
  return `--import=data:text/javascript,${encodeURIComponent(code)}`
}
