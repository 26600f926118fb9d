/** Whether a signature over the key exchange is of a fitting scheme and verifies (RFC 8446 §4.2.3, RFC 5246 §7.4.1.4.1). */
import { constants, type KeyObject, verify } from 'node:crypto'
import { SCHEMES, schemeName } from './names.ts'
import { violate } from './violation.ts'

interface Scheme {
  readonly kind: 'pkcs1' | 'pss' | 'ecdsa' | 'dsa' | 'eddsa'
  /** KeyObject.asymmetricKeyType that it goes with. */
  readonly keyType: string
  /** Null where the scheme hashes by itself. */
  readonly hash: string | null
  /** The curve TLS 1.3 binds it to; null in schemes that TLS 1.3 does not use. */
  readonly curve: string | null
}

const PSS_AND_EDWARDS: Readonly<Record<number, Scheme>> = {
  [SCHEMES.rsa_pss_rsae_sha256]: { kind: 'pss', keyType: 'rsa', hash: 'sha256', curve: null },
  [SCHEMES.rsa_pss_rsae_sha384]: { kind: 'pss', keyType: 'rsa', hash: 'sha384', curve: null },
  [SCHEMES.rsa_pss_rsae_sha512]: { kind: 'pss', keyType: 'rsa', hash: 'sha512', curve: null },
  [SCHEMES.rsa_pss_pss_sha256]: { kind: 'pss', keyType: 'rsa-pss', hash: 'sha256', curve: null },
  [SCHEMES.rsa_pss_pss_sha384]: { kind: 'pss', keyType: 'rsa-pss', hash: 'sha384', curve: null },
  [SCHEMES.rsa_pss_pss_sha512]: { kind: 'pss', keyType: 'rsa-pss', hash: 'sha512', curve: null },
  [SCHEMES.ed25519]: { kind: 'eddsa', keyType: 'ed25519', hash: null, curve: null },
  [SCHEMES.ed448]: { kind: 'eddsa', keyType: 'ed448', hash: null, curve: null },
  [SCHEMES.ecdsa_brainpoolP256r1tls13_sha256]: brainpool('brainpoolP256r1', 'sha256'),
  [SCHEMES.ecdsa_brainpoolP384r1tls13_sha384]: brainpool('brainpoolP384r1', 'sha384'),
  [SCHEMES.ecdsa_brainpoolP512r1tls13_sha512]: brainpool('brainpoolP512r1', 'sha512'),
}

/** As long as the hash. */
const PSS_SALT = constants.RSA_PSS_SALTLEN_DIGEST

const PAIR_HASHES = ['', 'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']
const PAIR_CURVES: Readonly<Record<string, string>> = {
  sha256: 'prime256v1',
  sha384: 'secp384r1',
  sha512: 'secp521r1',
}

/** Verifies the CertificateVerify of TLS 1.3; @throws ProtocolViolation */
export function verify13(
  scheme: number,
  key: KeyObject,
  content: Uint8Array,
  signature: Uint8Array,
): void {
  const known = schemeOf(scheme)
  if (known?.kind === 'pkcs1' || known?.kind === 'dsa' || (known?.kind === 'ecdsa' && !known.curve))
    violate('illegal-parameter', `${schemeName(scheme)} in TLS 1.3`, 'illegal_parameter')
  const curve = key.asymmetricKeyDetails?.namedCurve
  if (!known || !fits(known, key) || (known.curve && known.curve !== curve)) wrongKey(scheme, key)
  check(known, key, content, signature)
}

/** Verifies a ServerKeyExchange; `scheme` is null before TLS 1.2. @throws ProtocolViolation */
export function verify12(
  scheme: number | null,
  key: KeyObject,
  content: Uint8Array,
  signature: Uint8Array,
): void {
  const known = scheme === null ? legacyScheme(key) : schemeOf(scheme)
  if (!known || !fits(known, key)) wrongKey(scheme, key)
  check(known, key, content, signature)
}

function schemeOf(code: number): Scheme | null {
  const hash = PAIR_HASHES[code >> 8]
  if (!hash) return PSS_AND_EDWARDS[code] ?? null
  switch (code & 0xff) {
    case 1:
      return { kind: 'pkcs1', keyType: 'rsa', hash, curve: null }
    case 2:
      return { kind: 'dsa', keyType: 'dsa', hash, curve: null }
    case 3:
      return { kind: 'ecdsa', keyType: 'ec', hash, curve: PAIR_CURVES[hash] ?? null }
    default:
      return null
  }
}

/** TLS 1.0 and 1.1 fix the hash by the kind of key (RFC 4346 §7.4.3, RFC 4492 §5.4). */
function legacyScheme(key: KeyObject): Scheme | null {
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return { kind: 'pkcs1', keyType: 'rsa', hash: 'md5-sha1', curve: null }
    case 'ec':
      return { kind: 'ecdsa', keyType: 'ec', hash: 'sha1', curve: null }
    case 'dsa':
      return { kind: 'dsa', keyType: 'dsa', hash: 'sha1', curve: null }
    default:
      return null
  }
}

function fits(scheme: Scheme, key: KeyObject): boolean {
  return scheme.keyType === key.asymmetricKeyType
}

function wrongKey(scheme: number | null, key: KeyObject): never {
  const name = scheme === null ? 'the signature of this version' : schemeName(scheme)
  const kind = key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType
  return violate('key-unsupported', `${name} with a key of ${kind}`, 'illegal_parameter')
}

function check(
  { kind, hash }: Scheme,
  key: KeyObject,
  content: Uint8Array,
  signature: Uint8Array,
): void {
  const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: PSS_SALT }
  try {
    if (verify(hash, content, kind === 'pss' ? { key, ...padding } : key, signature)) return
  } catch {
    // OpenSSL throws for a key too small for the hash, and for RSA-PSS parameters the key forbids.
  }
  violate('bad-signature', 'the key exchange is not signed by the leaf', 'decrypt_error')
}

function brainpool(curve: string, hash: string): Scheme {
  return { kind: 'ecdsa', keyType: 'ec', hash, curve }
}
