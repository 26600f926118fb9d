/** Names of the wire's code points, both ways: a hello spells them by name, a report looks a number up. */
import { ALERTS } from './names/alerts.ts'
import { EXTENSIONS } from './names/extensions.ts'
import { GROUPS } from './names/groups.ts'
import { SCHEMES } from './names/schemes.ts'
import { SUITES } from './names/suites.ts'

/** Protocol versions; SSL 2.0 has no hello of this kind. */
export const VERSIONS = {
  'SSL 3.0': 0x0300,
  'TLS 1.0': 0x0301,
  'TLS 1.1': 0x0302,
  'TLS 1.2': 0x0303,
  'TLS 1.3': 0x0304,
} as const

/** Algorithms of compress_certificate (RFC 8879 §7.3). */
export const CERTIFICATE_COMPRESSIONS = { zlib: 1, brotli: 2, zstd: 3 } as const

export type VersionName = keyof typeof VERSIONS
export type SuiteName = keyof typeof SUITES
export type GroupName = keyof typeof GROUPS
export type SchemeName = keyof typeof SCHEMES
export type ExtensionName = keyof typeof EXTENSIONS
export type AlertName = keyof typeof ALERTS
export type CertificateCompressionName = keyof typeof CERTIFICATE_COMPRESSIONS

export { ALERTS, EXTENSIONS, GROUPS, SCHEMES, SUITES }

export function versions(...names: readonly VersionName[]): readonly number[] {
  return names.map(name => VERSIONS[name])
}

export function suites(...names: readonly SuiteName[]): readonly number[] {
  return names.map(name => SUITES[name][0])
}

export function groups(...names: readonly GroupName[]): readonly number[] {
  return names.map(name => GROUPS[name])
}

export function schemes(...names: readonly SchemeName[]): readonly number[] {
  return names.map(name => SCHEMES[name])
}

export function certificateCompressions(
  ...names: readonly CertificateCompressionName[]
): readonly number[] {
  return names.map(name => CERTIFICATE_COMPRESSIONS[name])
}

export function versionName(code: number): string {
  return name(VERSIONS, code)
}

/** The name in IANA's registry. */
export function suiteName(code: number): string {
  return suiteNames.get(code) ?? hex(code)
}

/** The name `openssl ciphers` uses; null where OpenSSL never had the suite. */
export function opensslName(code: number): string | null {
  const suite = suiteNames.get(code)
  return (suite && SUITES[suite][1]) ?? null
}

export function groupName(code: number): string {
  return name(GROUPS, code)
}

export function schemeName(code: number): string {
  return name(SCHEMES, code)
}

export function extensionName(code: number): string {
  return name(EXTENSIONS, code)
}

export function alertName(code: number): string {
  return name(ALERTS, code, 2)
}

export function certificateCompressionName(code: number): string {
  return name(CERTIFICATE_COMPRESSIONS, code)
}

/** One of the sixteen values 0x0A0A, 0x1A1A ... 0xFAFA that mean nothing (RFC 8701 §2). */
export function isGrease(code: number): boolean {
  return (code & 0x0f0f) === 0x0a0a && code >> 8 === (code & 0xff)
}

const suiteNames = new Map(
  (Object.keys(SUITES) as SuiteName[]).map(suite => [SUITES[suite][0] as number, suite]),
)

const names = new WeakMap<Readonly<Record<string, number>>, Map<number, string>>()

function name(table: Readonly<Record<string, number>>, code: number, digits = 4): string {
  if (isGrease(code)) return 'GREASE'
  const byCode =
    names.get(table) ?? new Map(Object.entries(table).map(([key, value]) => [value, key]))
  names.set(table, byCode)
  return byCode.get(code) ?? hex(code, digits)
}

function hex(code: number, digits = 4): string {
  return `0x${code.toString(16).toUpperCase().padStart(digits, '0')}`
}
