/** The JSON report: every key always there, in the order of the schema. */
import type {
  AddressResult,
  CertificateResult,
  ChainResult,
  FindingResult,
  PlatformResult,
  Report,
  Result,
  RunInfo,
  TargetResult,
  Totals,
} from '../report.ts'
import type { Fix } from '../rule.ts'
import type { Locale } from '../text.ts'
import { scanJson } from './json/scan.ts'

export const SCHEMA_VERSION = '1.0'

/** Targets before run and summary: those are known last, and nothing is kept until then. */
const report: Report = {
  title: { en: 'JSON', 'zh-CN': 'JSON' },
  begin(run, { locale }) {
    let isFirst = true
    return {
      head: `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, tool: toolJson(run) }, null, 2).slice(0, -2)},\n  "targets": [`,
      target(target) {
        const comma = isFirst ? '' : ','
        isFirst = false
        return `${comma}\n    ${indented(targetJson(target, locale), 4)}`
      },
      end: totals =>
        `${isFirst ? '' : '\n  '}],\n  ${JSON.stringify({ run: runJson(run, totals), summary: summaryJson(totals) }, null, 2).slice(4)}\n`,
    }
  },
}

export default report

/** The report as plain data. */
export function toJson({ run, targets, totals }: Result, locale: Locale) {
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: toolJson(run),
    run: runJson(run, totals),
    summary: summaryJson(totals),
    targets: targets.map(target => targetJson(target, locale)),
  }
}

function indented(value: unknown, columns: number): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${' '.repeat(columns)}`)
}

function toolJson({ toolVersion }: RunInfo) {
  return { name: 'mpcert', version: toolVersion }
}

function runJson(run: RunInfo, { durationMs }: Totals) {
  return {
    startedAt: isoTime(run.startedAt),
    durationMs,
    judgedAt: isoTime(run.judgedAt),
    ruleSet: run.ruleSet,
    gradingVersion: run.gradingVersion,
    stores: run.stores,
    clientHello: run.client && {
      file: run.client.title,
      ja3: run.client.ja3,
      ja4: run.client.ja4,
      resembles: run.client.resembles?.id ?? null,
    },
  }
}

export function summaryJson({ counts }: Totals) {
  const targets = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return { targets, ...counts }
}

export function targetJson(target: TargetResult, locale: Locale) {
  const { input, host, port, servername, status, grade, error } = target
  return {
    input,
    host,
    port,
    servername,
    status,
    grade,
    ...(error ? { error: errorJson(error, locale) } : {}),
    addresses: target.addresses.map(address => addressJson(address, locale)),
    platforms: target.platforms.map(platform => platformJson(platform, locale)),
    server: target.server,
    chains: target.chains.map(chain => chainJson(chain, locale)),
    findings: target.findings.map(finding => findingJson(finding, locale)),
    ...(target.scan ? scanJson(target.scan) : {}),
    ...(target.project ? { project: target.project } : {}),
  }
}

function errorJson(
  { code, phase, system, text }: NonNullable<TargetResult['error']>,
  locale: Locale,
) {
  return { code, phase, system, message: text[locale] }
}

function addressJson({ error, ...address }: AddressResult, locale: Locale) {
  return { ...address, error: error && errorJson(error, locale) }
}

function platformJson(platform: PlatformResult, locale: Locale) {
  const { id, family, title, tier, counts, grade, verdict, cells } = platform
  return { id, family, name: title[locale], tier, counts, grade, verdict, cells }
}

function chainJson(chain: ChainResult, locale: Locale) {
  const { id, sent, missing, anchors } = chain
  return {
    id,
    sent: sent.map(certificateJson),
    missing,
    anchors: anchors.map(({ sha256, label, trustedBy }) => ({
      sha256,
      name: label,
      trustedBy: trustedBy[locale],
    })),
    trustedBy: chain.trustedBy?.[locale] ?? null,
  }
}

function certificateJson(certificate: CertificateResult) {
  const { notBefore, notAfter, label, ...rest } = certificate
  return {
    ...rest,
    notBefore: notBefore === null ? null : isoTime(notBefore),
    notAfter: notAfter === null ? null : isoTime(notAfter),
  }
}

function findingJson(finding: FindingResult, locale: Locale) {
  const { rule, severity, title, message, fix, evidence, platforms, apis, chain } = finding
  return {
    ruleId: rule,
    severity,
    title: title[locale],
    message: message[locale],
    fix: fix && formatFix(fix, locale),
    evidence,
    platforms,
    apis,
    chain,
    location: finding.location ?? null,
    fingerprint: finding.fingerprint,
    ...(finding.suppressed ? { suppressed: finding.suppressed } : {}),
  }
}

function formatFix({ text, snippets = {}, consoles = {} }: Fix, locale: Locale): string {
  const parts = Object.entries(snippets).map(([server, lines]) => `${server}:\n${lines}`)
  const ways = Object.entries(consoles).map(([cloud, way]) => `${cloud}:\n${way[locale]}`)
  return [text[locale], ...parts, ...ways].join('\n\n')
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}
