/** Findings with their fixes, to be copied; what the user set aside says so. */
import type { FindingResult, ReportOptions, TargetResult } from '../../report.ts'
import type { Severity } from '../../rule.ts'
import type { Locale, Text } from '../../text.ts'
import { labelled } from '../text/layout.ts'
import { nameRanges } from '../text/rows.ts'
import { VERDICT_WORDS, WORDS } from '../text/words.ts'
import { both, type Html, html } from './markup.ts'
import { HTML_WORDS } from './words.ts'

const SIGNS = { error: '✗', warn: '!', info: '·' } as const
/** A class of warnings is taken by verdicts. */
const CLASSES = { error: 'error', warn: 'warning', info: 'info' } as const
const SEVERITY_WORDS: Readonly<Record<Severity, Text>> = {
  error: VERDICT_WORDS.fail,
  warn: VERDICT_WORDS.warn,
  info: HTML_WORDS.remark,
}
const USUAL = ['nginx', 'apache', 'caddy', 'openssl']
const PILLS = { error: 'fail', warn: 'warn', info: 'info' } as const

export function findingSection(target: TargetResult, options: ReportOptions): Html {
  const { findings } = target
  if (findings.length === 0) return html`<p>${both(HTML_WORDS.nothing)}</p>`
  const groups = new Map<string, [FindingResult, ...FindingResult[]]>()
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, finding.suppressed ?? null])
    const group = groups.get(key)
    if (group) group.push(finding)
    else groups.set(key, [finding])
  }
  return html`<h3>${both(WORDS.findings)}</h3>${[...groups.values()].map(one => article(one, target, options))}`
}

/** One rule: the worst severity, what it says where, and each fix once. */
function article(
  group: readonly [FindingResult, ...FindingResult[]],
  target: TargetResult,
  options: ReportOptions,
): Html {
  const [{ rule, severity, title, suppressed }] = group
  const fixes = new Map(group.flatMap(({ fix }) => (fix ? [[fix.text.en, fix] as const] : [])))
  const evidence = group.map(one => one.evidence).filter(hasContent)
  return html`<article class="finding ${CLASSES[severity]}${suppressed && ' aside'}">
<h4><span class="pill ${PILLS[severity]}">${SIGNS[severity]} ${both(SEVERITY_WORDS[severity])}</span> ${both(title)} <code>${rule}</code></h4>
${suppressed && html`<p class="where">${both(locale => setAside(suppressed, locale))}</p>`}
<ul>${group.map(one => html`<li>${placeOf(one)}<p>${both(one.message)}</p>${whereText(one, target, options)}</li>`)}</ul>
${suppressed ? null : [...fixes.values()].map(fixBlock)}
${evidence.length > 0 && html`<details><summary>${both(HTML_WORDS.evidence)}</summary><pre tabindex="0">${evidence.map(one => JSON.stringify(one, null, 2)).join('\n')}</pre></details>`}
</article>`
}

function placeOf({ location }: FindingResult): Html | null {
  if (!location) return null
  return html`<p class="where"><code>${location.file}:${location.line}:${location.column}</code></p>`
}

/** Most people use one of the first three; the rest is a click away. */
function fixBlock({ text, snippets = {}, consoles = {} }: NonNullable<FindingResult['fix']>): Html {
  const codes = Object.entries(snippets).map(([server, code]) => ({
    server,
    block: html`<p class="server-name">${server}</p><pre tabindex="0">${code}</pre>`,
  }))
  const ways = Object.entries(consoles).map(([server, way]) => ({
    server,
    block: html`<p class="server-name">${server}</p><p>${both(way)}</p>`,
  }))
  const all = [...codes, ...ways]
  const [usual, others] = [true, false].map(wanted =>
    all.filter(({ server }) => USUAL.includes(server) === wanted),
  )
  return html`<p>${both(locale => [html`<strong>${labelled(WORDS.fix[locale], '', locale)}</strong>`, text[locale]])}</p>
${usual?.map(({ block }) => block)}
${
  others &&
  others.length > 0 &&
  html`<details><summary>${others.map(({ server }) => server).join(', ')}</summary>${others.map(({ block }) => block)}</details>`
}`
}

function whereText(
  { platforms, apis }: FindingResult,
  { platforms: all }: TargetResult,
  { style }: ReportOptions,
): Html | null {
  const everyApi = new Set(all.flatMap(({ cells }) => cells.map(({ api }) => api)))
  const only = apis.length < everyApi.size ? apis.join(', ') : ''
  const isPart = platforms.length > 0 && platforms.length < all.length
  if (!isPart && only === '') return null
  return html`<p class="where">${both(locale =>
    [isPart ? nameRanges(platforms, all, style, locale) : '', only]
      .filter(part => part !== '')
      .join(locale === 'en' ? '; ' : '；'),
  )}</p>`
}

function setAside(
  { by, reason, until }: NonNullable<FindingResult['suppressed']>,
  locale: Locale,
): string {
  const word = { ignore: WORDS.ignored, baseline: WORDS.inBaseline }[by][locale]
  const end = until && `${WORDS.until[locale]} ${until}`
  return [word, reason, end].filter(part => part).join(locale === 'en' ? ', ' : '，')
}

function hasContent(evidence: unknown): boolean {
  return typeof evidence === 'object' && evidence !== null && Object.keys(evidence).length > 0
}
