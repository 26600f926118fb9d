// What the user ignores, or knew before, is set aside: it stays in the report, and is no problem.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { encodePem } from '../../src/x509/pem.ts'
import { DAY_MS, makeCa, makeLeaf, NOW } from '../helpers/certs.ts'
import { type JsonReport, type JsonTarget, runCli } from '../helpers/cli.ts'
import { startTls } from '../helpers/tls-server.ts'

const HOST = 'api.example.com'
const root = makeCa('Root')
const leaf = makeLeaf([HOST], {
  issuer: root,
  notBefore: NOW - 80 * DAY_MS,
  notAfter: NOW + 10 * DAY_MS,
})
const day = (days: number) => new Date(NOW + days * DAY_MS).toISOString().slice(0, 10)

let folder: string
let port: number
const at = (name: string) => path.join(folder, name)
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'mpcert-aside-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(at('.git'))
  writeFileSync(at('root.pem'), encodePem(root.der))
  port = await startTls({
    cert: encodePem(leaf.der),
    key: leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
  })
})

interface Options {
  /** Of days from NOW. */
  readonly days?: number
  readonly platforms?: string
  readonly config?: unknown
  readonly format?: string
}

async function check(
  flags: readonly string[],
  { days = 0, platforms = 'android-14', config, format = 'json' }: Options = {},
) {
  if (config) writeFileSync(at('mpcert.config.json'), JSON.stringify(config))
  const { code, stdout, stderr } = await runCli(
    [
      ...['check', `${HOST}:${port}`, '--resolve', `${HOST}:${port}:127.0.0.1`, '--no-fetch'],
      ...['--cacert', at('root.pem'), '--platforms', platforms, '--api', 'upload', '-f', format],
      ...['--at', new Date(NOW + days * DAY_MS).toISOString(), ...flags],
    ],
    { cwd: folder },
  )
  const report = format === 'json' && stdout ? (JSON.parse(stdout) as JsonReport) : null
  const target = report?.targets[0] as JsonTarget
  const aside = target?.findings.map(({ ruleId, severity, platforms: hit, ...finding }) => [
    severity,
    ruleId,
    hit.join(),
    'suppressed' in finding ? (finding.suppressed as { readonly by: string }).by : '',
  ])
  return { code, stdout, stderr, report, target, aside }
}

const warn = ['--fail-on', 'warn']

describe('ignored', () => {
  test('by a flag; the verdict stays', async () => {
    expect(await check(warn)).toMatchObject({ code: 1, target: { status: 'warn', grade: 'B' } })
    const { code, target, aside } = await check([...warn, '--ignore', 'cert-expiring'])
    expect([code, target.status, target.grade]).toEqual([0, 'warn', 'B'])
    expect(aside).toEqual([['warn', 'cert-expiring', 'android-14', 'ignore']])
  })

  test('on the hosts that are named', async () => {
    // Each host with what is ignored for it, and whether that is about it.
    const cases: readonly (readonly [host: string, ignored: string, isAside: boolean])[] = [
      ['a.example.com', 'a.example.com', true],
      ['b.example.com', 'B.Example.COM', true],
      ['c.example.com', `c.example.com:${port}`, true],
      ['d.example.com', 'd.example.com:1', false],
      ['e.below.example', '*.below.example', true],
      ['f.far.below.example', '*.far.below.example', true],
      ['beside.example', '*.beside.example', false],
      ['www.parent.example', 'parent.example', false],
      ['xn--bcher-kva.example', 'bücher.example', true],
      ['127.0.0.1', `127.0.0.1:${port}`, true],
    ]
    const flags = cases.flatMap(([host, ignored]) => [
      ...['--resolve', `${host}:${port}:127.0.0.1`, '--ignore', `cert-expiring@${ignored}`],
    ])
    const others = cases.map(([host]) => `${host}:${port}`)
    const { report } = await check([...warn, ...flags, ...others])
    const shown = report?.targets.map(({ host, findings }) => [
      host,
      findings.some(
        ({ ruleId, suppressed }) => ruleId === 'cert-expiring' && suppressed?.by === 'ignore',
      ),
    ])
    expect(shown).toEqual([[HOST, false], ...cases.map(([host, , isAside]) => [host, isAside])])
  })

  test('on some platforms alone: the others keep the finding', async () => {
    const ignore = [{ rule: 'cert-expiring', platform: 'ios', reason: 'No iPhones here' }]
    const { code, aside } = await check(warn, {
      platforms: 'android-14,ios-17',
      config: { ignore },
    })
    expect(code).toBe(1)
    expect(aside.filter(([, rule]) => rule === 'cert-expiring').sort()).toEqual([
      ['warn', 'cert-expiring', 'android-14', ''],
      ['warn', 'cert-expiring', 'ios-17', 'ignore'],
    ])
  })

  test('on a release that another platform stands for; one that is none is refused', async () => {
    const ignore = [{ rule: 'cert-expiring', platform: 'android-8' }]
    const { aside } = await check(warn, { platforms: 'android-8.0', config: { ignore } })
    expect(aside).toEqual([['warn', 'cert-expiring', 'android-8.0', 'ignore']])
    const wrong = [{ rule: 'cert-expiring', platform: 'andriod' }]
    expect(await check(warn, { config: { ignore: wrong } })).toMatchObject({
      code: 2,
      stdout: '',
      stderr:
        'mpcert: mpcert.config.json: ignore[0]: no platform, family or tier andriod (did you mean android?)\n',
    })
  })

  test('is shown with its reason and its last day', async () => {
    const ignore = [{ rule: 'cert-expiring', reason: 'Moves away', until: day(3) }]
    const { stdout, code } = await check(warn, { format: 'text', config: { ignore } })
    expect(code).toBe(0)
    expect(stdout).toMatch(
      new RegExp(
        `– The certificate ends soon {2}cert-expiring \\(ignored, Moves away, until ${day(3)}\\)`,
      ),
    )
    expect(stdout).not.toMatch(/Fix:/)
    expect((await check([...warn, '-q'], { format: 'text' })).stdout).toBe('')
  })

  test('until a day: it still counts on that day, and is an error afterwards', async () => {
    const config = { ignore: [{ rule: 'cert-expiring', target: HOST, until: day(2) }] }
    expect(await check(warn, { config, days: 2 })).toMatchObject({ code: 0 })
    const over = await check([], { config, days: 3 })
    expect(over.code).toBe(1)
    expect(over.aside).toEqual([
      ['error', 'ignore-expired', '', ''],
      ['warn', 'cert-expiring', 'android-14', ''],
    ])
    expect(over.target.findings[0]?.message).toContain(
      `mpcert.config.json: ignore[0] ignored cert-expiring until ${day(2)}`,
    )
    // Nothing to ignore is there any more: a line is enough.
    const gone = { ignore: [{ rule: 'cert-revoked', until: day(2) }] }
    const idle = await check(['-q'], { config: gone, days: 3 })
    expect(idle).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/ignore\[0\] \(cert-revoked\) has ended on .* delete it\n$/),
    })
  })

  test.each([
    ['cert-expirin', /^mpcert: --ignore: no rule cert-expirin \(did you mean cert-expiring\?\)\n$/],
    ['nothing-like-it', /^mpcert: --ignore: no rule nothing-like-it \(see mpcert rules\)\n$/],
  ])('a rule that is none: %s', async (rule, words) => {
    expect(await check(['--ignore', rule])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(words),
    })
  })
})

describe('a baseline', () => {
  test('is written, hides what it knows, and tells what is new or has become worse', async () => {
    const baseline = ['--baseline', at('base.json')]
    expect(await check(baseline)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/base\.json: no such file; --update-baseline writes it\n$/),
    })
    expect(await check([...warn, ...baseline, '--update-baseline'])).toMatchObject({ code: 0 })
    const written = readFileSync(at('base.json'), 'utf8')
    expect(JSON.parse(written).findings).toMatchObject([
      { target: `${HOST}:${port}`, ruleId: 'cert-expiring', severity: 'warn' },
    ])

    const later = await check([...warn, ...baseline], { days: 1 })
    expect([later.code, later.target.status]).toEqual([0, 'warn'])
    expect(later.aside).toEqual([['warn', 'cert-expiring', 'android-14', 'baseline']])
    const text = await check([...warn, ...baseline], { format: 'text' })
    expect(text.stdout).toMatch(/– known from the baseline: 1\n/)

    const over = await check(baseline, { days: 20 })
    expect(over.code).toBe(1)
    expect(over.aside).toEqual([['error', 'cert-expired', 'android-14', '']])

    // The same state gives the same file.
    await check([...baseline, '--update-baseline'])
    expect(readFileSync(at('base.json'), 'utf8')).toBe(written)
  })

  test('keeps what it knows of targets that were not asked, or did not answer', async () => {
    const entry = (target: string) => ({
      target,
      ruleId: 'root-untrusted',
      severity: 'error',
      fingerprint: 'f'.repeat(64),
    })
    const known = [entry('other.example:443'), entry('gone.invalid:443'), entry(`${HOST}:${port}`)]
    writeFileSync(at('base.json'), JSON.stringify({ version: 1, findings: known }))
    await runCli(['check', 'gone.invalid', '--baseline', at('base.json'), '--update-baseline'])
    const targets = JSON.parse(readFileSync(at('base.json'), 'utf8')).findings.map(
      (one: { target: string; ruleId: string }) => [one.target, one.ruleId],
    )
    expect(targets.sort()).toEqual(
      [
        ['gone.invalid:443', 'root-untrusted'],
        ['other.example:443', 'root-untrusted'],
        [`${HOST}:${port}`, 'root-untrusted'],
      ].sort(),
    )
  })

  test('that is none is left alone', async () => {
    writeFileSync(at('base.json'), '[]')
    const result = await check(['--baseline', at('base.json'), '--update-baseline'])
    expect(result).toMatchObject({ code: 2, stderr: expect.stringMatching(/is no baseline/) })
    expect(readFileSync(at('base.json'), 'utf8')).toBe('[]')
    const nowhere = at('nowhere/base.json')
    expect(await check(['--baseline', nowhere, '--update-baseline'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/cannot be written: no such folder/),
    })
    expect(await check(['--update-baseline'])).toMatchObject({
      code: 2,
      stderr: 'mpcert: --update-baseline needs --baseline FILE\n',
    })
  })
})

test('--min-severity shortens the list, and changes nothing else', async () => {
  const { code, target, aside } = await check([...warn, '--min-severity', 'error'])
  expect([code, target.status, target.grade, aside]).toEqual([1, 'warn', 'B', []])
})
