/** What a cipher suite is made of, read from its registered name. */
import { opensslName, schemeName, suiteName } from './names.ts'

export interface Suite {
  readonly code: number
  readonly name: string
  readonly opensslName: string | null
  /** `any` in TLS 1.3, where the group decides; anonymous DH counts as `DHE` with authentication `anon`. */
  readonly keyExchange: string
  /** The kind of the server's key: `RSA`, `ECDSA`, `DSS`; or `anon`, `PSK`, `KRB5`, `any` ... */
  readonly authentication: string
  readonly exportGrade: boolean
  /** Algorithm, key size and mode, such as `AES_128_GCM`, `3DES_EDE_CBC`, `NULL`. */
  readonly cipher: string
  /** Key length in bits; 0 for NULL. */
  readonly bits: number
  /** Hash of the record MAC; `AEAD` where the cipher has none. */
  readonly mac: string
  /** Hash of the key derivation in TLS 1.2 and 1.3, as node:crypto names it. */
  readonly hash: string
  /** First version it may be used in; TLS 1.3's suites are for TLS 1.3 alone, all others for older versions. */
  readonly since: number
}

const CIPHER_AND_HASH =
  /^(.+?)(?:_(MD5|SHA|SHA256|SHA384|SHA512|SM3|NULL|IMIT|OMAC|GOST94|GOSTR3411))?(_OLD)?$/

const known = new Map<number, Suite>()

/** Null for a code that is no cipher suite: unknown, or one of the signalling values (SCSV). */
export function suiteOf(code: number): Suite | null {
  const cached = known.get(code)
  if (cached) return cached
  const name = suiteName(code)
  if (!/^(TLS|SSL)_/.test(name) || name.endsWith('_SCSV')) return null
  const suite = parse(code, name)
  known.set(code, suite)
  return suite
}

/** Suites that protect nobody today: NULL, EXPORT, RC4, DES, 3DES, and anonymous ones. */
export function isWeak({ authentication, exportGrade, cipher, bits }: Suite): boolean {
  const cracked = bits < 112 || cipher.startsWith('RC4') || cipher.startsWith('3DES')
  return authentication === 'anon' || exportGrade || cracked
}

/** The kind of key that the server proved itself with: `RSA`, `ECDSA`, `Ed25519`...; null where it has not yet. */
export function provenKey(cipher: number | null, signatureScheme: number | null): string | null {
  if (signatureScheme !== null) {
    const [kind = ''] = schemeName(signatureScheme).split('_')
    return kind.startsWith('ed') ? `E${kind.slice(1)}` : kind.toUpperCase()
  }
  const authentication = cipher === null ? 'any' : suiteOf(cipher)?.authentication
  return authentication === 'any' ? null : (authentication ?? null)
}

function parse(code: number, name: string): Suite {
  const [, exchange, rest = ''] = /^(?:TLS|SSL)_(?:(.+)_WITH_)?(.+)$/.exec(name) ?? []
  const [, algorithm = rest, suffix = '', draft = ''] = CIPHER_AND_HASH.exec(rest) ?? []
  const cipherName = algorithm + draft
  const aead = /GCM|CCM|POLY1305|MGM|AEGIS/.test(cipherName)
  // RFC 9150: integrity alone, TLS_SHA256_SHA256 being MAC and hash.
  const cipher = exchange === undefined && /^SHA/.test(cipherName) ? 'NULL' : cipherName
  const tls13 = exchange === undefined || cipherName.includes('MGM')
  const exportGrade = /EXPORT/.test(exchange ?? '')
  const parts = exchangeOf(exchange)
  return {
    code,
    name,
    opensslName: opensslName(code),
    ...parts,
    exportGrade,
    cipher,
    bits: bitsOf(cipher, exchange ?? ''),
    mac: aead ? 'AEAD' : suffix,
    hash: hashOf(suffix),
    since: tls13 ? 0x0304 : aead || needsTls12(suffix, parts.authentication) ? 0x0303 : 0x0300,
  }
}

function exchangeOf(exchange: string | undefined): Pick<Suite, 'keyExchange' | 'authentication'> {
  const name = exchange?.replace(/_EXPORT(1024)?$|_(OLD)?FIPS$/, '')
  if (name === undefined) return { keyExchange: 'any', authentication: 'any' }
  if (name.endsWith('_anon'))
    return { keyExchange: name.startsWith('EC') ? 'ECDHE' : 'DHE', authentication: 'anon' }
  if (name === 'PSK_DHE') return { keyExchange: 'DHE_PSK', authentication: 'PSK' }
  if (name === 'RSA_PSK') return { keyExchange: name, authentication: 'RSA' }
  if (name.endsWith('_PSK')) return { keyExchange: name, authentication: 'PSK' }
  if (name.startsWith('SRP_SHA'))
    return { keyExchange: 'SRP', authentication: name.slice('SRP_SHA_'.length) || 'SRP' }
  if (name.startsWith('GOST')) return { keyExchange: 'GOST', authentication: name }
  const [keyExchange = name, authentication = keyExchange] = name.split('_')
  return { keyExchange, authentication }
}

function bitsOf(cipher: string, exchange: string): number {
  if (cipher === '3DES_EDE_CBC') return 168
  if (/^DES_CBC$/.test(cipher)) return 56
  if (/^(IDEA|SEED|SM4)/.test(cipher)) return 128
  if (/^(CHACHA20|28147|KUZNYECHIK|MAGMA)/.test(cipher)) return 256
  if (cipher === 'FORTEZZA_CBC') return 80
  // AES_128_GCM, RC4_40, RC2_CBC_40, DES40_CBC, AEGIS_128L, and AES_128_CCM_8, whose 8 is the length of its tag.
  const bits = /(?:_|^DES)(\d{2,3})L?(?=_|$)/.exec(cipher)
  return bits ? Number(bits[1]) : exchange.includes('EXPORT') ? 40 : 0
}

function hashOf(suffix: string): string {
  return suffix === 'SHA384'
    ? 'sha384'
    : suffix === 'SHA512'
      ? 'sha512'
      : suffix === 'SM3'
        ? 'sm3'
        : 'sha256'
}

/** RFC 5246 §A.5, RFC 5289 §4; the PSK suites of RFC 5487 §3 and RFC 5489 §3 go with any version. */
function needsTls12(suffix: string, authentication: string): boolean {
  return /^SHA(256|384)$/.test(suffix) && authentication !== 'PSK'
}
