/** SARIF 2.1.0, as GitHub's code scanning reads it: a result per finding, at the line that names the server or holds the fault. */
import {
  type FindingResult,
  type Report,
  type ReportOptions,
  type RuleInfo,
  type RunInfo,
  type TargetResult,
  targetName,
} from '../report.ts'
import type { Severity } from '../rule.ts'
import { type Locale, visible } from '../text.ts'
import { jsonText } from './json/text.ts'

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json'

/** It keeps the ids of the rules that found something, and what could not be checked. */
const report: Report = {
  title: { en: 'SARIF 2.1.0', 'zh-CN': 'SARIF 2.1.0' },
  begin(run, options) {
    const used: string[] = []
    const indexOf = (rule: string) =>
      used.includes(rule) ? used.indexOf(rule) : used.push(rule) - 1
    const notices: string[] = []
    let isFirst = true
    return {
      head: `{"$schema":${JSON.stringify(SCHEMA)},"version":"2.1.0","runs":[{"columnKind":"utf16CodeUnits","results":[`,
      target(target) {
        notices.push(...openQuestions(target, options))
        const fingerprints = numbered(target.findings)
        return target.findings
          .map((finding, index) => {
            const comma = isFirst ? '' : ','
            isFirst = false
            const about = {
              ruleIndex: indexOf(finding.rule),
              fingerprint: fingerprints[index] ?? '',
            }
            const entry = result(finding, target, about, options)
            return `${comma}\n${jsonText(entry)}`
          })
          .join('')
      },
      end() {
        const about = { invocations: [invocation(run, notices)], tool: tool(used, run, options) }
        return `\n],${jsonText(about).slice(1)}]}\n`
      },
    }
  },
}

export default report

/** What a rule says of some clients and what it says of others has one fingerprint; results need one each. */
function numbered(findings: readonly FindingResult[]): readonly string[] {
  const seen = new Map<string, number>()
  return findings.map(({ fingerprint }) => {
    const count = (seen.get(fingerprint) ?? 0) + 1
    seen.set(fingerprint, count)
    return count > 1 ? `${fingerprint}:${count}` : fingerprint
  })
}

/** No result is no proof that all is well. */
function openQuestions(target: TargetResult, { locale }: ReportOptions): readonly string[] {
  const { status, error } = target
  if (status !== 'unknown' && status !== 'unreachable') return []
  return [`${targetName(target)}: ${error ? error.text[locale] : status}`]
}

function invocation({ startedAt }: RunInfo, notices: readonly string[]) {
  return {
    executionSuccessful: notices.length === 0,
    startTimeUtc: new Date(startedAt).toISOString(),
    toolExecutionNotifications: notices.map(text => ({
      level: 'error',
      message: { text: messageOf([text]) },
    })),
  }
}

function result(
  finding: FindingResult,
  target: TargetResult,
  { ruleIndex, fingerprint }: { readonly ruleIndex: number; readonly fingerprint: string },
  { locale }: ReportOptions,
) {
  const { rule, severity, title, message, fix, suppressed, platforms, apis } = finding
  const place = finding.location ?? target.origin
  const name = targetName(target)
  const lines = [`${name}: ${title[locale]}`, message[locale], fix?.text[locale] ?? '']
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: messageOf(lines) },
    locations: [
      {
        ...(place ? { physicalLocation: physicalLocation(place) } : {}),
        logicalLocations: [{ fullyQualifiedName: name, kind: 'resource' }],
      },
    ],
    // The first is the only one that GitHub looks at: its own would change with the lines that follow.
    partialFingerprints: { primaryLocationLineHash: fingerprint, 'mpcert/v1': fingerprint },
    ...(suppressed
      ? {
          suppressions: [
            {
              kind: 'external',
              status: 'accepted',
              justification: suppressed.reason ?? suppressed.by,
            },
          ],
        }
      : {}),
    properties: { platforms, apis },
  }
}

/** Viewers make a link of what looks like one in Markdown. */
function messageOf(lines: readonly string[]): string {
  const shown = lines.filter(line => line !== '').map(visible)
  return shown.join('\n').replaceAll('](', '] (')
}

function physicalLocation({ file, line, column }: NonNullable<FindingResult['location']>) {
  const uri = file
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/')
  return {
    artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
    region: { startLine: line, startColumn: column },
  }
}

function tool(used: readonly string[], { toolVersion, rules }: RunInfo, { locale }: ReportOptions) {
  return {
    driver: {
      name: 'mpcert',
      semanticVersion: toolVersion,
      rules: used.map(id => describeRule(id, rules[id], locale)),
    },
  }
}

function describeRule(id: string, rule: RuleInfo | undefined, locale: Locale) {
  if (!rule) return { id }
  const { title, statement, severity, sources } = rule
  const [text, more] = [statement[locale], sources.join('\n')]
  const explain = `mpcert explain ${id}`
  return {
    id,
    shortDescription: { text: title[locale] },
    fullDescription: { text },
    defaultConfiguration: { level: LEVELS[severity] },
    help: {
      text: [text, explain, more].join('\n\n'),
      markdown: [text, `\`${explain}\``, ...sources.map(source => `- ${source}`)].join('\n\n'),
    },
    properties: { tags: ['security', 'tls'], 'security-severity': SECURITY[severity] },
  }
}

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warn: 'warning', info: 'note' }
/** GitHub's bands: over 7 is high, over 4 medium. */
const SECURITY: Readonly<Record<Severity, string>> = { error: '7.5', warn: '5.0', info: '2.0' }
