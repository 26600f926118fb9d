/** What OpenSSL refuses and how it verifies, by release and security level; programs on it differ in their hello. */
import { type Limits, NO_LIMITS } from '../limits.ts'
import type { Stack } from '../platform.ts'
import { type Policy, RFC5280 } from '../policy.ts'
import { compareVersions } from '../stores/version.ts'

/** As published 1 up to OpenSSL 3.1 and 2 since; distributions set 2. */
export type SecurityLevel = 0 | 1 | 2

/** Smallest primes of DH and RSA by level: 80 and 112 bits of strength from level 1 on. */
const FIELD_BITS: Readonly<Record<SecurityLevel, number>> = { 0: 512, 1: 1024, 2: 2048 }
const CURVE_BITS: Readonly<Record<SecurityLevel, number>> = { 0: 112, 1: 160, 2: 224 }

export function opensslLimits(version: string, level: SecurityLevel): Limits {
  const from = (release: string) => compareVersions(version, release) >= 0
  return {
    ...NO_LIMITS,
    legacySignatures: from('3.0') && level > 0 ? 'refused' : 'accepted',
    // Level 0 is no leave to go below what its predecessors demanded: 768 bits since 1.0.1n, 1024 since 1.0.2f.
    dhBits: { min: from('1.0.2') ? Math.max(1024, FIELD_BITS[level]) : 768, max: 10_000 },
    leafCurve: from('1.0.2') ? 'checked' : 'ignored',
    keyUsage: ['ECDSA'],
    downgradeMark: from('1.1.1') ? 'checked' : 'ignored',
    legacyRenegotiation: from('3.0') ? 'refused' : 'accepted',
    sources: opensslSources,
  }
}

function opensslPolicy(version: string, level: SecurityLevel): Policy {
  return {
    ...RFC5280,
    // SHA-1 counts 63 bits since 3.0, 80 before.
    sha1: level > (compareVersions(version, '3.0') < 0 ? 1 : 0) ? 'refused' : 'accepted',
    keys: {
      ...RFC5280.keys,
      rsaMinBits: FIELD_BITS[level],
      ecMinBits: CURVE_BITS[level],
    },
    // check_purpose_ssl_server: an extendedKeyUsage must list serverAuth, in a CA's certificate too.
    anyEku: 'refused',
    commonName: 'fallback',
    profile: 'client',
    maxDepth: 100,
  }
}

/** A program that links OpenSSL and asks nobody else to verify. */
export function openssl(
  version: string,
  level: SecurityLevel,
): Pick<Stack, 'limits' | 'policy' | 'ct' | 'fetchesIssuers'> {
  return {
    limits: opensslLimits(version, level),
    policy: opensslPolicy(version, level),
    ct: null,
    fetchesIssuers: 'no',
  }
}

export const opensslSources: readonly string[] = [
  'https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/ (levels)',
  'https://docs.openssl.org/3.0/man7/migration_guide/ (secure renegotiation, SHA-1, TLS 1.0 at level 1 and up)',
  'openssl 1.0.2 to 3.0 ssl/t1_lib.c tls12_check_peer_sigalg (the curve of the leaf), ssl/ssl_lib.c ssl_check_srvr_ecc_cert_and_alg (key usage), ssl/statem/statem_clnt.c tls_process_ske_dhe, ssl/ssl_cert.c ssl_security_default_callback (DH at level 0)',
  'tried: openssl s_client 3.0.19 (Debian 12) against TLS 1.0 and 1.1 with ECDHE and with static RSA, DH of 1024 bits at levels 1 and 2',
]
