import { describe, expect, it } from 'vitest'
import report from '../../src/reports/junit.ts'
import { draw, ignoring, project, result, resultOf, targets } from '../helpers/results.ts'
import { type Element, parseXml } from '../helpers/xml.ts'

const suitesOf = (text: string) =>
  parseXml(text).children.filter(({ name }) => name === 'testsuite')
const casesOf = (suite: Element | undefined) =>
  (suite?.children ?? []).filter(({ name }) => name === 'testcase')
const suiteOf = (target: (typeof result.targets)[number]) =>
  suitesOf(draw(report, resultOf([target])))[0]
/** What stands in each case. */
const statesOf = (suite: Element | undefined) =>
  new Set(casesOf(suite).map(({ children }) => children[0]?.name ?? 'passed'))

it('has a suite per target and a case per cell, passes included', () => {
  const suites = suitesOf(draw(report))
  expect(suites.map(({ attributes }) => attributes['name'])).toEqual(
    result.targets.map(({ input }) => `${input}:443`),
  )
  for (const [index, { platforms }] of result.targets.entries())
    expect(casesOf(suites[index])).toHaveLength(
      Math.max(1, platforms.flatMap(({ cells }) => cells).length),
    )
  expect(statesOf(suites[0])).toEqual(new Set(['passed']))
})

it.each([
  ['servers', result],
  ['a folder', resultOf([project])],
])('names each case of %s once', (_, of) => {
  const names = suitesOf(draw(report, of)).flatMap(suite =>
    casesOf(suite).map(({ attributes }) => `${attributes['classname']} ${attributes['name']}`),
  )
  expect(names.length).toBeGreaterThan(20)
  expect(new Set(names).size).toBe(names.length)
})

it('names the file of each case, where one names the server or holds the fault', () => {
  const filesOf = (target: (typeof result.targets)[number]) =>
    casesOf(suiteOf(target)).map(({ attributes }) => attributes['file'])
  expect(new Set(filesOf(targets.over))).toEqual(new Set(['ops/servers of ours.txt']))
  expect(new Set(filesOf(targets.partial))).toEqual(new Set([undefined]))
  expect(filesOf(project)).toEqual(project.findings.map(({ location }) => location?.file))
})

it('counts what stands in each suite', () => {
  for (const suite of suitesOf(draw(report, resultOf([...result.targets, project])))) {
    const count = (state: string) =>
      String(casesOf(suite).filter(({ children }) => children[0]?.name === state).length)
    expect(suite.attributes).toMatchObject({
      tests: String(casesOf(suite).length),
      failures: count('failure'),
      errors: count('error'),
      skipped: count('skipped'),
    })
  }
})

describe('a build', () => {
  it('fails by what fails on platforms that count; the others are skipped', () => {
    expect(statesOf(suiteOf(targets.over))).toEqual(new Set(['failure', 'skipped']))
    const failed = casesOf(suiteOf(targets.over)).flatMap(({ attributes, children: [first] }) =>
      first?.name === 'failure' ? [attributes['name']?.split(' ')[0]] : [],
    )
    const counting = targets.over.platforms.flatMap(({ id, counts }) => (counts ? [id] : []))
    expect(new Set(failed)).toEqual(new Set(counting))
  })

  it('does not fail by a warning', () => {
    expect(statesOf(suiteOf(targets.soon))).toEqual(new Set(['system-out']))
  })

  it('does not fail by what was set aside', () => {
    expect(statesOf(suiteOf(targets.aside))).toEqual(new Set(['skipped']))
    const shown = ignoring(project, { rule: 'domain-is-ip', reason: 'soon' })
    expect(statesOf(suiteOf(shown))).toContain('skipped')
  })

  it('has an error where nobody could ask', () => {
    const [only] = casesOf(suiteOf(targets.gone))
    expect(only?.children[0]).toMatchObject({
      name: 'error',
      attributes: { type: 'ERR_CONNECT', message: 'gone.example:443 refused the connection' },
    })
  })
})
