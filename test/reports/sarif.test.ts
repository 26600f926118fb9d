import { describe, expect, it } from 'vitest'
import report from '../../src/reports/sarif.ts'
import { draw, judged, project, result, resultOf, targets } from '../helpers/results.ts'

const [run] = JSON.parse(draw(report)).runs
const runOf = (...list: (typeof result.targets)[number][]) =>
  JSON.parse(draw(report, resultOf(list))).runs[0]

it('has a result per finding, and a rule for each', () => {
  const found = result.targets.flatMap(({ findings }) => findings)
  expect(run.results.map((one: { ruleId: string }) => one.ruleId)).toEqual(
    found.map(({ rule }) => rule),
  )
  for (const { ruleId, ruleIndex } of run.results)
    expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId)
})

it('rates rules as GitHub does: by a number, as a string', () => {
  const levels = { error: '7.5', warning: '5.0', note: '2.0' } as const
  for (const { properties, defaultConfiguration } of run.tool.driver.rules)
    expect(properties['security-severity']).toBe(
      levels[defaultConfiguration.level as keyof typeof levels],
    )
  expect(run.tool.driver.rules.length).toBeGreaterThan(2)
})

describe('fingerprints', () => {
  const printsOf = (of: typeof run): string[] =>
    of.results.map((one: { partialFingerprints: object }) =>
      JSON.stringify(one.partialFingerprints),
    )

  it('tell results apart', () => {
    const prints = printsOf(runOf(...result.targets, project))
    expect(prints.length).toBeGreaterThan(30)
    expect(new Set(prints).size).toBe(prints.length)
  })

  it('stay when the line, the day and the order of targets change', () => {
    const moved = { ...targets.over, origin: { file: 'elsewhere', line: 99, column: 1 } }
    const before = printsOf(runOf(targets.over, targets.partial))
    expect(printsOf(runOf(targets.partial, moved)).sort()).toEqual(before.sort())
  })

  it('are what GitHub looks at', () => {
    const { partialFingerprints } = run.results[0]
    expect(partialFingerprints.primaryLocationLineHash).toMatch(/^[0-9a-f]{64}/)
  })
})

describe('the place', () => {
  const placeOf = (of: typeof run) => of.results[0].locations[0].physicalLocation

  it('is the line that names the server, relative to the repository', () => {
    expect(placeOf(runOf(targets.soon))).toEqual({
      artifactLocation: { uri: 'ops/servers%20of%20ours.txt', uriBaseId: '%SRCROOT%' },
      region: { startLine: 3, startColumn: 3 },
    })
  })

  it('is the line that holds the fault, in a folder', () => {
    const [{ location } = { location: undefined }] = project.findings
    expect(placeOf(runOf(project))).toMatchObject({
      artifactLocation: { uri: location?.file },
      region: { startLine: location?.line },
    })
  })

  it('is none where no file names the server', () => {
    expect(placeOf(runOf(targets.partial))).toBeUndefined()
    const [{ logicalLocations }] = runOf(targets.partial).results[0].locations
    expect(logicalLocations[0].fullyQualifiedName).toBe('partial.example:443')
  })
})

it('keeps what was set aside, as suppressed', () => {
  expect(runOf(targets.aside).results[0].suppressions).toEqual([
    { kind: 'external', status: 'accepted', justification: 'moves on Friday' },
  ])
})

it('takes silence for no success', () => {
  expect(run.invocations[0].executionSuccessful).toBe(false)
  expect(run.invocations[0].toolExecutionNotifications).toEqual([
    {
      level: 'error',
      message: { text: 'gone.example:443: gone.example:443 refused the connection' },
    },
  ])
  expect(runOf(targets.over).invocations[0].executionSuccessful).toBe(true)
  expect(runOf(judged('sound.example', null)).invocations[0].executionSuccessful).toBe(false)
})
