import { describe, expect, it } from 'vitest'
import report from '../../src/reports/markdown.ts'
import { LOCALES } from '../../src/text.ts'
import { headingsOf, tablesOf } from '../helpers/markdown.ts'
import { draw, project, result, resultOf, targets } from '../helpers/results.ts'

describe.each(LOCALES)('in %s', locale => {
  const text = draw(report, result, { locale })

  it('begins with an overview of all targets', () => {
    const [overview = []] = tablesOf(text)
    const [, ...rows] = overview
    expect(rows.map(([name, , grade]) => [name, grade])).toEqual(
      result.targets.map(({ input, grade }) => [`${input}:443`, grade ?? '–']),
    )
  })

  it('has a section and a table per target that was asked', () => {
    const asked = result.targets.filter(({ platforms }) => platforms.length > 0)
    expect(headingsOf(text)).toEqual(asked.map(({ input }) => `${input}:443`))
    expect(tablesOf(text)).toHaveLength(1 + asked.length)
  })
})

it('shows fixes to copy, and none for what was set aside', () => {
  expect(draw(report, resultOf([targets.partial]))).toMatch(/```\nssl_certificate +\/etc/)
  const aside = draw(report, resultOf([targets.aside]))
  expect(aside).toContain('*ignored, moves on Friday, 2026-12-24*')
  expect(aside).not.toContain('```')
})

it('names the place of each finding of a folder', () => {
  const text = draw(report, resultOf([project]))
  for (const { location } of project.findings)
    expect(text).toContain(`\`${location?.file}:${location?.line}:${location?.column}\``)
})

it('leaves out targets without a problem, where only problems are asked for', () => {
  const text = draw(report, result, { problemsOnly: true })
  expect(text).not.toContain('sound.example')
  expect(text).toContain('gone.example')
})
