/** JUnit XML, as Jenkins and GitLab read it: a suite per target, a case per platform and API, or per finding in a folder. */
import {
  type CellResult,
  type FindingResult,
  type PlatformResult,
  type Report,
  type ReportOptions,
  type RunInfo,
  type TargetResult,
  targetName,
} from '../report.ts'
import { visibleLines } from '../text.ts'

const report: Report = {
  title: { en: 'JUnit XML', 'zh-CN': 'JUnit XML' },
  begin: (run, options) => ({
    head: '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="mpcert">\n',
    target: target => suite(target, run, options),
    end: () => '</testsuites>\n',
  }),
}

export default report

interface Case {
  readonly name: string
  readonly state: 'passed' | 'failure' | 'error' | 'skipped'
  readonly type: string
  readonly message: string
  readonly details: string
  /** Of a folder. */
  readonly file?: string | undefined
}

function suite(target: TargetResult, run: RunInfo, options: ReportOptions): string {
  const cases = casesOf(target, run, options)
  const count = (state: Case['state']) => cases.filter(one => one.state === state).length
  const { origin } = target
  const attributes = {
    name: targetName(target),
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    timestamp: new Date(run.startedAt).toISOString().slice(0, 19),
    ...(target.host === null ? {} : { hostname: target.host }),
  }
  const properties = { status: target.status, grade: target.grade ?? '', ruleSet: run.ruleSet }
  return [
    `  <testsuite${formatAttributes(attributes)}>`,
    '    <properties>',
    ...Object.entries(properties).map(
      ([name, value]) => `      <property${formatAttributes({ name, value })}/>`,
    ),
    '    </properties>',
    ...cases.map(one => formatCase(one, `mpcert.${targetName(target)}`, one.file ?? origin?.file)),
    '  </testsuite>\n',
  ].join('\n')
}

/** GitLab links the file, which is relative to the repository. */
function formatCase(
  { name, state, type, message, details }: Case,
  classname: string,
  file: string | undefined,
): string {
  const attributes = { name, classname, ...(file === undefined ? {} : { file }) }
  const head = `    <testcase${formatAttributes(attributes)}`
  if (state === 'skipped') return `${head}><skipped>${escaped(message)}</skipped></testcase>`
  if (state === 'passed')
    return message === ''
      ? `${head}/>`
      : `${head}><system-out>${escaped(message)}</system-out></testcase>`
  return `${head}><${state}${formatAttributes({ message, type })}>${escaped(details)}</${state}></testcase>`
}

function casesOf(target: TargetResult, run: RunInfo, options: ReportOptions): readonly Case[] {
  const { locale } = options
  const { error, platforms, findings } = target
  if (error) {
    const message = error.text[locale]
    return [{ name: 'check', state: 'error', type: error.code, message, details: message }]
  }
  if (platforms.length === 0) return findingCases(findings, options)
  return platforms.flatMap(platform =>
    platform.cells.map(cell => cellCase(platform, cell, target, run, options)),
  )
}

/** What does not count, or was set aside, fails no build; it is skipped, with the reason. */
function cellCase(
  platform: PlatformResult,
  { api, verdict, reasons }: CellResult,
  { findings }: TargetResult,
  run: RunInfo,
  { locale }: ReportOptions,
): Case {
  const name = `${platform.id} ${api}`
  const titles = reasons.map(id => run.rules[id]?.title[locale] ?? id)
  const message = titles.join(locale === 'en' ? '; ' : '；')
  const own = findings.filter(
    ({ rule, platforms, apis }) =>
      reasons.includes(rule) && platforms.includes(platform.id) && apis.includes(api),
  )
  const errors = own.filter(({ severity, suppressed }) => severity === 'error' && !suppressed)
  const details = own.map(finding => describe(finding, locale)).join('\n\n')
  const common = { name, type: reasons[0] ?? '', message, details }
  if (verdict === 'not-checked') return { ...common, state: 'skipped', message: message || verdict }
  if (verdict === 'unknown') return { ...common, state: platform.counts ? 'error' : 'skipped' }
  if (verdict !== 'fail') return { ...common, state: 'passed' }
  return { ...common, state: platform.counts && errors.length > 0 ? 'failure' : 'skipped' }
}

/** Each by its place; the n-th at one place says so, for names must differ. */
function findingCases(
  findings: readonly FindingResult[],
  { locale }: ReportOptions,
): readonly Case[] {
  const seen = new Map<string, number>()
  return findings.map(finding => {
    const { rule, severity, location, suppressed } = finding
    const place = location ? `${rule} ${location.file}:${location.line}:${location.column}` : rule
    const count = (seen.get(place) ?? 0) + 1
    seen.set(place, count)
    return {
      name: count > 1 ? `${place} (${count})` : place,
      state: suppressed ? 'skipped' : severity === 'error' ? 'failure' : 'passed',
      type: rule,
      message: finding.title[locale],
      details: describe(finding, locale),
      file: location?.file,
    }
  })
}

function describe({ message, fix }: FindingResult, locale: ReportOptions['locale']): string {
  const snippets = Object.entries(fix?.snippets ?? {}).map(
    ([server, code]) => `${server}:\n${code}`,
  )
  const texts = [message[locale], ...(fix ? [fix.text[locale]] : [])]
  return [...texts.map(shorten), ...snippets].join('\n')
}

/** It is said again in each case, and may name certificates of any length. */
const MOST_CHARACTERS = 2000

function shorten(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
}

function formatAttributes(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replace(/[\t\n]/g, ' ')}"`)
    .join('')
}

/** XML 1.0 has no room for most of what is replaced. */
function escaped(text: string): string {
  return visibleLines(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
