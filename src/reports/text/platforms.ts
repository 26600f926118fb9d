/** The platform table: a row per platform or range of them, a column per API, the grade, and the reason. */
import Table from 'cli-table3'
import type { Api } from '../../platform.ts'
import type { CellResult, PlatformResult, ReportOptions, RunInfo } from '../../report.ts'
import { displayWidth, wrap } from './layout.ts'
import { mergeRows, type Row, rowTitle } from './rows.ts'
import { borrowedSign, paint, paintVerdict, VERDICT_WORDS, verdictSign, WORDS } from './words.ts'

/** Columns alone, without lines between them. */
const NO_LINES = {
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  'left-mid': '',
  'mid-mid': '',
  'right-mid': '',
  top: '',
  bottom: '',
  left: ' ',
  mid: '',
  right: '',
  middle: '  ',
}

const LEAST_WHY = 20

export function platformTable(
  platforms: readonly PlatformResult[],
  rules: RunInfo['rules'],
  options: ReportOptions,
): string[] {
  const { style, locale, expand } = options
  const rows = mergeRows(platforms, expand)
  const columns = columnsOf(platforms)
  const head = [
    WORDS.platform[locale],
    ...columns.map(apis => apis.join('\n')),
    WORDS.grade[locale],
  ]
  const plain = rows.map(row => [
    rowTitle(row, style, locale),
    ...columns.map(([api]) => cellText(cellOf(row, api), options)),
    row[0].grade ?? '',
  ])
  const taken = head.map((title, column) =>
    Math.max(...[title, ...plain.map(row => row[column] ?? '')].map(widest)),
  )
  const left = style.width - 1 - taken.reduce((sum, width) => sum + width + 2, 0)
  const table = new Table({
    head: [...head, WORDS.why[locale]].map(text => paint('bold', text, style)),
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
  rows.forEach((row, index) => {
    const [title = '', ...texts] = plain[index] ?? []
    const verdicts = [...columns.map(([api]) => cellOf(row, api)?.verdict), row[0].verdict]
    const cells = texts.map((text, column) =>
      paintVerdict(verdicts[column] ?? 'not-checked', text, style),
    )
    const why = wrap(reasonOf(row, rules, options), Math.max(left, LEAST_WHY))
    table.push([title, ...cells, why.join('\n')])
  })
  return table
    .toString()
    .split('\n')
    .map(line => line.trimEnd())
}

/** APIs that every platform judges alike share a column. */
function columnsOf(platforms: readonly PlatformResult[]): readonly (readonly [Api, ...Api[]])[] {
  const columns = new Map<string, [Api, ...Api[]]>()
  for (const api of new Set(platforms.flatMap(({ cells }) => cells.map(cell => cell.api)))) {
    const cells = platforms.map(platform => cellOf([platform], api))
    const key = JSON.stringify(
      cells.map(cell => cell && [cell.verdict, cell.borrowed, cell.reasons]),
    )
    const column = columns.get(key)
    if (column) column.push(api)
    else columns.set(key, [api])
  }
  return [...columns.values()]
}

function cellOf([{ cells }]: Row, api: Api): CellResult | undefined {
  return cells.find(cell => cell.api === api)
}

function cellText(cell: CellResult | undefined, { style, locale }: ReportOptions): string {
  if (!cell) return ''
  const sign = verdictSign(cell.verdict, style)
  const word = style.ascii ? '' : ` ${VERDICT_WORDS[cell.verdict][locale]}`
  return `${sign}${word}${cell.borrowed ? borrowedSign(style) : ''}`
}

/** The first reason of each cell, in words. */
function reasonOf([{ cells }]: Row, rules: RunInfo['rules'], { locale }: ReportOptions): string {
  const texts = cells.flatMap(({ verdict, reasons: [first] }) => {
    if (first === undefined) return []
    const title = rules[first]?.title[locale] ?? first
    return verdict === 'unknown' ? `${title} (${WORDS.unknownWhy[locale]})` : title
  })
  return [...new Set(texts)].join('; ')
}

function widest(text: string): number {
  return Math.max(...text.split('\n').map(displayWidth))
}
