import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { reportSchema } from '../../src/reports/json/schema.ts'
import report from '../../src/reports/json.ts'
import jsonl from '../../src/reports/jsonl.ts'
import { LOCALES } from '../../src/text.ts'
import { draw, project, result, resultOf } from '../helpers/results.ts'

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
formats.default(ajv)
const isReport = ajv.compile(reportSchema)

describe.each(LOCALES)('in %s', locale => {
  it('keeps its schema, target by target', () => {
    for (const targets of [[], ...result.targets.map(one => [one]), result.targets, [project]]) {
      isReport(JSON.parse(draw(report, resultOf(targets), { locale })))
      expect(isReport.errors).toBeNull()
    }
  })

  it('says the same line by line', () => {
    const lines = draw(jsonl, result, { locale }).trimEnd().split('\n')
    const entries = lines.map(line => JSON.parse(line))
    const { targets, ...rest } = JSON.parse(draw(report, result, { locale }))
    expect(entries).toEqual([
      ...targets.map((target: object) => ({ type: 'target', ...target })),
      { type: 'summary', ...rest },
    ])
  })
})

it('is the same in every language but for its texts', () => {
  const [en, zh] = LOCALES.map(locale => draw(report, result, { locale }))
  expect(zh).not.toBe(en)
  const bare = (text: string | undefined) =>
    JSON.parse(text ?? '', (key, value) =>
      /^(?:name|title|message|fix|trustedBy)$/.test(key) ? typeof value : value,
    )
  expect(bare(zh)).toEqual(bare(en))
})
