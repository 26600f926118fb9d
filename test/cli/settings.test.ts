// Where values come from: flag, environment, configuration, default, in this order; and what is said of those that are wrong.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { encodePem } from '../../src/x509/pem.ts'
import { makeLeaf } from '../helpers/certs.ts'
import { runCli } from '../helpers/cli.ts'
import { startTls } from '../helpers/tls-server.ts'

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

describe('of two that say the same thing, or the opposite, the stronger source counts', () => {
  test.each<[args: string[], env: Record<string, string>, file: unknown, shown: unknown]>([
    [['--no-color'], { MPCERT_COLOR: '1' }, {}, { 'no-color': 'flag', color: 'default' }],
    [['--color'], {}, { 'no-color': true }, { color: 'flag', 'no-color': 'default' }],
    [[], { MPCERT_COLOR: '0' }, { color: true }, { 'no-color': 'environment', color: 'default' }],
    [[], { MPCERT_EXPAND: '0' }, { expand: true }, { expand: 'default' }],
    [[], { MPCERT_NO_FETCH: 'no' }, { 'no-fetch': true }, { 'no-fetch': 'default' }],
    [['--sni', 'a.example'], { MPCERT_SERVERNAME: 'b.example' }, {}, { servername: 'flag' }],
    [['--sni', 'a.example'], {}, { 'no-sni': true }, { servername: 'flag', 'no-sni': 'default' }],
    [
      ['--servername', 'a.example'],
      { MPCERT_NO_SNI: '1' },
      {},
      { servername: 'flag', 'no-sni': 'default' },
    ],
    [['--no-sni'], {}, { servername: 'b.example' }, { 'no-sni': 'flag', servername: 'default' }],
    [['-4'], { MPCERT_6: '1' }, { '6': true }, { '4': 'flag', '6': 'default' }],
    [['--revocation'], {}, { 'no-fetch': true }, { revocation: 'flag', 'no-fetch': 'default' }],
    [[], { MPCERT_NO_FETCH: '1' }, { revocation: true }, { 'no-fetch': 'environment' }],
    [[], { MPCERT_SNI: 'e.example' }, { servername: 'f.example' }, { servername: 'environment' }],
  ])('%j %j %j', async (args, env, file, shown) => {
    configure({ flags: file })
    const all = await settings(args, env)
    const origins = Object.keys(shown as object).map(name => [name, all[name]?.origin])
    expect(Object.fromEntries(origins)).toEqual(shown)
    expect(await runCli(['check', '127.0.0.1:0', ...args], { cwd: folder, env })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/not a port/),
    })
  })
})

test('each target of the configuration has the standard port, and a wrong one is named', async () => {
  const portsOf = async (flags: Readonly<Record<string, string>>) => {
    configure({ targets: ['a.invalid', 'b.invalid', 'c.invalid:8443'], flags })
    const { stdout } = await runCli(['check', '-f', 'json'], { cwd: folder })
    return JSON.parse(stdout).targets.map(({ port }: { readonly port: number }) => port)
  }
  expect(await portsOf({})).toEqual([443, 443, 8443])
  expect(await portsOf({ starttls: 'smtp' })).toEqual([25, 25, 8443])
  configure({ targets: ['a.invalid', 'b..invalid'] })
  expect(await runCli(['check'], { cwd: folder })).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/mpcert\.config\.json: targets\[1\]: not a host name: "b\.\.inv/),
  })
})

describe('a configuration that was found in another folder', () => {
  const flags = {
    'notify-command': 'echo run > ran.txt',
    notify: 'https://hooks.invalid/',
    state: 'state.json',
    output: ['json=report.json'],
    timeout: '1s',
  }
  const inner = () => path.join(folder, 'inner')
  beforeEach(() => {
    mkdirSync(inner())
    configure({ flags })
  })

  test('runs nothing, sends nothing, writes nothing, and that is said', async () => {
    const { stderr, stdout } = await runCli(['check', 'a.invalid', '-q'], { cwd: inner() })
    for (const name of ['notify-command', 'notify', 'state', 'output'])
      expect(stderr).toContain(
        `mpcert: ${path.join(folder, 'mpcert.config.json')}: flags.${name} is not followed: name the file with --config\n`,
      )
    expect(stderr).not.toContain('flags.timeout')
    expect(stdout).toContain('a.invalid')
    expect([readdirSync(folder), readdirSync(inner())].flat().sort()).toEqual(
      ['.git', 'inner', 'mpcert.config.json'].sort(),
    )
  })

  test('is followed when named, or from its own folder; files are beside it', async () => {
    const named = { args: ['--config', '../mpcert.config.json'], cwd: inner() }
    for (const { args, cwd } of [named, { args: [], cwd: folder }]) {
      configure({ flags: { ...flags, notify: [] } })
      await runCli(['check', 'a.invalid', ...args], { cwd })
      expect(readdirSync(folder)).toEqual(expect.arrayContaining(['report.json', 'state.json']))
      expect(readdirSync(cwd)).toContain('ran.txt')
      for (const name of ['report.json', 'state.json']) rmSync(path.join(folder, name))
      rmSync(path.join(cwd, 'ran.txt'))
    }
  })

  test('that is the folder of mpcert project is another folder too', async () => {
    const { stderr } = await runCli(['project', folder], { cwd: inner() })
    expect(stderr).toMatch(/flags\.output is not followed/)
  })

  test('may name what is read, from its own folder', async () => {
    configure({ flags: { cacert: 'roots.pem' } })
    expect(await runCli(['check', 'a.invalid'], { cwd: inner() })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^mpcert: \.\.[\\/]roots\.pem: no such file\n$/),
    })
  })
})

describe('errors are said as the settings want them', () => {
  test('to Nagios, by environment or file', async () => {
    const unknown = { code: 3, stdout: expect.stringMatching(/^MPCERT UNKNOWN - /), stderr: '' }
    const env = { MPCERT_FORMAT: 'nagios' }
    expect(await runCli(['check', 'a.invalid:0'], { env })).toMatchObject(unknown)
    expect(await runCli(['check', '--nonsense'], { env })).toMatchObject(unknown)
    expect(await runCli(['rules', '--nonsense'], { env })).toMatchObject({ code: 2, stdout: '' })
    expect(await runCli(['check', 'a.invalid:0', '-f', 'json'], { env })).toMatchObject({
      code: 2,
      stdout: '',
    })
    configure({ flags: { timeout: 'soon', format: 'nagios' } })
    expect(await runCli(['check', 'a.invalid'], { cwd: folder })).toMatchObject(unknown)
    configure({ flags: { format: 'nagios' } })
    expect(await runCli(['check', 'a.invalid:0'], { cwd: folder })).toMatchObject(unknown)
  })

  test('with the stack, and in the language', async () => {
    const wrong = ['check', 'a.invalid:0']
    const stack = /\n {4}at /
    expect((await runCli(wrong)).stderr).not.toMatch(stack)
    expect((await runCli(wrong, { env: { MPCERT_DEBUG: '1' } })).stderr).toMatch(stack)
    const unread = ['check', '--nonsense']
    expect((await runCli(unread, { env: { MPCERT_DEBUG: '1' } })).stderr).toMatch(stack)
    expect((await runCli(unread, { env: { MPCERT_DEBUG: '0' } })).stderr).not.toMatch(stack)
    configure({ flags: { debug: true, lang: 'zh-CN' } })
    const { stderr } = await runCli(wrong, { cwd: folder, env: { MPCERT_LANG: '' } })
    expect(stderr).toMatch(stack)
    expect(stderr).toMatch(/端口须为 1 到 65535/)
    expect((await runCli(wrong, { cwd: folder })).stderr).toMatch(/not a port/)
    configure({ flags: { lang: 'fr' } })
    expect(await runCli(wrong, { cwd: folder, env: { MPCERT_LANG: '' } })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/flags\.lang: fr: choose one of en, zh-CN/),
    })
  })
})

test('a configuration colours, unless the environment says otherwise', async () => {
  configure({ flags: { color: true } })
  const print = async (env: Readonly<Record<string, string>>) =>
    (await runCli(['config', 'print'], { cwd: folder, env })).stdout.includes('\u001b[')
  expect(await print({})).toBe(true)
  expect((await runCli(['config', 'print', '--color'])).stdout).toContain('\u001b[')
  expect(await print({ NO_COLOR: '1' })).toBe(false)
  expect(await print({ NO_COLOR: '1', MPCERT_COLOR: '1' })).toBe(true)
})

test('code scanning is shown the line of the configuration', async () => {
  const { der, key } = makeLeaf(['a.example'])
  const port = await startTls({
    cert: encodePem(der),
    key: key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
  })
  configure({
    targets: [`a.example:${port}`],
    domains: { request: [`https://b.example:${port}`] },
    flags: { resolve: ['a', 'b'].map(name => `${name}.example:${port}:127.0.0.1`) },
  })
  const file = path.join(folder, 'mpcert.config.json')
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(',', ',\n'))
  const { stdout, stderr } = await runCli(['check', '-f', 'sarif'], { cwd: folder })
  const places = JSON.parse(stdout).runs[0].results.map(
    ({ locations: [{ physicalLocation: place }] }: SarifResult) =>
      `${place.artifactLocation.uri}:${place.region.startLine}`,
  )
  expect([...new Set(places)]).toEqual(['mpcert.config.json:1', 'mpcert.config.json:2'])
  expect(stderr).toBe('')
})

interface SarifResult {
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string }
        readonly region: { readonly startLine: number }
      }
    },
  ]
}

test('a value that another command knows is no matter to this one', async () => {
  configure({ flags: { format: 'sarif' } })
  expect((await runCli(['scan', 'h.invalid'], { cwd: folder })).code).toBe(3)
})

const isFullThere = existsSync('/dev/full')
test.each([
  ['a wrong value', ['--baseline', 'missing.json', '-o', 'json=report.json'], /missing\.json/],
  ['a folder', ['-o', 'json=report.json', '-o', 'text=nowhere/report.txt'], /no such folder/],
  ...(isFullThere
    ? [
        [
          'a failure on the way',
          ['-o', 'json=report.json', '--save', '/dev/full'],
          /disk is full/,
        ] as const,
      ]
    : []),
] as const)('no half report is left behind by %s', async (_, args, words) => {
  const result = await runCli(['check', 'a.invalid', ...args], { cwd: folder })
  expect(result.stderr).toMatch(words)
  expect(readdirSync(folder)).toEqual(['.git'])
})
