/** What Java's JSSE refuses and how it verifies: java.security sets most of it, and updates change it. */
import { type Limits, NO_LIMITS } from '../limits.ts'
import type { Stack } from '../platform.ts'
import { type Policy, RFC5280 } from '../policy.ts'

export interface JavaRelease {
  /** The largest prime its Diffie-Hellman takes. */
  readonly dhMaxBits: number
  /** Java 16 and newer: Edwards keys, and no curves but those of NIST. */
  readonly modern: boolean
}

export function java({
  dhMaxBits,
  modern,
}: JavaRelease): Pick<Stack, 'limits' | 'policy' | 'ct' | 'fetchesIssuers'> {
  const limits: Limits = {
    ...NO_LIMITS,
    dhBits: { min: 1024, max: dhMaxBits },
    keyUsage: ['ECDSA', 'RSA', 'TLS 1.3'],
    downgradeMark: 'checked',
    sources: javaSources,
  }
  return {
    limits,
    policy: modern ? modernPolicy : policy,
    ct: null,
    // com.sun.security.enableAIAcaIssuers is off.
    fetchesIssuers: 'no',
  }
}

const policy: Policy = {
  ...RFC5280,
  // A trust anchor is a name and a key: its dates are not looked at.
  anchorExpiry: 'ignored',
  sha1: 'refused',
  keys: {
    rsaMinBits: 1024,
    ecMinBits: 224,
    algorithms: ['RSA', 'P-256', 'P-384', 'P-521', 'EC-other'],
    anchor: false,
  },
  intermediateEku: 'ignored',
  commonName: 'fallback',
  profile: 'client',
  // jdk.tls.maxCertificateChainLength
  maxDepth: 8,
}

const modernPolicy: Policy = {
  ...policy,
  keys: {
    ...policy.keys,
    algorithms: ['RSA', 'RSA-PSS', 'P-256', 'P-384', 'P-521', 'Ed25519', 'Ed448'],
  },
}

export const javaSources: readonly string[] = [
  'java.security of OpenJDK 17.0.15: jdk.tls.disabledAlgorithms, jdk.certpath.disabledAlgorithms',
  'OpenJDK sun.security.validator.EndEntityChecker checkTLSServer: key usage by key exchange',
  'JSSE Reference Guide: sun.security.ssl.allowLegacyHelloMessages, com.sun.security.enableAIAcaIssuers, jdk.tls.maxCertificateChainLength',
  'tried: OpenJDK 17.0.15 against DH of 1024 to 4096 bits, leaves on other curves, no secure renegotiation, a downgrade mark',
]
