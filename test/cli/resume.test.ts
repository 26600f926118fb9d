// A long run that is killed, and goes on: every target once, whatever was half written.
import { existsSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { runCli, startCli } from '../helpers/cli.ts'
import { writeFolder } from '../helpers/folder.ts'
import { AN_END_MS } from '../helpers/patience.ts'
import { closedPort } from '../helpers/tls-server.ts'

const TARGETS = Array.from({ length: 5000 }, (_, index) => `host-${index}.example:443`)

let folder: string
/** Of a run over all targets, each of which is refused. */
let flags: readonly string[]
const at = (name: string) => path.join(folder, name)
beforeEach(async () => {
  folder = writeFolder({ 'hosts.txt': TARGETS.join('\n'), 'old.json': 'old' })
  flags = ['check', '--list', at('hosts.txt'), '--connect-to', `127.0.0.1:${await closedPort()}`]
})

const entries = () =>
  readFileSync(at('run.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as { readonly type: string; readonly input?: string })

/** Killed as soon as the file holds more than so many bytes. */
async function killAt(bytes: number, more: readonly string[]): Promise<void> {
  const { child, done } = startCli([...flags, ...more], { timeoutMs: 4 * AN_END_MS })
  const timer = setInterval(() => {
    if (existsSync(at('run.jsonl')) && statSync(at('run.jsonl')).size > bytes) child.kill('SIGKILL')
  }, 5)
  const { signal } = await done
  clearInterval(timer)
  expect(signal).toBe('SIGKILL')
}

const RESUME = () => ['--resume', at('run.jsonl'), '-f', 'nagios']

test(
  'kill -9 amid 5,000 targets, twice, and a line that is cut',
  async () => {
    await killAt(200_000, ['-o', `jsonl=${at('run.jsonl')}`])
    const first = statSync(at('run.jsonl')).size
    // In the midst of a character, where there is one.
    truncateSync(at('run.jsonl'), first - 25)
    await killAt(first + 200_000, RESUME())
    const kept = readFileSync(at('run.jsonl'), 'utf8').split('\n').length - 1
    expect(kept).toBeLessThan(TARGETS.length)
    const last = await runCli([...flags, ...RESUME()], { timeoutMs: 4 * AN_END_MS })
    expect(last).toMatchObject({ code: 3, stderr: '' })
    expect(last.stdout).toMatch(/^MPCERT UNKNOWN - 5000 of 5000; /)
    const all = entries()
    expect(all.pop()).toMatchObject({
      type: 'summary',
      summary: { targets: 5000, unreachable: 5000, pass: 0, warn: 0, fail: 0, unknown: 0 },
    })
    expect(all.map(({ input }) => input).sort()).toEqual(TARGETS.toSorted())
  },
  12 * AN_END_MS,
)

test('a run that was done is not done again', async () => {
  writeFileSync(at('hosts.txt'), TARGETS.slice(0, 3).join('\n'))
  const whole = [...flags, '-o', `jsonl=${at('run.jsonl')}`]
  expect(await runCli(whole)).toMatchObject({ code: 3 })
  const before = entries().slice(0, 3)
  expect(await runCli([...flags, ...RESUME()])).toMatchObject({ code: 3, stderr: '' })
  expect(entries().slice(0, 3)).toEqual(before)
  expect(entries()).toHaveLength(4)
})

describe('where nothing can be written', () => {
  test.each([
    ['a folder stands in its place', 'taken', 'is a folder'],
    ['its folder is a file', 'old.json/report', 'no such folder'],
    ['its folder is not there', 'nowhere/report', 'no such folder'],
  ])('%s: one line, before anybody is asked', async (_, file, why) => {
    mkdirSync(at('taken'))
    for (const flag of [`json=${at(file)}`, `jsonl=${at(file)}`]) {
      const result = await runCli([...flags, '-o', `html=${at('old.json')}`, '-o', flag])
      const stderr = `mpcert: ${at(file)} cannot be written: ${why}\n`
      expect(result).toEqual({ code: 2, signal: null, stdout: '', stderr })
    }
    expect(readFileSync(at('old.json'), 'utf8')).toBe('old')
  })
})
