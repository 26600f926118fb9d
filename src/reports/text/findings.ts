/** Findings with their fixes, each rule once. */
import type { FindingResult, ReportOptions, TargetResult } from '../../report.ts'
import type { Fix } from '../../rule.ts'
import { inBrackets, indent, labelled, listed, wrap } from './layout.ts'
import { nameRanges } from './rows.ts'
import { paint, severitySign, WORDS } from './words.ts'

const MARGIN = '   '

export function findingLines(target: TargetResult, options: ReportOptions): string[] {
  const groups = new Map<string, FindingResult[]>()
  for (const finding of target.findings) {
    if (finding.suppressed) continue
    const group = groups.get(finding.rule)
    if (group) group.push(finding)
    else groups.set(finding.rule, [finding])
  }
  return [
    ...[...groups.values()].flatMap(group => groupLines(group, target, options)),
    ...setAsideLines(target.findings, options),
  ]
}

/** What the user ignores is named with the reason; of what a baseline knows there is but a number. */
export function setAsideLines(
  findings: readonly FindingResult[],
  { style, locale }: ReportOptions,
): string[] {
  const sign = style.ascii ? '-' : '–'
  const ignored = findings.flatMap(({ rule, title, suppressed }) => {
    if (suppressed?.by !== 'ignore') return []
    const until = suppressed.until && `${WORDS.until[locale]} ${suppressed.until}`
    const why = listed([WORDS.ignored[locale], suppressed.reason, until].filter(isText), locale)
    return [` ${sign} ${inBrackets(`${title[locale]}  ${rule}`, why, locale)}`]
  })
  const known = findings.filter(({ suppressed }) => suppressed?.by === 'baseline').length
  const count =
    known > 0 ? [` ${sign} ${labelled(WORDS.inBaseline[locale], String(known), locale)}`] : []
  return [...new Set([...ignored, ...count])].map(line => paint('dim', line, style))
}

function isText(part: string | null): part is string {
  return part !== null && part !== ''
}

/** The rule, what it says where, and what to do. */
function groupLines(
  group: readonly FindingResult[],
  target: TargetResult,
  options: ReportOptions,
): string[] {
  const { style, locale } = options
  const [first] = group
  if (!first) return []
  const sign = severitySign(first.severity, style)
  const title = ` ${sign} ${paint('bold', first.title[locale], style)}  ${paint('dim', first.rule, style)}`
  const said = group.flatMap(finding => {
    const where = placeOf(finding, target, options)
    const message = finding.message[locale]
    const text = where ? inBrackets(message, where, locale) : message
    return indent(wrap(text, style.width - MARGIN.length), MARGIN)
  })
  const fixes = new Map(group.flatMap(({ fix }) => (fix ? [[fix.text.en, fix] as const] : [])))
  return [title, ...said, ...[...fixes.values()].flatMap(fix => fixLines(fix, first, options))]
}

/** The platforms and APIs it concerns; nothing where it concerns all. */
function placeOf(
  { platforms, apis }: FindingResult,
  { platforms: all }: TargetResult,
  { style, locale }: ReportOptions,
): string {
  const everyApi = new Set(all.flatMap(({ cells }) => cells.map(({ api }) => api)))
  const names = platforms.length < all.length ? nameRanges(platforms, all, style, locale) : ''
  const only = apis.length < everyApi.size ? listed(apis, locale) : ''
  return [names, only].filter(part => part !== '').join(locale === 'zh-CN' ? '；' : '; ')
}

/** The others are shown by `--expand`, and by `mpcert explain`. */
const USUAL = ['nginx', 'apache', 'caddy', 'openssl']

/** Snippets only where something is to be mended. */
function fixLines(
  { text, snippets = {}, consoles = {} }: Fix,
  { severity }: FindingResult,
  { style, locale, expand }: ReportOptions,
): string[] {
  const margin = `${MARGIN}  `
  const lines = wrap(labelled(WORDS.fix[locale], text[locale], locale), style.width - MARGIN.length)
  if (severity === 'info') return indent(lines, MARGIN)
  const servers = [...Object.keys(snippets), ...Object.keys(consoles)]
  const shown = servers.filter(server => expand || USUAL.includes(server))
  const others = servers.filter(server => !shown.includes(server))
  const width = Math.max(0, ...shown.map(server => server.length))
  const room = style.width - margin.length - width - 2
  const blocks = [
    ...Object.entries(snippets).map(([server, code]) => [server, code.split('\n')] as const),
    ...Object.entries(consoles).map(([cloud, way]) => [cloud, wrap(way[locale], room)] as const),
  ]
  const pasted = blocks
    .filter(([server]) => shown.includes(server))
    .flatMap(([server, code]) =>
      code.map(
        (line, index) =>
          `${paint('dim', (index === 0 ? server : '').padEnd(width), style)}  ${line}`,
      ),
    )
  const more =
    others.length === 0
      ? []
      : wrap(`--expand: ${others.join(', ')}`, style.width - margin.length).map(line =>
          paint('dim', line, style),
        )
  return [...indent(lines, MARGIN), ...indent([...pasted, ...more], margin)]
}
