/** The library on one page. */

export { type VerifyInput, type VerifyResult, verifyChain } from './chain/verify-chain.ts'
export { type Checked, type CheckOptions, checkTarget as check } from './check.ts'
export { Names } from './connect/dns.ts'
export { createFetcher, type Fetcher, type FetchResult, offline } from './connect/fetch.ts'
export { type ProxyServer, parseProxy } from './connect/proxy.ts'
export { parseTarget, type Target } from './connect/target.ts'
export { DecodeError, type ErrorCode, MpcertError, UsageError } from './errors.ts'
export { type Grade, gradeOf as grade, type Status, type Verdict } from './grade.ts'
export { type JudgeOptions, judge } from './judge/judge.ts'
export type { Observation } from './observation.ts'
export { decodeObservation, encodeObservation } from './observation-file.ts'
export { type ObserveOptions, observe } from './observe/observe.ts'
export { APIS, type Api, type Platform, type Stack } from './platform.ts'
export type { Policy } from './policy.ts'
export {
  type Report,
  type ReportOptions,
  type Result,
  render,
  type TargetResult,
} from './report.ts'
export { reports } from './reports/index.ts'
export { toResult } from './result.ts'
export { type Finding, type Rule, SEVERITIES, type Severity } from './rule.ts'
export { rules } from './rules/index.ts'
export type { StarttlsId } from './starttls/index.ts'
export { onlyAnchors, withAnchors, withReplicas } from './stores/derive.ts'
export { STORE_NAMES, type Stores } from './stores/store.ts'
export { LOCALES, type Locale, type Text } from './text.ts'
export type * from './types.ts'
export { createWorld, type World } from './world.ts'
export { type Certificate, parseCertificate } from './x509/certificate.ts'
