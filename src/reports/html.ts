/** One page that needs nothing else, for people who were not there: it holds all targets until the end, for an overview stands first. */
import type { Verdict } from '../grade.ts'
import {
  type Report,
  type ReportOptions,
  type RunInfo,
  type TargetResult,
  targetName,
} from '../report.ts'
import { formatDay, LOCALES } from '../text.ts'
import { chainSections } from './html/chains.ts'
import { findingSection } from './html/findings.ts'
import { both, Html, html, type Value } from './html/markup.ts'
import { platformSection } from './html/platforms.ts'
import { STYLE } from './html/style.ts'
import { HTML_WORDS } from './html/words.ts'
import { scanLines } from './text/scan.ts'
import { serverFacts } from './text/server.ts'
import { VERDICT_WORDS, verdictSign, WORDS } from './text/words.ts'

const report: Report = {
  title: { en: 'HTML, one file', 'zh-CN': 'HTML 单文件' },
  begin(run, options) {
    const targets: TargetResult[] = []
    return {
      head: '',
      target(target) {
        if (!options.problemsOnly || target.findings.length > 0 || target.error)
          targets.push(target)
        return ''
      },
      end: () => page(targets, run, options).markup,
    }
  },
}

export default report

/** Nothing may be loaded and nothing may run, whatever a certificate says. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
const NAMES = { en: 'English', 'zh-CN': '中文' } as const

function page(targets: readonly TargetResult[], run: RunInfo, options: ReportOptions): Html {
  const { locale } = options
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="mpcert ${run.toolVersion}">
<title>mpcert: ${HTML_WORDS.title[locale]}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
${LOCALES.map(one => html`<input class="pick" type="radio" name="language" id="${one}"${one === locale && html` checked`} aria-label="${NAMES[one]}">`)}
<header>
<h1>mpcert · ${both(HTML_WORDS.title)} · ${formatDay(run.judgedAt)}</h1>
<div class="languages" role="group" aria-label="${HTML_WORDS.language[locale]}">${LOCALES.map(one => html`<label for="${one}">${NAMES[one]}</label>`)}</div>
</header>
<div class="targets">
${targets.length === 1 ? null : overview(targets, options)}
${targets.map((target, index) => targetSection(target, index, run, options))}
</div>
<footer>
${storeTable(run, options)}
<p>mpcert ${run.toolVersion} · ${both(HTML_WORDS.ruleSet)} ${run.ruleSet} · ${new Date(run.startedAt).toISOString()}</p>
</footer>
</main>
</body>
</html>
`
}

function overview(targets: readonly TargetResult[], options: ReportOptions): Html {
  return html`<nav aria-label="${HTML_WORDS.overview[options.locale]}"><h2>${both(HTML_WORDS.overview)}</h2>
<div class="scroll" role="group" tabindex="0" aria-label="${HTML_WORDS.overview[options.locale]}"><table>
<thead><tr><th scope="col">${both(HTML_WORDS.target)}</th><th scope="col">${both(HTML_WORDS.status)}</th><th scope="col">${both(WORDS.grade)}</th><th scope="col">${both(WORDS.why)}</th></tr></thead>
<tbody>${targets.map((target, index) => {
    const [worst] = target.findings.filter(({ suppressed }) => !suppressed)
    const why = target.error?.text ?? worst?.title
    return html`<tr><th scope="row"><a href="#t${index + 1}"><bdi>${targetName(target)}</bdi></a></th><td>${statusPill(target, options)}</td><td>${target.grade ?? '–'}</td><td class="why">${why && both(why)}</td></tr>
`
  })}</tbody></table></div></nav>`
}

function targetSection(
  target: TargetResult,
  index: number,
  run: RunInfo,
  options: ReportOptions,
): Html {
  const { error, scan, project } = target
  return html`<section id="t${index + 1}">
<div class="top">${gradeBox(target)}<h2><bdi>${targetName(target)}</bdi></h2>${statusPill(target, options)}<p>${summaryOf(target)}</p></div>
${error && html`<p>${both(error.text)} <code>${error.code}</code></p>`}
${platformSection(target, run, options)}
${serverSection(target)}
${chainSections(target, run.judgedAt)}
${scan && html`<pre tabindex="0">${scanLines(target, scan, plainDrawing(options)).join('\n')}</pre>`}
${project && html`<p class="where">${project.files} · ${project.urls} URL · ${project.calls}</p>`}
${error ? null : findingSection(target, options)}
</section>`
}

function gradeBox({ grade, status }: TargetResult): Html | null {
  return (
    grade &&
    html`<span class="grade ${status === 'unreachable' ? 'unknown' : status}">${grade}</span>`
  )
}

function statusPill({ status }: TargetResult, { style }: ReportOptions): Html {
  const verdict: Verdict = status === 'unreachable' ? 'unknown' : status
  const word = status === 'unreachable' ? WORDS.unreachable : VERDICT_WORDS[status]
  const sign = verdictSign(verdict, { ...style, ascii: false })
  return html`<span class="pill ${verdict}">${sign} ${both(word)}</span>`
}

function summaryOf({ addresses, platforms }: TargetResult): Value {
  const proven = platforms.filter(
    ({ tier, verdict }) => tier !== 'unproven' && verdict !== 'not-checked',
  )
  const works = proven.filter(({ verdict }) => verdict === 'pass' || verdict === 'warn').length
  const ips = addresses.map(({ ip }) => ip).join(', ')
  return [
    ips,
    ips !== '' && proven.length > 0 && ' · ',
    proven.length > 0 &&
      both({
        en: `works on ${works} of ${proven.length} platforms`,
        'zh-CN': `${proven.length} 个平台中 ${works} 个可用`,
      }),
  ]
}

function serverSection({ server }: TargetResult): Html | null {
  if (!server || serverFacts(server, 'en').length === 0) return null
  return html`<h3>${both(WORDS.server)}</h3><p>${both(locale => serverFacts(server, locale).join(' · '))}</p>`
}

function storeTable({ stores }: RunInfo, { locale }: ReportOptions): Html {
  return html`<details><summary>${both(HTML_WORDS.stores)}</summary><div class="scroll" role="group" tabindex="0" aria-label="${HTML_WORDS.stores[locale]}"><table>
<thead><tr><th scope="col">${both(HTML_WORDS.stores)}</th><th scope="col">${both(HTML_WORDS.version)}</th><th scope="col">${both(HTML_WORDS.date)}</th><th scope="col">${both(HTML_WORDS.verified)}</th></tr></thead>
<tbody>${stores.map(({ name, version, date, verified }) => html`<tr><th scope="row">${name}</th><td>${version}</td><td>${date}</td><td>${verified}</td></tr>`)}</tbody></table></div></details>`
}

/** For what is shown as it is in a terminal. */
function plainDrawing(options: ReportOptions): ReportOptions {
  return { ...options, style: { ...options.style, color: false, ascii: false, width: 100 } }
}
