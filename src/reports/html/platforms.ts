/** The platform table: neighbours with equal results share a row, and each has its own below. */
import type {
  CellResult,
  PlatformResult,
  ReportOptions,
  RunInfo,
  TargetResult,
} from '../../report.ts'
import type { Locale } from '../../text.ts'
import { mergeRows, type Row, rowTitle } from '../text/rows.ts'
import { VERDICT_WORDS, verdictSign, WORDS } from '../text/words.ts'
import { both, type Html, html } from './markup.ts'
import { HTML_WORDS } from './words.ts'

export function platformSection(
  { platforms }: TargetResult,
  run: RunInfo,
  options: ReportOptions,
): Html | null {
  if (platforms.length === 0) return null
  const merged = mergeRows(platforms, false)
  const isBorrowed = platforms.some(({ cells }) => cells.some(({ borrowed }) => borrowed))
  return html`<h3>${both(WORDS.platform)}</h3>
${table(merged, platforms, run, options)}
${isBorrowed && html`<p class="legend">° ${both(HTML_WORDS.borrowed)}</p>`}
${
  merged.length < platforms.length &&
  html`<details><summary>${both(HTML_WORDS.eachPlatform)}</summary>${table(mergeRows(platforms, true), platforms, run, options)}</details>`
}`
}

function table(
  rows: readonly Row[],
  platforms: readonly PlatformResult[],
  { rules }: RunInfo,
  options: ReportOptions,
): Html {
  const apis = [...new Set(platforms.flatMap(({ cells }) => cells.map(({ api }) => api)))]
  const why = (cells: readonly CellResult[], locale: Locale) => {
    const ids = new Set(cells.flatMap(({ reasons: [first] }) => first ?? []))
    return [...ids].map(id => rules[id]?.title[locale] ?? id).join(locale === 'en' ? '; ' : '；')
  }
  return html`<div class="scroll" role="group" tabindex="0" aria-label="${WORDS.platform[options.locale]}"><table>
<thead><tr><th scope="col">${both(WORDS.platform)}</th>${apis.map(api => html`<th scope="col">${api}</th>`)}<th scope="col">${both(WORDS.grade)}</th><th scope="col">${both(WORDS.why)}</th></tr></thead>
<tbody>${rows.map(row => {
    const [{ cells, grade }] = row
    return html`<tr><th scope="row">${both(locale => rowTitle(row, options.style, locale))}</th>${apis.map(
      api =>
        html`<td>${pillOf(
          cells.find(cell => cell.api === api),
          options,
        )}</td>`,
    )}<td>${grade ?? '–'}</td><td class="why">${both(locale => why(cells, locale))}</td></tr>
`
  })}</tbody></table></div>`
}

function pillOf(cell: CellResult | undefined, { style }: ReportOptions): Html | null {
  if (!cell) return null
  const { verdict, borrowed } = cell
  const sign = verdictSign(verdict, { ...style, ascii: false })
  return html`<span class="pill ${verdict}">${sign} ${both(VERDICT_WORDS[verdict])}${borrowed && '°'}</span>`
}
