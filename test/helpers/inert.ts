/** Reports that keep their format whatever strangers wrote, and in which it stays text. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { parse } from 'csv-parse/sync'
import { expect } from 'vitest'
import type { Result, TargetResult } from '../../src/report.ts'
import type { ReportId } from '../../src/reports/index.ts'
import { reportSchema } from '../../src/reports/json/schema.ts'
import { parseHtml } from './html.ts'
import { tokensOf } from './markdown.ts'
import { parseMetrics } from './metrics.ts'
import { parsePlugin } from './plugin.ts'
import { parseXml } from './xml.ts'

/** @throws where the text is not of its format, or something in it acts */
export function requireInert(id: ReportId, text: string, result: Result): void {
  expect(id === 'csv' ? text.replaceAll('\r\n', '\n') : text).not.toMatch(ACTIVE)
  expect(text.length).toBeLessThan(MOST_CHARACTERS)
  CHECKS[id](text, result)
}

/** A few names of 64 KB must not be said once for every cell. */
const MOST_CHARACTERS = 20_000_000

/** What never reaches a terminal raw: controls but the line feed, and what turns the direction of text. */
const ACTIVE = /(?![\n\t])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
formats.default(ajv)
const isReport = ajv.compile(reportSchema)

/** What each format must be beside inert. */
const CHECKS: Readonly<Record<ReportId, (text: string, result: Result) => void>> = {
  text: () => {},
  json(text, { targets }) {
    isReport(JSON.parse(text))
    expect(isReport.errors).toBeNull()
    expect(JSON.parse(text).targets.map((one: TargetResult) => one.input)).toEqual(
      targets.map(({ input }) => input),
    )
  },
  jsonl(text, { targets }) {
    const entries = text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(entries.map(({ input }) => input)).toEqual([
      ...targets.map(({ input }) => input),
      undefined,
    ])
  },
  junit(text, { targets }) {
    const suites = parseXml(text).children
    expect(suites).toHaveLength(targets.length)
    for (const { children } of suites) {
      const names = children.map(({ attributes }) => attributes['name'])
      expect(new Set(names).size).toBe(names.length)
    }
  },
  sarif(text) {
    const [{ results }] = JSON.parse(text).runs
    for (const { message, locations } of results) {
      // Viewers make links of it.
      expect(message.text).not.toMatch(/\]\(/)
      for (const { physicalLocation } of locations)
        expect(physicalLocation?.artifactLocation.uri ?? '').toMatch(/^[\w%.~!*'()/-]*$/)
    }
  },
  html(text, { targets }) {
    const page = parseHtml(text)
    expect(page.faults).toEqual([])
    const elements = page.all('*')
    expect(
      notAmong(
        ELEMENTS,
        elements.map(({ tag }) => tag),
      ),
    ).toEqual([])
    const attributes = elements.flatMap(one => Object.keys(one.attributes))
    expect(notAmong(ATTRIBUTES, attributes)).toEqual([])
    expect(page.all('a').map(({ attributes }) => attributes['href'])).toEqual(
      targets.map((_, index) => `#t${index + 1}`),
    )
    expect(page.text).not.toMatch(ACTIVE_IN_HTML)
  },
  markdown(text, { targets }) {
    const tokens = tokensOf(text)
    expect(
      notAmong(
        TOKENS,
        tokens.map(({ type }) => type),
      ),
    ).toEqual([])
    const headings = tokens.filter(({ type }) => type === 'heading_open')
    expect(headings.length).toBe(
      targets.filter(({ platforms, findings }) => platforms.length + findings.length > 0).length,
    )
    // GitHub finds names of people in text, whatever was escaped; and it links what begins with www.
    for (const { type, content } of tokens) if (type === 'text') expect(content).not.toContain('@')
    const prose = text.split('\n').filter(line => !line.includes('`'))
    expect(prose.filter(line => /\bwww\./i.test(line))).toEqual([])
  },
  csv(text) {
    const rows: string[][] = parse(text, { record_delimiter: '\r\n' })
    expect(rows.flat().filter(cell => /^\s*[=+\-@]/.test(cell))).toEqual([])
  },
  prometheus: text => void parseMetrics(text),
  nagios(text) {
    parsePlugin(text)
    expect(Buffer.byteLength(text)).toBeLessThan(4096)
  },
}

function notAmong(known: readonly string[], met: readonly string[]): readonly string[] {
  return [...new Set(met)].filter(one => !known.includes(one))
}

const ACTIVE_IN_HTML = /(?![\n\t])[\p{Cc}\p{Cs}\p{Bidi_Control}]/u
const ELEMENTS = [
  ...['html', 'head', 'meta', 'title', 'style', 'body', 'input', 'header', 'main', 'footer', 'nav'],
  ...['section', 'article', 'div', 'p', 'span', 'label', 'h1', 'h2', 'h3', 'h4', 'bdi', 'a', 'b'],
  ...['i', 'strong', 'small', 'code', 'pre', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'ol'],
  ...['ul', 'li', 'dl', 'dt', 'dd', 'details', 'summary'],
]
const ATTRIBUTES = [
  ...['lang', 'charset', 'http-equiv', 'content', 'name', 'class', 'type', 'id', 'checked', 'for'],
  ...['role', 'tabindex', 'scope', 'href', 'style', 'aria-label', 'aria-hidden'],
]
const TOKENS = [
  ...['heading_open', 'heading_close', 'paragraph_open', 'paragraph_close', 'inline', 'fence'],
  ...['table_open', 'table_close', 'thead_open', 'thead_close', 'tbody_open', 'tbody_close'],
  ...['tr_open', 'tr_close', 'th_open', 'th_close', 'td_open', 'td_close', 'text', 'softbreak'],
  ...['code_inline', 'strong_open', 'strong_close', 'em_open', 'em_close', 'text_special'],
]
