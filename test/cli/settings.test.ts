// Where values come from: flag, environment, configuration, default, in this order; and what is said of those that are wrong.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { runCli } from '../helpers/cli.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mpcert-settings-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(path.join(folder, '.git'))
})

const configure = (config: unknown) =>
  writeFileSync(path.join(folder, 'mpcert.config.json'), JSON.stringify(config))

interface Shown {
  readonly value: unknown
  readonly origin: string
  readonly where: string | null
}

async function settings(
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, Shown>>> {
  const { code, stdout, stderr } = await runCli(['config', 'print', '-f', 'json', ...args], {
    cwd: folder,
    env,
  })
  expect([code, stderr]).toEqual([0, ''])
  const list = JSON.parse(stdout).settings as (Shown & { readonly name: string })[]
  return Object.fromEntries(
    list.map(({ name, value, origin, where }) => [name, { value, origin, where }]),
  )
}

/** A value, a list, a number, a switch, and one that takes something away. */
const KINDS: readonly (readonly [
  name: string,
  flag: readonly [args: readonly string[], value: unknown],
  env: readonly [text: string, value: unknown],
  file: readonly [setting: unknown, value: unknown],
])[] = [
  ['fail-on', [['--fail-on', 'info'], 'info'], ['warn', 'warn'], ['none', 'none']],
  [
    'platforms',
    [
      ['--platforms', 'ios,old'],
      ['ios', 'old'],
    ],
    ['android', ['android']],
    [
      ['ios-17', 'devtools'],
      ['ios-17', 'devtools'],
    ],
  ],
  ['concurrency', [['--concurrency', '3'], '3'], ['4', '4'], [5, '5']],
  ['expand', [['--expand'], true], ['1', true], [true, true]],
  ['no-fetch', [['--no-fetch'], true], ['yes', true], [true, true]],
  ['timeout', [['--timeout', '1s'], 1000], ['2s', 2000], ['3s', 3000]],
]

describe.each(KINDS)('--%s', (name, [args, byFlag], [text, byEnv], [setting, byFile]) => {
  const variable = `MPCERT_${name.toUpperCase().replaceAll('-', '_')}`

  test('flag, environment, file, default', async () => {
    expect((await settings())[name]).toEqual({ value: null, origin: 'default', where: null })
    configure({ flags: { [name]: setting } })
    expect((await settings())[name]).toEqual({
      value: byFile,
      origin: 'file',
      where: `${path.join(folder, 'mpcert.config.json')}: flags.${name}`,
    })
    const env = { [variable]: text }
    expect((await settings([], env))[name]).toEqual({
      value: byEnv,
      origin: 'environment',
      where: variable,
    })
    expect((await settings(args, env))[name]).toEqual({
      value: byFlag,
      origin: 'flag',
      where: null,
    })
  })
})

test('what has a key of its own comes from it', async () => {
  configure({
    appid: 'wx0123456789abcdef',
    ruleSet: 'weixin',
    thresholds: { warning: '20d', critical: '5%' },
  })
  const { appid, 'rule-set': ruleSet, warning, critical } = await settings()
  expect([appid?.value, ruleSet?.value, warning?.value, critical?.value]).toEqual([
    'wx0123456789abcdef',
    'weixin',
    { days: 20 },
    { part: 0.05 },
  ])
})

test('a switch is off where the variable says no, or nothing', async () => {
  for (const text of ['0', 'false', 'no', 'off', ''])
    expect((await settings([], { MPCERT_EXPAND: text }))['expand']?.origin).toBe('default')
})

test('what others must not see is not shown', async () => {
  configure({ flags: { notify: 'https://hooks.example/secret' } })
  const { stdout } = await runCli(['config', 'print'], {
    cwd: folder,
    env: { MPCERT_PROXY: 'http://u:secret@p:1' },
  })
  expect(stdout).toMatch(/ notify +\(set\) .*flags\.notify\n/)
  expect(stdout).toMatch(/ proxy +\(set\) +MPCERT_PROXY\n/)
  expect(stdout).not.toContain('secret')
})

test.each<[unknown, RegExp]>([
  [
    { flags: { 'fail-onn': 'warn' } },
    /mpcert\.config\.json: flags\.fail-onn: no such flag \(did you mean fail-on\?\)/,
  ],
  [{ flags: { config: 'x' } }, /flags\.config: no such flag/],
  [{ flags: { timeout: 'soon' } }, /flags\.timeout: not a time: soon/],
  [{ flags: { timeout: true } }, /flags\.timeout: needs a value/],
  [{ flags: { timeout: ['1s', '2s'] } }, /flags\.timeout: takes one value/],
  [{ flags: { expand: 'perhaps' } }, /flags\.expand: write true or false/],
  [{ flags: { expand: null } }, /flags\.expand: write a text, a number, true, false, or a list/],
  [{ flags: ['expand'] }, /flags: write an object/],
  [{ ignore: [{ target: 'h' }] }, /ignore\[0\]: rule is missing/],
  [{ ignore: [{ rule: 'root-untrusted', until: '2026-02-31' }] }, /ignore\[0\]\.until: not a day/],
  [
    { ignore: [{ rule: 'root-untrusted', untill: 'x' }] },
    /unknown key ignore\[0\]\.untill \(did you mean until\?\)/,
  ],
])('%j is refused in one line', async (config, words) => {
  configure(config)
  const result = await runCli(['check', 'h.invalid'], { cwd: folder })
  expect(result).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(words) })
  expect(result.stderr.trim().split('\n')).toHaveLength(1)
})

test('a variable that is wrong is named, and one that means nothing is a hint', async () => {
  const wrong = await runCli(['check', 'h.invalid'], { env: { MPCERT_FAIL_ON: 'often' } })
  expect(wrong).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^mpcert: MPCERT_FAIL_ON: --fail-on often: choose one of/),
  })
  const unknown = await runCli(['check', 'h.invalid'], { env: { MPCERT_TIMEOUTS: '1s' } })
  expect(unknown).toMatchObject({
    code: 3,
    stderr: 'mpcert: MPCERT_TIMEOUTS is set and names no flag\n',
  })
})

test('a flag that a command lacks is no matter to it', async () => {
  configure({ flags: { revocation: true, timeout: '1s' } })
  const { code } = await runCli(['scan', 'h.invalid'], { cwd: folder })
  expect(code).toBe(3)
})

test('config knows no other word', async () => {
  expect(await runCli(['config', 'edit'])).toMatchObject({
    code: 2,
    stderr: 'mpcert: config edit: there is config print\n',
  })
})
