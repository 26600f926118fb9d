import { beforeAll, describe, expect, it } from 'vitest'
import { compareResult } from '../src/cli/demo/expectation.ts'
import { judge } from '../src/judge/judge.ts'
import type { TargetResult } from '../src/report.ts'
import { rules } from '../src/rules/index.ts'
import { loadFixtures } from './helpers/fixtures.ts'

const fixtures = loadFixtures()

it('has a case for everything that certificates do to phones', () => {
  expect(fixtures.length).toBeGreaterThanOrEqual(50)
})

describe.each(fixtures)(
  '$name: $description.title',
  ({ name, description, files, observation, world }) => {
    let result: TargetResult
    beforeAll(() => {
      result = judge(observation, world)
    })

    it('is judged as it must be', () => {
      expect(compareResult(description.expected, result)).toEqual([])
    })

    it('passes no cell that has no path to a root', () => {
      for (const { id, cells } of result.platforms)
        for (const { api, verdict, path } of cells)
          if (path === null) expect(['fail', 'unknown'], `${id}/${api}`).toContain(verdict)
    })

    it('names a reason for every cell that is not pass', () => {
      for (const { id, cells } of result.platforms)
        for (const { api, verdict, reasons } of cells) {
          const where = `${id}/${api}`
          if (verdict !== 'pass') expect(reasons, where).not.toEqual([])
          expect(Object.keys(rules), where).toEqual(expect.arrayContaining([...reasons]))
        }
    })

    it('makes of each platform alone what it makes of it among the others', () => {
      // One in five, others for each case.
      for (const platform of result.platforms.filter((_, at) => at % 5 === name.length % 5)) {
        const options = { platforms: [platform.id], named: [platform.id] }
        const alone = judge(observation, world, options).platforms
        expect(alone.map(one => ({ ...one, counts: platform.counts }))).toEqual([platform])
      }
    })

    it('says what it shows and how it was made, and holds no file it does not use', () => {
      const { title, shows, made, chain, replicas, issuers = {} } = description
      for (const text of [title, shows, made]) expect(text).toMatch(/\S/)
      const used = [...chain, ...Object.keys(replicas), ...Object.values(issuers)]
      expect(new Set(used.filter(file => file !== null))).toEqual(new Set(files))
    })
  },
)
