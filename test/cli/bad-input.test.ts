import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BadServers, type Manner, startBadServers } from '../helpers/bad-servers.ts'
import { type CliResult, type JsonReport, type JsonTarget, runCli } from '../helpers/cli.ts'

interface Expected {
  readonly status: JsonTarget['status']
  /** Code of the record's error. */
  readonly code?: string
  readonly rule?: string
  /** The kind of breakage, in the finding's evidence. */
  readonly how?: string
  readonly words: RegExp
}

const unreachable = (code: string, words: RegExp): Expected => ({
  status: 'unreachable',
  code,
  words,
})
const plaintext = (words: RegExp): Expected => ({
  status: 'fail',
  rule: 'port-speaks-plaintext',
  words,
})
const broken = (how: string, words: RegExp): Expected => ({
  status: 'fail',
  rule: 'handshake-broken',
  how,
  words,
})

/** Node 20 takes some resets for an end. */
const reset = (words: RegExp): Expected => ({ status: 'fail', rule: 'handshake-broken', words })

/** Whoever connects is treated alike, whatever it says. */
const WHATEVER_IS_SAID: Readonly<Partial<Record<Manner | Nobody, Expected>>> = {
  'unknown host': unreachable('ERR_DNS', /nobody\.invalid/),
  'closed port': unreachable('ERR_CONNECT', /refused/),
  silent: unreachable('ERR_TIMEOUT', /stays silent/),
  'one byte at a time': unreachable('ERR_TIMEOUT', /./),
  http: plaintext(/HTTP.*"HTTP\/1\.1 400 Bad Request"/),
  ssh: plaintext(/SSH.*"SSH-2\.0-OpenSSH_9\.2p1 Debian"/),
  smtp: plaintext(/plain text.*"220 mail/),
  garbage: broken('garbage', /no TLS/),
  'closes at once': broken('fin', /closes the connection after client-hello/),
  'resets at once': reset(/connection after client-hello/),
  'endless records': broken('over-budget', /endless/),
  'an endless message': broken('over-budget', /10000000 bytes/),
}

/** What a client of TLS 1.3 meets later on. */
const WITHIN_THE_HANDSHAKE: Readonly<Partial<Record<Manner, Expected>>> = {
  'closes after ServerHello': broken('fin', /closes the connection after server-hello/),
  'resets after ServerHello': reset(/connection after server-hello/),
  'falls silent after ServerHello': unreachable('ERR_TIMEOUT', /./),
  'a certificate message of 10 MB': broken('over-budget', /10000000 bytes/),
  'a malformed leaf': {
    status: 'fail',
    rule: 'cert-malformed',
    words: /certificate 1 .* at byte 0/,
  },
  'no certificate': broken('empty-certificate', /no certificate/),
  'a suite nobody offered': {
    status: 'fail',
    rule: 'handshake-no-common-cipher',
    words: /TLS_RSA_WITH_NULL_SHA, which this client did not offer/,
  },
  'a wrong signature': broken('bad-signature', /another key/),
  'a wrong Finished': broken('bad-finished', /wrong Finished/),
  honest: { status: 'fail', rule: 'cert-self-signed', words: /signed itself/ },
}

type Nobody = 'unknown host' | 'closed port'
type Name = Manner | Nobody

/** For those that never answer; the others get the time they need, for this machine may be busy. */
const HASTE_MS = 1000
const isSilent = ({ code }: Expected) => code === 'ERR_TIMEOUT'

let servers: BadServers
let schema: object
beforeAll(async () => {
  servers = await startBadServers()
  schema = JSON.parse((await runCli(['schema'])).stdout)
})
afterAll(() => servers.close())

describe.each(
  (
    [
      ['every hello', WHATEVER_IS_SAID, []],
      [
        'one hello of TLS 1.3',
        { ...WHATEVER_IS_SAID, ...WITHIN_THE_HANDSHAKE },
        ['--platforms', 'android-14', '--api', 'socket'],
      ],
    ] as const
  ).flatMap(([how, expected, flags]) => [
    [`${how}, at those that answer`, false, expected, flags] as const,
    [`${how}, at those that never do`, true, expected, flags] as const,
  ]),
)('one run with %s', (_, silent, expected, flags) => {
  const names = Object.entries(expected).flatMap(([name, one]) =>
    isSilent(one) === silent ? [name as Name] : [],
  )
  let result: CliResult
  let report: JsonReport
  beforeAll(async () => {
    const timeout = silent ? ['--timeout', `${HASTE_MS}ms`] : []
    const common = ['--list', '-', '--format', 'json', '--concurrency', '40', ...timeout]
    result = await runCli(['check', ...common, ...flags], {
      input: names.map(addressOf).join('\n'),
    })
    report = JSON.parse(result.stdout)
  })

  test('the report is valid, and failures beat what could not be checked', () => {
    expect(result).toMatchObject({ code: silent ? 3 : 1, stderr: '' })
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
    formats.default(ajv)
    ajv.validate(schema, report)
    expect(ajv.errors).toBeNull()
  })

  test('every target has its record, in the order given', () => {
    expect(report.targets.map(({ input }) => input)).toEqual(names.map(addressOf))
  })

  test('nobody makes it wait', () => {
    // A target may take three times the timeout; the rest is the machine's.
    expect(report.run.durationMs).toBeLessThan(3 * HASTE_MS + 10_000)
  })

  test.each(names)('%s', name => {
    const { status, code, rule, how, words } = (expected as Record<Name, Expected>)[name]
    const target = report.targets[names.indexOf(name)]!
    expect(target).toMatchObject({ status, grade: status === 'fail' ? 'F' : null })
    if (code !== undefined) {
      expect(target.error).toMatchObject({ code, message: expect.stringMatching(words) })
      expect(target.findings).toEqual([])
      return
    }
    const finding = target.findings.find(({ ruleId }) => ruleId === rule)
    expect(finding).toMatchObject({ severity: 'error', message: expect.stringMatching(words) })
    if (how !== undefined) expect(finding?.evidence).toMatchObject({ how })
    const cells = target.platforms.flatMap(platform => platform.cells)
    expect(cells.filter(({ reasons }) => !reasons.includes(rule ?? ''))).toEqual([])
  })
})

test('what breaks a handshake is told in Chinese to the end', async () => {
  const flags = ['--platforms', 'android-14', '--api', 'socket', '--lang', 'zh-CN']
  const { stdout } = await runCli(['check', addressOf('no certificate'), ...flags])
  expect(stdout).toContain('服务器没有发送证书（Certificate 消息中没有证书）')
})

function addressOf(name: Name): string {
  if (name === 'unknown host') return 'nobody.invalid'
  return `127.0.0.1:${name === 'closed port' ? servers.closedPort : servers.ports[name]}`
}
