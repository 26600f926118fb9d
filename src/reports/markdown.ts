/** Markdown for comments on pull requests and for chat: an overview, then each target with a problem. It holds all until the end. */
import {
  type FindingResult,
  type Report,
  type ReportOptions,
  type RunInfo,
  type TargetResult,
  targetName,
} from '../report.ts'
import { type Locale, type Text, visible } from '../text.ts'
import { mergeRows, rowTitle } from './text/rows.ts'
import { VERDICT_WORDS, verdictSign, WORDS } from './text/words.ts'

const report: Report = {
  title: { en: 'Markdown', 'zh-CN': 'Markdown' },
  begin(run, options) {
    const rows: string[] = []
    const sections: string[] = []
    return {
      head: '',
      target(target) {
        if (options.problemsOnly && target.findings.length === 0 && !target.error) return ''
        rows.push(overviewRow(target, options))
        sections.push(...section(target, run, options))
        return ''
      },
      end: () => [...overview(rows, options), ...sections, ''].join('\n'),
    }
  },
}

export default report

function overview(rows: readonly string[], { locale }: ReportOptions): string[] {
  const [name, status, grade, why] = HEAD.map(text => text[locale])
  return [`| ${name} | ${status} | ${grade} | ${why} |`, '| --- | --- | :-: | --- |', ...rows]
}

const HEAD: readonly Text[] = [
  { en: 'Target', 'zh-CN': '目标' },
  { en: 'Status', 'zh-CN': '结果' },
  WORDS.grade,
  WORDS.why,
]

function overviewRow(target: TargetResult, { locale, style }: ReportOptions): string {
  const { status, grade, error, findings } = target
  const [worst] = findings.filter(({ suppressed }) => !suppressed)
  const why = error?.text[locale] ?? worst?.title[locale] ?? ''
  const sign = verdictSign(status === 'unreachable' ? 'unknown' : status, style)
  const word = status === 'unreachable' ? WORDS.unreachable[locale] : VERDICT_WORDS[status][locale]
  return `| ${escaped(targetName(target))} | ${sign} ${word} | ${grade ?? '–'} | ${escaped(why)} |`
}

function section(target: TargetResult, run: RunInfo, options: ReportOptions): string[] {
  const { platforms, findings } = target
  if (platforms.length === 0 && findings.length === 0) return []
  return [
    '',
    `### ${escaped(targetName(target))}`,
    ...(platforms.length > 0 ? ['', ...platformTable(target, run, options)] : []),
    ...findings.flatMap(finding => findingLines(finding, options)),
  ]
}

function platformTable(
  { platforms }: TargetResult,
  { rules }: RunInfo,
  { locale, style, expand }: ReportOptions,
): string[] {
  const apis = [...new Set(platforms.flatMap(({ cells }) => cells.map(({ api }) => api)))]
  const head = [WORDS.platform[locale], ...apis, WORDS.grade[locale], WORDS.why[locale]]
  const body = mergeRows(platforms, expand).map(row => {
    const [{ cells, grade }] = row
    const words = apis.map(api => {
      const cell = cells.find(one => one.api === api)
      if (!cell) return ''
      return `${verdictSign(cell.verdict, style)} ${VERDICT_WORDS[cell.verdict][locale]}`
    })
    const reasons = new Set(cells.flatMap(({ reasons: [first] }) => first ?? []))
    const why = [...reasons].map(id => rules[id]?.title[locale] ?? id).join('; ')
    return [escaped(rowTitle(row, style, locale)), ...words, grade ?? '–', escaped(why)]
  })
  const lines = [head, head.map(() => '---'), ...body]
  return lines.map(cells => `| ${cells.join(' | ')} |`)
}

function findingLines(finding: FindingResult, { locale, style }: ReportOptions): string[] {
  const { rule, severity, title, message, fix, location, suppressed } = finding
  const sign = { error: '✗', warn: '!', info: '·' }[severity]
  const place = location ? ` — ${code(`${location.file}:${location.line}:${location.column}`)}` : ''
  const aside = suppressed ? ` — *${escaped(setAside(suppressed, locale))}*` : ''
  const snippets = severity === 'info' || suppressed ? [] : Object.entries(fix?.snippets ?? {})
  return [
    '',
    `${style.ascii ? '' : `${sign} `}**${escaped(title[locale])}** ${code(rule)}${place}${aside}`,
    '',
    escaped(message[locale]),
    ...(fix ? ['', `${WORDS.fix[locale]}: ${escaped(fix.text[locale])}`] : []),
    ...snippets.flatMap(([server, lines]) => ['', `${server}:`, '', ...fenced(lines)]),
  ]
}

function setAside(
  { by, reason, until }: NonNullable<FindingResult['suppressed']>,
  locale: Locale,
): string {
  const word = { ignore: WORDS.ignored, baseline: WORDS.inBaseline }[by][locale]
  return [word, reason, until].filter(part => part !== null).join(', ')
}

/** Nothing of it is a link, a mention, a heading, a list or a tag, whatever it holds. */
function escaped(text: string): string {
  const start = /^[-+=]|^\d+(?=[.)])|\bwww(?=\.)/gi
  return visible(text)
    .trim()
    .replace(/[\\`*_[\]|~#]/g, '\\$&')
    .replace(start, sign => (/\w/.test(sign) ? `${sign}\\` : `\\${sign}`))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('//', '&#47;&#47;')
    .replaceAll('@', LOOKALIKE)
}

/** Names of people and addresses of mail are looked for in what comes out, whatever was escaped. */
const LOOKALIKE = '＠'

function code(text: string): string {
  const plain = visible(text).replaceAll('|', ' ')
  const ticks = fence(plain, 1)
  return ticks.length > 1 ? `${ticks} ${plain} ${ticks}` : `${ticks}${plain}${ticks}`
}

function fenced(text: string): string[] {
  const ticks = fence(text, 3)
  return [ticks, text, ticks]
}

/** Longer than any run of ticks inside. */
function fence(text: string, least: number): string {
  const runs = text.match(/`+/g) ?? []
  const longest = runs.reduce((most, run) => Math.max(most, run.length), 0)
  return '`'.repeat(Math.max(least, longest + 1))
}
