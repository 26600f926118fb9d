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
import { jsonText } from './json/text.ts'

export const SCHEMA_VERSION = '1.0'

/** Targets before run and summary: those are known last, and nothing is kept until then. */
const report: Report = {
  title: { en: 'JSON', 'zh-CN': 'JSON' },
  begin(run, { locale }) {
    let isFirst = true
    return {
      head: `${indented(openingJson(run), 0).slice(0, -2)},\n  "targets": [`,
      target(target) {
        const comma = isFirst ? '' : ','
        isFirst = false
        return `${comma}\n    ${indented(targetJson(target, locale), 4)}`
      },
      end(totals) {
        const { run: about, summary } = closingJson(run, totals)
        const rest = indented({ run: about, summary }, 0).slice(2)
        return `${isFirst ? '' : '\n  '}],\n${rest}\n`
      },
    }
  },
}

export default report

/** The report as plain data. */
export function toJson({ run, targets, totals }: Result, locale: Locale) {
  return {
    ...openingJson(run),
    targets: targets.map(target => targetJson(target, locale)),
    ...closingJson(run, totals),
  }
}

function openingJson({ toolVersion }: RunInfo) {
  return { schemaVersion: SCHEMA_VERSION, tool: { name: 'mpcert', version: toolVersion } }
}

/** What is known of a run after its last target. */
export function closingJson(run: RunInfo, { durationMs, counts }: Totals) {
  const targets = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return {
    ...openingJson(run),
    run: {
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
    },
    summary: { targets, ...counts },
  }
}

function indented(value: unknown, columns: number): string {
  return jsonText(value, 2).replaceAll('\n', `\n${' '.repeat(columns)}`)
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
    ...(target.origin ? { origin: target.origin } : {}),
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
  const { id, sent, missing, anchors, holdsUntil } = chain
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
    holdsUntil: holdsUntil === null ? null : isoTime(holdsUntil),
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
