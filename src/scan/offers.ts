/** The hellos of a scan, and what they offer: as plain as a server of that version may expect, one thing in question. */
import type { ClientHelloSpec, ExtensionSpec } from '../wire/client-hello.ts'
import {
  GROUPS,
  groups,
  isGrease,
  SCHEMES,
  SUITES,
  schemeName,
  schemes,
  suites,
  VERSIONS,
} from '../wire/names.ts'
import { type Suite, suiteOf } from '../wire/suite.ts'

/** What a hello says other than usual. */
export interface Offer {
  readonly version: number
  readonly suites: readonly number[]
  readonly groups?: readonly number[]
  readonly keyShares?: readonly number[]
  readonly signatureSchemes?: readonly number[]
  readonly compressionMethods?: readonly number[]
}

const TLS_1_2 = VERSIONS['TLS 1.2']
const TLS_1_3 = VERSIONS['TLS 1.3']

const all = Object.values(SUITES).flatMap(([code]) => suiteOf(code) ?? [])

/** What most servers of that version speak, dealt into the first offers; then all others, known to OpenSSL first. */
export function suitesFor(version: number): {
  readonly likely: readonly number[]
  readonly common: readonly number[]
  readonly others: readonly number[]
} {
  const isFor13 = version === TLS_1_3
  const codes = (list: readonly Suite[]) => list.map(({ code }) => code)
  const usable = all.filter(({ since }) => (since === TLS_1_3) === isFor13)
  const likely = isFor13 ? LIKELY_1_3 : version === TLS_1_2 ? LIKELY_1_2 : []
  const rest = usable.filter(({ code }) => !likely.includes(code))
  const isCommon = (suite: Suite) =>
    COMMON.test(suite.name) && !isFor13 && (version === TLS_1_2 || suite.since < TLS_1_2)
  return {
    likely,
    common: codes(rest.filter(isCommon)),
    others: codes(rest.filter(suite => !isCommon(suite))),
  }
}

const LIKELY_1_3 = suites(
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
)

const LIKELY_1_2 = suites(
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
)

const COMMON =
  /^TLS_(?:(?:ECDHE_ECDSA|ECDHE_RSA|DHE_RSA|RSA)_WITH_(?:AES_(?:128|256)_(?:GCM|CBC)|3DES|RC4|CAMELLIA_(?:128|256)_CBC)|DHE_RSA_WITH_CHACHA20_POLY1305_SHA256$|RSA_WITH_(?:SEED|IDEA|DES)|RSA_EXPORT_)/

/** Suites that sign an exchange over a curve with that kind of key; the ones OpenSSL knows do for a question. */
export function curveSuites(authentication: 'RSA' | 'ECDSA'): readonly number[] {
  return all
    .filter(suite => suite.keyExchange === 'ECDHE' && suite.authentication === authentication)
    .filter(({ opensslName }) => opensslName !== null)
    .map(({ code }) => code)
}

/** Suites whose exchange is signed with that kind of key. */
export function signedSuites(authentication: 'RSA' | 'ECDSA' | 'DSS'): readonly number[] {
  return all
    .filter(({ keyExchange }) => keyExchange === 'ECDHE' || keyExchange === 'DHE')
    .filter(suite => suite.authentication === authentication && !suite.exportGrade)
    .filter(({ opensslName }) => opensslName !== null)
    .map(({ code }) => code)
}

export const LIKELY_CURVES: readonly number[] = groups(
  'x25519',
  'secp256r1',
  'secp384r1',
  'secp521r1',
  'x448',
)

/** Curves of TLS 1.2 and older, likely ones first; a curve that is spelled out is never asked for. */
export const CURVES: readonly number[] = [
  ...LIKELY_CURVES,
  ...groups('brainpoolP256r1', 'brainpoolP384r1', 'brainpoolP512r1', 'secp256k1', 'secp224r1'),
  ...Object.values(GROUPS).filter(code => code < GROUPS.secp224r1),
]

export const FIELDS: readonly number[] = groups(
  'ffdhe2048',
  'ffdhe3072',
  'ffdhe4096',
  'ffdhe6144',
  'ffdhe8192',
)

/** Groups of TLS 1.3, likely ones first. */
export const GROUPS_1_3: readonly number[] = [
  ...groups('x25519', 'secp256r1', 'secp384r1', 'secp521r1', 'x448', 'X25519MLKEM768'),
  ...FIELDS,
  ...groups('SecP256r1MLKEM768', 'SecP384r1MLKEM1024', 'curveSM2MLKEM768'),
  ...groups('MLKEM512', 'MLKEM768', 'MLKEM1024', 'X25519Kyber768Draft00'),
  ...groups('SecP256r1Kyber768Draft00', 'CECPQ2', 'curveSM2'),
  ...groups('brainpoolP256r1tls13', 'brainpoolP384r1tls13', 'brainpoolP512r1tls13'),
  ...groups('GC256A', 'GC256B', 'GC256C', 'GC256D', 'GC512A', 'GC512B', 'GC512C'),
]

export const LIKELY_SCHEMES: readonly number[] = schemes(
  'rsa_pss_rsae_sha256',
  'rsa_pss_rsae_sha384',
  'rsa_pss_rsae_sha512',
  'ecdsa_secp256r1_sha256',
  'ecdsa_secp384r1_sha384',
  'ecdsa_secp521r1_sha512',
  'rsa_pkcs1_sha256',
  'rsa_pkcs1_sha384',
  'rsa_pkcs1_sha512',
)

export const ALL_SCHEMES: readonly number[] = [
  ...new Set([...LIKELY_SCHEMES, ...Object.values(SCHEMES).filter(code => !isGrease(code))]),
]

/** What TLS 1.3 may sign with: PKCS #1 and SHA-1 are for certificates alone there (RFC 8446 §4.2.3). */
export const SCHEMES_1_3: readonly number[] = ALL_SCHEMES.filter(
  code => code >= 0x0700 || schemeName(code).startsWith('ecdsa_secp'),
)

const OLD: readonly ExtensionSpec[] = [
  'server_name',
  'renegotiation_info',
  'extended_master_secret',
  'session_ticket',
  'supported_groups',
  'ec_point_formats',
]

const EXTENSIONS_BY_VERSION: Readonly<Record<number, readonly ExtensionSpec[]>> = {
  // Servers of that time know none.
  [VERSIONS['SSL 3.0']]: [],
  [VERSIONS['TLS 1.0']]: OLD,
  [VERSIONS['TLS 1.1']]: OLD,
  [TLS_1_2]: [...OLD, 'signature_algorithms'],
  [TLS_1_3]: [
    'server_name',
    'supported_groups',
    'signature_algorithms',
    'supported_versions',
    'psk_key_exchange_modes',
    'key_share',
  ],
}

export function helloFor(offer: Offer): ClientHelloSpec {
  const { version } = offer
  const isFor13 = version === TLS_1_3
  return {
    recordVersion: Math.min(version, VERSIONS['TLS 1.0']),
    legacyVersion: Math.min(version, TLS_1_2),
    versions: [version],
    sessionIdLength: isFor13 ? 32 : 0,
    suites: offer.suites,
    compressionMethods: offer.compressionMethods ?? [0],
    groups: offer.groups ?? (isFor13 ? GROUPS_1_3 : CURVES),
    keyShares: offer.keyShares ?? (isFor13 ? groups('x25519') : []),
    signatureSchemes: offer.signatureSchemes ?? (isFor13 ? SCHEMES_1_3 : ALL_SCHEMES),
    alpn: [],
    pointFormats: [0],
    pskModes: [1],
    certificateCompression: [],
    grease: false,
    shuffled: false,
    extensions: EXTENSIONS_BY_VERSION[version] ?? OLD,
  }
}
