/** Neighbouring platforms with equal results as one row. */
import type { PlatformResult, Style } from '../../report.ts'
import type { Locale } from '../../text.ts'
import { listed } from './layout.ts'
import { dash, FAMILY_NAMES } from './words.ts'

export type Row = readonly [PlatformResult, ...PlatformResult[]]

/** Platforms in the report's order; releases of one family are put together. */
export function mergeRows(platforms: readonly PlatformResult[], expand: boolean): readonly Row[] {
  const rows: Row[] = []
  for (const platform of platforms) {
    const last = rows.at(-1)
    if (last && !expand && alike(last[0], platform)) rows[rows.length - 1] = [...last, platform]
    else rows.push([platform])
  }
  return rows
}

export function rowTitle([first, ...rest]: Row, style: Style, locale: Locale): string {
  const last = rest.at(-1)
  return last
    ? `${FAMILY_NAMES[first.family][locale]} ${first.since}${dash(style)}${last.since}`
    : first.title[locale]
}

/** Ids of platforms as ranges, for sentences; `order` is all platforms of the report. */
export function nameRanges(
  ids: readonly string[],
  order: readonly PlatformResult[],
  style: Style,
  locale: Locale,
): string {
  const hit = new Set(ids)
  const rows: Row[] = []
  let broken = true
  for (const platform of order) {
    const last = rows.at(-1)
    if (!hit.has(platform.id)) {
      broken = true
      continue
    }
    const joins = last && !broken && mergeable(last[0], platform)
    if (joins) rows[rows.length - 1] = [...last, platform]
    else rows.push([platform])
    broken = false
  }
  const titles = rows.map(row => rowTitle(row, style, locale))
  return listed(titles, locale)
}

function alike(a: PlatformResult, b: PlatformResult): boolean {
  const shown = ({ grade, cells }: PlatformResult) =>
    JSON.stringify([
      grade,
      cells.map(({ api, verdict, reasons, borrowed }) => [
        api,
        verdict,
        reasons,
        borrowed !== null,
      ]),
    ])
  return mergeable(a, b) && shown(a) === shown(b)
}

/** What is proven stands apart from what is not. */
function mergeable(a: PlatformResult, b: PlatformResult): boolean {
  const apart = a.family === 'reference' || (a.tier === 'unproven') !== (b.tier === 'unproven')
  return a.family === b.family && !apart
}
