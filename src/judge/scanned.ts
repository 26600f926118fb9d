/** A scan as a target of the report. */
import type { Target } from '../connect/target.ts'
import type { Status } from '../grade.ts'
import type { FindingResult, TargetResult } from '../report.ts'
import { rules } from '../rules/index.ts'
import type { Scan } from '../scan/scan.ts'
import type { Text } from '../text.ts'
import { weaknessesOf } from '../weaknesses.ts'
import { compareFindings, fingerprintOf } from './findings.ts'

export function scannedTarget(target: Target, scan: Scan): TargetResult {
  const { input, host, port } = target
  const { servername, addresses, address, facts, error } = scan
  const findings = findingsOf(target, scan)
  const status = statusOf(scan, findings)
  return {
    input,
    host,
    port,
    servername,
    status,
    grade: null,
    error,
    addresses: addresses.map(({ ip, family }) => ({
      ip,
      family,
      status: ip === address?.ip ? status : 'not-checked',
      error: null,
      chain: null,
      handshake: null,
    })),
    platforms: [],
    server: null,
    chains: [],
    findings,
    ...(facts ? { scan: facts } : {}),
  }
}

function findingsOf(target: Target, { facts, speaks }: Scan): readonly FindingResult[] {
  if (!facts) return []
  const everywhere = { platforms: [], apis: [], chain: null }
  const weak = weaknessesOf(facts).map(({ about, ...found }) => ({
    ...found,
    ...everywhere,
    fingerprint: fingerprintOf({ rule: found.rule, about }, target),
  }))
  if (speaks === 'tls') return weak.sort(compareFindings)
  const rule =
    speaks === 'nothing' || speaks === 'binary' ? 'handshake-broken' : 'port-speaks-plaintext'
  const { title, severity } = rules[rule]
  return [
    {
      rule,
      severity,
      title,
      message: SPEAKS[speaks],
      fix: null,
      evidence: { speaks },
      ...everywhere,
      fingerprint: fingerprintOf({ rule, about: '' }, target),
    },
  ]
}

const SPEAKS: Readonly<Record<Exclude<Scan['speaks'], 'tls'>, Text>> = {
  http: {
    en: 'the port answers with HTTP instead of TLS',
    'zh-CN': '端口返回的是 HTTP 而不是 TLS',
  },
  ssh: { en: 'the port answers with SSH instead of TLS', 'zh-CN': '端口返回的是 SSH 而不是 TLS' },
  text: {
    en: 'the port answers with plain text instead of TLS',
    'zh-CN': '端口返回的是明文而不是 TLS',
  },
  binary: {
    en: 'the port answers with something that is not TLS',
    'zh-CN': '端口返回的内容不是 TLS',
  },
  nothing: {
    en: 'the server hangs up on every ClientHello',
    'zh-CN': '服务器收到 ClientHello 即断开连接',
  },
}

function statusOf({ facts }: Scan, findings: readonly FindingResult[]): Status {
  if (!facts) return 'unreachable'
  if (findings.some(({ severity }) => severity === 'error')) return 'fail'
  if (facts.protocols.some(({ offered, unknownSuites }) => offered === null || unknownSuites > 0))
    return 'unknown'
  return findings.some(({ severity }) => severity === 'warn') ? 'warn' : 'pass'
}
