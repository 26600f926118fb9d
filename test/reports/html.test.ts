import { describe, expect, it } from 'vitest'
import report from '../../src/reports/html.ts'
import { LOCALES } from '../../src/text.ts'
import { type Node, parseHtml } from '../helpers/html.ts'
import { draw, project, result, resultOf, targets } from '../helpers/results.ts'

const page = parseHtml(draw(report))

describe.each(LOCALES)('in %s', locale => {
  const shown = parseHtml(draw(report, result, { locale }))

  it('is a page of that language, with the other one a click away', () => {
    expect(shown.all('html')[0]?.attributes['lang']).toBe(locale)
    const picks = shown
      .all('input')
      .map(({ attributes }) => [attributes['id'], 'checked' in attributes])
    expect(picks).toEqual(LOCALES.map(one => [one, one === locale]))
  })
})

it('has no fault that a browser would have to mend', () => {
  for (const list of [[], ...result.targets.map(one => [one]), result.targets, [project]])
    expect(parseHtml(draw(report, resultOf(list))).faults).toEqual([])
})

it('loads nothing and runs nothing', () => {
  const tags = new Set(page.all('*').map(({ tag }) => tag))
  for (const tag of ['script', 'link', 'img', 'iframe', 'object', 'form', 'base'])
    expect(tags).not.toContain(tag)
  const attributes = page.all('*').flatMap(one => Object.keys(one.attributes))
  expect(attributes.filter(name => /^(?:on|src)/.test(name))).toEqual([])
  expect(page.all('a').map(({ attributes }) => attributes['href']?.[0])).toEqual(
    result.targets.map(() => '#'),
  )
  expect(page.all('style').map(({ text }) => /url\(|@import/.test(text))).toEqual([false])
})

it('has an overview and a section per target', () => {
  const rows = page.all('nav')[0]?.all('tbody')[0]?.all('tr') ?? []
  expect(rows.map(row => row.all('a')[0]?.text)).toEqual(
    result.targets.map(({ input }) => `${input}:443`),
  )
  const links = page.all('a').map(({ attributes }) => attributes['href']?.slice(1))
  expect(page.all('section').map(({ attributes }) => attributes['id'])).toEqual(links)
})

it('gives each id once, and every label its field', () => {
  const ids = page.all('*').flatMap(({ attributes }) => attributes['id'] ?? [])
  expect(new Set(ids).size).toBe(ids.length)
  for (const { attributes } of page.all('label')) expect(ids).toContain(attributes['for'])
})

it('says everything in both languages', () => {
  const count = (lang: string) =>
    page.all('span').filter(({ attributes }) => attributes['lang'] === lang).length
  expect(count('zh-CN')).toBe(count('en'))
  expect(count('en')).toBeGreaterThan(100)
})

it('shows fixes to copy, and none for what was set aside', () => {
  const codesOf = (target: (typeof result.targets)[number]) =>
    parseHtml(draw(report, resultOf([target])))
      .all('article')
      .flatMap((one: Node) => one.all('pre').map(({ text }) => text))
  expect(codesOf(targets.partial).some(text => text.startsWith('ssl_certificate '))).toBe(true)
  expect(codesOf(targets.aside).some(text => text.startsWith('ssl_certificate '))).toBe(false)
})
