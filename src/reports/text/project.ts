/** A Mini Program's folder in words: findings by file and line, each fix once, and what could not be known. */
import type { FindingResult, ProjectResult, ReportOptions, TargetResult } from '../../report.ts'
import type { Text } from '../../text.ts'
import { setAsideLines } from './findings.ts'
import { indent, wrap } from './layout.ts'
import { paint, paintVerdict, severitySign, WORDS } from './words.ts'

const MARGIN = '   '
/** Below the words of a finding, behind its line, its column and its sign. */
const INDENT = ' '.repeat(13)

export function projectLines(
  target: TargetResult,
  project: ProjectResult,
  options: ReportOptions,
): string[] {
  const { style, locale } = options
  const verdict = target.status === 'unreachable' ? 'unknown' : target.status
  const { files, urls, calls } = project
  const counts = {
    en: `files: ${files}, URLs: ${urls}, network calls: ${calls}`,
    'zh-CN': `文件 ${files}，网址 ${urls}，网络调用 ${calls}`,
  }[locale]
  const grade = paintVerdict(verdict, target.grade ?? '–', style)
  return [
    `${paint('bold', target.input, style)}   ${grade}   ${counts}`,
    ...(target.findings.length > 0 ? findingLines(target.findings, options) : []),
    ...noteLines(project, options),
  ]
}

function findingLines(all: readonly FindingResult[], options: ReportOptions): string[] {
  const { style, locale } = options
  const findings = all.filter(({ suppressed }) => !suppressed)
  const files = new Map<string, FindingResult[]>()
  for (const finding of findings) {
    const file = finding.location?.file ?? ''
    files.set(file, [...(files.get(file) ?? []), finding])
  }
  const sorted = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))
  // The first of a rule is the worst of it.
  const rules = new Map(findings.toReversed().map(finding => [finding.rule, finding]))
  return [
    ...sorted.flatMap(([file, own]) => [
      ...(file === '' ? [] : [` ${paint('bold', file, style)}`]),
      ...own.toSorted(byLine).flatMap(finding => oneFinding(finding, options)),
    ]),
    paint('bold', WORDS.findings[locale], style),
    ...[...rules.values()].reverse().flatMap(finding => fixLines(finding, findings, options)),
    ...setAsideLines(all, options),
  ]
}

function oneFinding(finding: FindingResult, { style, locale }: ReportOptions): string[] {
  const { location, severity, message, rule } = finding
  const where = location ? `${location.line}:${location.column}` : ''
  const sign = severitySign(severity, style)
  const id = paint('dim', rule, style)
  const [first = '', ...others] = wrap(message[locale], style.width - INDENT.length)
  return [
    `${MARGIN}${where.padEnd(7)} ${sign} ${first}`,
    ...indent(others, INDENT),
    `${INDENT}${id}`,
  ]
}

/** The rule's title, and every fix of it once. */
function fixLines(
  { rule, title, severity }: FindingResult,
  findings: readonly FindingResult[],
  { style, locale }: ReportOptions,
): string[] {
  const fixes = findings.flatMap(({ rule: id, fix }) => (id === rule && fix ? [fix] : []))
  const texts = new Set(fixes.map(({ text }) => text[locale]))
  const sign = severitySign(severity, style)
  return [
    ` ${sign} ${paint('bold', title[locale], style)}  ${paint('dim', rule, style)}`,
    ...[...texts].flatMap(text =>
      indent(wrap(`${WORDS.fix[locale]}: ${text}`, style.width - MARGIN.length), MARGIN),
    ),
  ]
}

const REASONS: Readonly<Record<string, Text>> = {
  'not-packed': { en: 'no part of the program', 'zh-CN': '不属于小程序包' },
  ignored: { en: 'left out by packOptions.ignore', 'zh-CN': '被 packOptions.ignore 排除' },
  'too-large': { en: 'larger than a package may be', 'zh-CN': '超过代码包大小上限' },
  'too-many': { en: 'more than is read', 'zh-CN': '超出读取数量上限' },
  binary: { en: 'binary', 'zh-CN': '二进制内容' },
  link: { en: 'a link out of the folder', 'zh-CN': '指向目录之外的链接' },
  unreadable: { en: 'cannot be read', 'zh-CN': '无法读取' },
  syntax: { en: 'cannot be parsed', 'zh-CN': '无法解析' },
  interrupted: { en: 'interrupted', 'zh-CN': '已中断' },
  'not-built': { en: 'source to be built first', 'zh-CN': '需先构建的源文件' },
}

const MOST_NAMED = 5

/** What is not certain is said, once each. */
function noteLines(project: ProjectResult, { style, locale }: ReportOptions): string[] {
  const { unknownUrls, unknownLists, skipped, timeouts } = project
  const waits = Object.entries(timeouts).map(([key, ms]) => `${key} ${ms / 1000} s`)
  const notes: Text[] = [
    { en: `timeouts: ${waits.join(', ')}`, 'zh-CN': `超时：${waits.join('，')}` },
  ]
  if (unknownUrls > 0)
    notes.push({
      en: `${unknownUrls} ${unknownUrls === 1 ? 'call builds its' : 'calls build their'} URL at run time: host unknown`,
      'zh-CN': `${unknownUrls} 处调用的网址在运行时拼接：主机未知`,
    })
  if (unknownLists.length > 0)
    notes.push({
      en: `not checked for want of a domain list: ${unknownLists.join(', ')}; write domains into mpcert.config.json (mpcert schema config)`,
      'zh-CN': `缺少域名列表，以下接口未检查：${unknownLists.join('、')}；请在 mpcert.config.json 中填写 domains（见 mpcert schema config）`,
    })
  for (const [why, reason] of Object.entries(REASONS)) {
    const files = skipped.filter(one => one.why === why).map(({ file }) => file)
    if (files.length === 0) continue
    const named = files.slice(0, MOST_NAMED)
    const rest = files.length - named.length
    notes.push({
      en: `not read, ${reason.en}: ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`,
      'zh-CN': `未读取（${reason['zh-CN']}）：${named.join('、')}${rest > 0 ? ` 等，另有 ${rest} 个` : ''}`,
    })
  }
  return notes.flatMap(note =>
    wrap(note[locale], style.width - 1).map(line => ` ${paint('dim', line, style)}`),
  )
}

function byLine(a: FindingResult, b: FindingResult): number {
  const [one, two] = [a.location, b.location]
  return (one?.line ?? 0) - (two?.line ?? 0) || (one?.column ?? 0) - (two?.column ?? 0)
}
