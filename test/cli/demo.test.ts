import { connect } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import { cases } from '../../src/cli/demo/cases.ts'
import { compareResult, type Expectation } from '../../src/cli/demo/expectation.ts'
import { type CheckedCase, checkZoo, type ZooOptions } from '../../src/cli/demo/zoo.ts'
import { showZoo } from '../../src/cli/demo.ts'
import { Flags, type Invocation } from '../../src/cli/invocation.ts'
import { systemCode } from '../../src/errors.ts'
import { judge } from '../../src/judge/judge.ts'
import { displayWidth } from '../../src/reports/text/layout.ts'
import type { Rule } from '../../src/rule.ts'
import { rules } from '../../src/rules/index.ts'
import type { Locale } from '../../src/text.ts'

const ids = Object.keys(cases)
let zoo: readonly CheckedCase[]
beforeAll(async () => {
  zoo = await visit()
}, 60_000)

describe('the zoo', () => {
  it('is checked whole, in its order', () => {
    expect(zoo.map(({ id }) => id)).toEqual(ids)
  })

  it.each(ids)('%s is judged as it must be', id => {
    expect(checkedCase(id).mismatches).toEqual([])
  })

  it('names a reason for every cell that is not pass, and passes none without a path', () => {
    for (const { id, result } of zoo)
      for (const platform of result.platforms)
        for (const { api, verdict, reasons, path } of platform.cells) {
          const where = `${id}: ${platform.id}/${api}`
          if (path === null) expect(['fail', 'unknown'], where).toContain(verdict)
          if (verdict !== 'pass') expect(reasons, where).not.toEqual([])
          expect(Object.keys(rules), where).toEqual(expect.arrayContaining([...reasons]))
        }
  })

  it('is judged alike when its certificates are made years from now', async () => {
    // The cases that dates decide: lifetimes, issue dates, thresholds.
    const only = ['good-rsa', 'expired', 'expiring', 'five-years', 'no-transparency']
    const later = await visit({ only, at: Date.UTC(2041, 1, 1) })
    expect(later.map(({ id, mismatches }) => [id, mismatches])).toEqual(only.map(id => [id, []]))
  })
})

describe('an expectation', () => {
  const good = () => checkedCase('good-ecdsa')
  const compare = (change: Partial<Expectation>) =>
    compareResult({ ...good().demo.expected, ...change }, good().result)

  it.each<[keyof Expectation, Partial<Expectation>]>([
    ['status', { status: 'warn' }],
    ['grade', { grade: 'A' }],
    ['findings', { findings: ['info chain-duplicate'] }],
    ['chains', { chains: 2 }],
    ['error', { error: 'ERR_TIMEOUT' }],
  ])('is missed by another %s', (where, change) => {
    expect(compare(change).map(mismatch => mismatch.where)).toEqual([[where]])
  })

  it('wants the rule it names among the reasons', () => {
    const { demo, result } = checkedCase('expired')
    const cells = { '*/*': 'fail hostname-mismatch' } as const
    const [mismatch] = compareResult({ ...demo.expected, cells }, result)
    expect(mismatch).toMatchObject({ judged: expect.stringMatching(/^fail cert-expired/) })
  })

  it('leaves no cell out', () => {
    const [mismatch] = compare({
      cells: { 'ios,android,harmony/*': 'pass', 'devtools/request': 'pass' },
    })
    expect(mismatch).toEqual({
      where: ['devtools', 'devtools-pq'].flatMap(id =>
        ['download', 'upload', 'socket'].map(api => `${id}/${api}`),
      ),
      expected: 'nothing',
      judged: 'pass',
    })
  })

  it('takes the last scope that holds a cell, by release', () => {
    const cells = {
      '*/*': 'pass',
      'android<8/upload': 'warn chain-order',
      'android-7.0/upload': 'pass',
    } as const
    expect(compare({ cells }).map(({ where }) => where)).toEqual([['android-7.1.1/upload']])
  })

  it('has no scope that decides nothing', () => {
    const cells = { '*/*': 'pass', 'ios<12/*': 'pass', 'adnroid/*': 'pass' } as const
    expect(compare({ cells }).map(({ where }) => where)).toEqual([['adnroid/*'], ['ios<12/*']])
  })
})

/** Every rule that some case must meet as an error. */
const fired = Object.keys(rules).filter(rule =>
  Object.values(cases).some(({ expected }) =>
    expected.findings.some(said => said === `error ${rule}`),
  ),
)

describe('a rule that is switched off', () => {
  it('is one of many that the zoo fires', () => {
    expect(fired.length).toBeGreaterThanOrEqual(25)
  })

  it.each(fired)('%s is missed by every case it is for', rule => {
    const affected = zoo.filter(({ demo }) =>
      demo.expected.findings.some(said => said === `error ${rule}`),
    )
    for (const { id, demo, observation, world } of affected) {
      const result = judge(observation, world, { rules: without(rule) })
      expect(compareResult(demo.expected, result), id).not.toEqual([])
    }
  })

  it('turns the visit itself red', async () => {
    const [checked] = await visit({ only: ['expired'], rules: without('cert-expired') })
    expect(checked?.mismatches.length).toBeGreaterThan(0)
  })
})

describe('mpcert demo', () => {
  it('prints a line for each server and ends 0 where all were judged right', async () => {
    const { code, lines } = await show(zoo)
    expect(code).toBe(0)
    expect(lines.at(-1)).toBe(`judged ${ids.length} of ${ids.length} right`)
    expect(lines.filter(line => line.startsWith(' ✓ '))).toHaveLength(ids.length)
    for (const id of ids)
      expect(
        lines.some(line => line.startsWith(` ✓ ${id} `)),
        id,
      ).toBe(true)
  })

  it('shows both sides of what was judged wrong, and ends 1', async () => {
    const { code, lines } = await show([wrong('expired', 'cert-expired')])
    expect(code).toBe(1)
    const at = lines.findIndex(line => line.startsWith(' ✗ expired '))
    expect(lines[at + 1]).toMatch(/^ {4}status: expected fail; judged pass$/)
    expect(lines.join('\n')).toMatch(
      /ios-12\.2\/request, .*expected fail cert-expired; judged pass/s,
    )
  })

  it('ends 1 where it was interrupted', async () => {
    const { code, lines } = await show(zoo.slice(0, 3))
    expect(code).toBe(1)
    expect(lines.at(-1)).toBe(`judged 3 of ${ids.length} right`)
  })

  it('prints the wrong ones alone where it is to be quiet', async () => {
    const all = [...zoo.slice(0, 3), wrong('expired', 'cert-expired')]
    const { lines } = await show(all, { quiet: true })
    expect(lines.filter(line => /^ [✓✗]/.test(line))).toEqual([
      expect.stringMatching(/^ ✗ expired /),
    ])
  })

  it.each<[Locale, number, boolean]>([
    ['en', 80, false],
    ['en', 160, true],
    ['zh-CN', 80, true],
    ['zh-CN', 100, false],
  ])('fits, in %s, a terminal of %i columns', async (locale, width, ascii) => {
    const { lines } = await show([...zoo, wrong('expired', 'cert-expired')], {
      locale,
      width,
      ascii,
    })
    for (const line of lines) expect(displayWidth(line), line).toBeLessThanOrEqual(width)
  })

  it('checks nothing once it was interrupted', async () => {
    expect(await visit({ only: ['good-ecdsa'], signal: AbortSignal.abort() })).toEqual([])
  })

  it('leaves no server behind', async () => {
    const ports: number[] = []
    for await (const { result } of checkZoo({ only: ['good-ecdsa', 'good-rsa', 'silent'] })) {
      ports.push(result.port ?? 0)
      break
    }
    const [port = 0] = ports
    const code = await new Promise(resolve =>
      connect(port, '127.0.0.1')
        .once('connect', () => resolve('connected'))
        .once('error', error => resolve(systemCode(error))),
    )
    expect(code).toBe('ECONNREFUSED')
  })
})

async function visit(options: ZooOptions = {}): Promise<readonly CheckedCase[]> {
  const checked: CheckedCase[] = []
  for await (const one of checkZoo(options)) checked.push(one)
  return checked
}

function checkedCase(id: string): CheckedCase {
  const found = zoo.find(one => one.id === id)
  if (!found) throw new Error(`${id} was not checked`)
  return found
}

function without(rule: string): Readonly<Record<string, Rule>> {
  return Object.fromEntries(Object.entries(rules).filter(([id]) => id !== rule))
}

/** The case as it comes out without that rule. */
function wrong(id: string, rule: string): CheckedCase {
  const checked = checkedCase(id)
  const result = judge(checked.observation, checked.world, { rules: without(rule) })
  return { ...checked, result, mismatches: compareResult(checked.demo.expected, result) }
}

interface Terminal {
  readonly locale?: Locale
  readonly width?: number
  readonly ascii?: boolean
  readonly quiet?: boolean
}

async function show(
  checked: readonly CheckedCase[],
  { locale = 'en', width = 100, ascii = false, quiet = false }: Terminal = {},
): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  let text = ''
  const invocation: Invocation = {
    arguments: [],
    flags: new Flags({ quiet }),
    locale,
    style: { color: false, ascii, width, paint: (_, plain) => plain },
    host: process,
    commands: [],
    configuration: { config: {}, file: null, skipped: [] },
    signal: new AbortController().signal,
    async print(more) {
      text += more
    },
    hint: () => {},
    complain: () => {},
  }
  const code = await showZoo(toAsync(checked), invocation)
  return { code, lines: text.trimEnd().split('\n') }
}

async function* toAsync<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}
