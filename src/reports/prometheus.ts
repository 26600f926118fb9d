/** Prometheus' text format, for node_exporter's textfile collector. Families must not be torn apart, so it keeps all samples. */
import type { Level } from '../level.ts'
import { levelOf } from '../level.ts'
import { type Report, type RunInfo, type TargetResult, targetName } from '../report.ts'
import { SEVERITIES } from '../rule.ts'
import { visible } from '../text.ts'

/** The first four mean what blackbox_exporter means by them. */
const FAMILIES = {
  probe_success: 'Whether the server works for every platform that counts',
  probe_ssl_earliest_cert_expiry: 'Earliest end of a certificate that is sent, unix time',
  probe_ssl_last_chain_expiry_timestamp_seconds:
    'End of the path that holds longest, unix time; absent where no platform finds one',
  probe_tls_version_info: 'The TLS version that the first client gets',
  mpcert_platform_ok:
    'Whether an API works on a platform; absent where that could not be found out',
  mpcert_findings: 'Findings, those that were set aside left out',
  mpcert_level: 'How the target stands: 1 for the level that holds',
  mpcert_last_run_timestamp_seconds: 'When the run began, unix time',
  mpcert_build_info: 'The version of mpcert',
} as const

type Family = keyof typeof FAMILIES
type Labels = Readonly<Record<string, string>>

const SHOWN_LEVELS: readonly Level[] = ['ok', 'warn', 'critical', 'fail', 'unknown', 'unreachable']

const report: Report = {
  title: { en: 'Prometheus text format', 'zh-CN': 'Prometheus 文本格式' },
  begin(run) {
    const samples = new Map<Family, string[]>()
    const say = (family: Family, labels: Labels, value: number) => {
      const list = samples.get(family) ?? []
      list.push(`${family}${formatLabels(labels)} ${value}`)
      samples.set(family, list)
    }
    return {
      head: '',
      target(target) {
        describe(target, say)
        return ''
      },
      end() {
        describeRun(run, say)
        const families = Object.entries(FAMILIES) as [Family, string][]
        return families
          .filter(([family]) => samples.has(family))
          .map(([family, help]) =>
            [
              `# HELP ${family} ${help}`,
              `# TYPE ${family} gauge`,
              ...(samples.get(family) ?? []),
              '',
            ].join('\n'),
          )
          .join('')
      },
    }
  },
}

export default report

type Say = (family: Family, labels: Labels, value: number) => void

function describe(result: TargetResult, say: Say): void {
  const { status, chains, platforms, findings, addresses } = result
  const target = targetName(result)
  say('probe_success', { target }, status === 'pass' || status === 'warn' ? 1 : 0)
  const ends = chains.flatMap(({ sent }) => sent.flatMap(({ notAfter }) => notAfter ?? []))
  if (ends.length > 0) say('probe_ssl_earliest_cert_expiry', { target }, seconds(Math.min(...ends)))
  const holding = chains.flatMap(({ holdsUntil }) => holdsUntil ?? [])
  if (holding.length > 0)
    say('probe_ssl_last_chain_expiry_timestamp_seconds', { target }, seconds(Math.max(...holding)))
  const protocol = addresses.find(({ handshake }) => handshake)?.handshake?.protocol
  if (protocol)
    say('probe_tls_version_info', { target, version: protocol.replace(/^TLSv/, 'TLS ') }, 1)
  for (const { id, cells } of platforms)
    for (const { api, verdict } of cells)
      if (verdict !== 'unknown' && verdict !== 'not-checked')
        say('mpcert_platform_ok', { target, platform: id, api }, verdict === 'fail' ? 0 : 1)
  for (const severity of SEVERITIES) {
    const counted = findings.filter(one => one.severity === severity && !one.suppressed)
    say('mpcert_findings', { target, severity }, counted.length)
  }
  const level = levelOf(result)
  for (const one of SHOWN_LEVELS) say('mpcert_level', { target, level: one }, one === level ? 1 : 0)
}

function describeRun({ startedAt, toolVersion }: RunInfo, say: Say): void {
  say('mpcert_last_run_timestamp_seconds', {}, seconds(startedAt))
  say('mpcert_build_info', { version: toolVersion }, 1)
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}

/** UTF-8, with two signs escaped; the third is the end of a line. */
function formatLabels(labels: Labels): string {
  const list = Object.entries(labels).map(([name, value]) => {
    const escaped = visible(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"')
    return `${name}="${escaped}"`
  })
  return list.length > 0 ? `{${list.join(',')}}` : ''
}
