// Somebody watches at a terminal: a bar while many targets are checked, and nothing of it where it would be in the way.
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createSecureContext } from 'node:tls'
import { stripVTControlCharacters } from 'node:util'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { reports } from '../../src/reports/index.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { makeLeaf } from '../helpers/certs.ts'
import { startTls } from '../helpers/tls-server.ts'
import { requireProgram } from './programs.ts'
import { runAtTerminal } from './terminal.ts'

beforeAll(() => requireProgram('python3'))

const HOSTS = ['a', 'b', 'c', 'd', 'e', 'f'].map(name => `${name}.example`)

const { der, key } = makeLeaf(HOSTS)
const identity = {
  cert: encodePem(der),
  key: key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
}

/** Slow enough for some frames of the spinner. */
const DELAY_MS = 200

async function many(count = HOSTS.length, delayMs = 0): Promise<string[]> {
  const port = await startTls({
    ...identity,
    SNICallback: (_, done) => setTimeout(done, delayMs, null, createSecureContext(identity)),
  })
  return [
    ...['check', '--no-fetch', '--concurrency', '2', '--platforms', 'android-14'],
    ...HOSTS.slice(0, count).flatMap(host => [
      `${host}:${port}`,
      ...['--resolve', `${host}:${port}:127.0.0.1`],
    ]),
  ]
}

test('a bar, a count, a rate and the time that is left', async () => {
  const { stdout, terminal } = await runAtTerminal(await many())
  const shown = stripVTControlCharacters(terminal)
  expect(shown).toMatch(/░{20} 0\/6/)
  expect(shown).toMatch(
    /█+░+ [1-5]\/6 {2}\d+\.\d\/(?:s|min), \d+ s left {2}[a-f]\.example \(127\.0\.0\.1\): /,
  )
  expect(shown).not.toContain('FAIL')
  for (const host of HOSTS) expect(stdout).toContain(host)
  // The last thing is that the line is gone, and the cursor back.
  expect(terminal.slice(terminal.lastIndexOf('░'))).toContain('\u001b[1G\u001b[0K')
  expect(terminal.endsWith('\u001b[?25h')).toBe(true)
})

test('in Chinese, and in ASCII', async () => {
  const { terminal } = await runAtTerminal([...(await many()), '--lang', 'zh-CN', '--ascii'])
  expect(stripVTControlCharacters(terminal)).toMatch(
    /#+-+ [1-5]\/6 {2}每(?:秒|分钟) \d+\.\d 个，剩余约 \d+ 秒/,
  )
})

test('no line is longer than the terminal', async () => {
  const { terminal } = await runAtTerminal(await many(), { columns: 60 })
  const lines = stripVTControlCharacters(terminal).split(/[\r\n]+|(?=[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏])/)
  expect(lines.some(line => line.includes('/6'))).toBe(true)
  expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(60)
})

test('one target needs no count', async () => {
  const { terminal } = await runAtTerminal(await many(1, DELAY_MS))
  const shown = stripVTControlCharacters(terminal)
  expect(shown).toMatch(/a\.example \(127\.0\.0\.1\): /)
  expect(shown).not.toMatch(/[█░]|0\/1/)
})

test('at the terminal the report is the same, line by line', async () => {
  const args = await many()
  const linesOf = (text: string) => stripVTControlCharacters(text).split(/\r?\n/)
  const { stdout } = await runAtTerminal(args, { env: { COLUMNS: '120' } })
  const { terminal } = await runAtTerminal(args, { both: true })
  // How long it took differs.
  const lines = linesOf(stdout).filter(line => line !== '' && !/\d m?s\b/.test(line))
  expect(lines.length).toBeGreaterThan(HOSTS.length)
  // A line of the report begins where the spinner was.
  const shown = linesOf(terminal).map(line => line.replace(/^.*[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏].* of \d+(?=\S)/, ''))
  expect(shown).toEqual(expect.arrayContaining(lines))
})

test('nothing without a watcher', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'mpcert-progress-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const args = await many()
  const silent: readonly (readonly [string[], Record<string, string>])[] = [
    [['-q'], {}],
    [['-f', 'json'], {}],
    [['-f', 'csv', '-o', `json=${folder}/r.json`], {}],
    [[], { CI: 'true' }],
    [[], { TERM: 'dumb' }],
  ]
  for (const [flags, env] of silent) {
    const { terminal } = await runAtTerminal([...args, ...flags], { env })
    expect(terminal, flags.join(' ')).toBe('')
  }
  // Some pseudo-terminals have no size.
  expect(await runAtTerminal(args, { columns: 0 })).toMatchObject({ code: 1, terminal: '' })
  const { terminal } = await runAtTerminal([...args, '-f', 'json', '-o', `${folder}/r.json`])
  expect(terminal).toContain('0/6')
})

test.each(Object.keys(reports))('%s: stdout is clean, whatever is said on stderr', async format => {
  const args = [...(await many(1, DELAY_MS)), '-f', format, '-v']
  const { stdout, terminal } = await runAtTerminal(args)
  expect(terminal).toContain(': completed: TLS 1.3')
  if (format === 'text') expect(terminal).toMatch(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/)
  expect(stdout.length).toBeGreaterThan(20)
  expect(stdout).toBe(stripVTControlCharacters(stdout))
  expect(stdout).not.toContain('completed: TLS')
})
