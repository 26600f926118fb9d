// Whatever the format: the same targets, the same counts, the same verdicts.
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { reports } from '../../src/reports/index.ts'
import { LOCALES } from '../../src/text.ts'
import { parseHtml } from '../helpers/html.ts'
import { tablesOf } from '../helpers/markdown.ts'
import { parseMetrics } from '../helpers/metrics.ts'
import { parsePlugin } from '../helpers/plugin.ts'
import { draw, result } from '../helpers/results.ts'
import { parseXml } from '../helpers/xml.ts'

const drawn = async (id: keyof typeof reports, locale: (typeof LOCALES)[number]) =>
  draw(await reports[id](), result, { locale })

const names = result.targets.map(({ input }) => `${input}:443`)
const { counts, findings } = result.totals
const works = result.targets.map(({ status }) => status === 'pass' || status === 'warn')

it('has something of everything', () => {
  expect(counts).toEqual({ pass: 1, warn: 1, fail: 3, unknown: 0, unreachable: 1 })
  expect(findings).toEqual({ error: 3, warn: 1, info: 0 })
})

describe.each(LOCALES)('in %s', locale => {
  it('json, jsonl', async () => {
    const json = JSON.parse(await drawn('json', locale))
    expect(json.summary).toEqual({ targets: names.length, ...counts })
    const last = (await drawn('jsonl', locale)).trimEnd().split('\n').at(-1)
    expect(JSON.parse(last ?? '').summary).toEqual(json.summary)
  })

  it('junit', async () => {
    const { children } = parseXml(await drawn('junit', locale))
    expect(children.map(({ attributes }) => attributes['name'])).toEqual(names)
    const broken = children.filter(
      ({ attributes }) => attributes['failures'] !== '0' || attributes['errors'] !== '0',
    )
    // What was set aside breaks nothing.
    expect(broken).toHaveLength(counts.fail + counts.unreachable - 1)
  })

  it('sarif', async () => {
    const [{ results, invocations }] = JSON.parse(await drawn('sarif', locale)).runs
    const counted = results.filter((one: object) => !('suppressions' in one))
    const levels = counted.map(({ level }: { level: string }) => level)
    expect(levels.sort()).toEqual(['error', 'error', 'error', 'warning'])
    expect(invocations[0].toolExecutionNotifications).toHaveLength(counts.unreachable)
  })

  it('prometheus', async () => {
    const metrics = parseMetrics(await drawn('prometheus', locale))
    const success = metrics.filter(({ name }) => name === 'probe_success')
    expect(success.map(({ labels, value }) => [labels['target'], value === 1])).toEqual(
      names.map((name, index) => [name, works[index]]),
    )
    for (const severity of ['error', 'warn', 'info'] as const) {
      const own = metrics.filter(
        ({ name, labels }) => name === 'mpcert_findings' && labels['severity'] === severity,
      )
      expect(own.reduce((sum, { value }) => sum + value, 0)).toBe(findings[severity])
    }
  })

  it('nagios', async () => {
    const { state, data } = parsePlugin(await drawn('nagios', locale))
    expect([state, data['targets'], data['problems']]).toEqual(['CRITICAL', 6, 4])
  })

  it('csv', async () => {
    const rows: { target: string; status: string }[] = parse(await drawn('csv', locale), {
      columns: true,
      record_delimiter: '\r\n',
    })
    const states = new Map(rows.map(({ target, status }) => [target, status]))
    expect([...states]).toEqual(result.targets.map(({ input, status }) => [input, status]))
  })

  it('markdown, html', async () => {
    const [[, ...rows] = []] = tablesOf(await drawn('markdown', locale))
    const [table] = parseHtml(await drawn('html', locale)).all('tbody')
    const cells = table?.all('tr').map(row => row.all('td').map(({ text }) => text)) ?? []
    expect(rows.map(([name]) => name)).toEqual(names)
    expect(cells.map(([, grade]) => grade)).toEqual(rows.map(([, , grade]) => grade))
    for (const [index, [, status = '']] of rows.entries())
      for (const part of status.split(' ')) expect(cells[index]?.[0]).toContain(part)
  })

  it('text', async () => {
    const text = await drawn('text', locale)
    for (const name of names) expect(text.split(`${name}  `)).toHaveLength(2)
  })
})
