/** What Java's JSSE refuses and how it verifies: java.security sets most of it, and updates change it. */
import { type Limits, NO_LIMITS } from '../limits.ts'
import type { Stack } from '../platform.ts'
import { type Policy, RFC5280 } from '../policy.ts'

export interface JavaRelease {
  /** The largest prime its Diffie-Hellman takes. */
  readonly dhMaxBits: number
  readonly edwards: boolean
}

export function java({
  dhMaxBits,
  edwards,
}: JavaRelease): Pick<Stack, 'limits' | 'policy' | 'ct' | 'fetchesIssuers'> {
  const limits: Limits = {
    ...NO_LIMITS,
    dhBits: { min: 1024, max: dhMaxBits },
    downgradeMark: 'checked',
    sources: javaSources,
  }
  return {
    limits,
    policy: edwards ? { ...policy, keys: { ...policy.keys, algorithms: modern } } : policy,
    ct: null,
    // com.sun.security.enableAIAcaIssuers is off.
    fetchesIssuers: 'no',
  }
}

const classic = ['RSA', 'P-256', 'P-384', 'P-521', 'EC-other'] as const
const modern = [...classic, 'RSA-PSS', 'Ed25519', 'Ed448'] as const

const policy: Policy = {
  ...RFC5280,
  // A trust anchor is a name and a key: its dates are not looked at.
  anchorExpiry: 'ignored',
  sha1: 'refused',
  keys: { rsaMinBits: 1024, ecMinBits: 224, algorithms: classic, anchor: false },
  intermediateEku: 'ignored',
  commonName: 'fallback',
  profile: 'client',
  // jdk.tls.maxCertificateChainLength
  maxDepth: 8,
}

export const javaSources: readonly string[] = [
  'java.security of OpenJDK 17.0.15: jdk.tls.disabledAlgorithms, jdk.certpath.disabledAlgorithms',
  'JSSE Reference Guide: sun.security.ssl.allowLegacyHelloMessages, com.sun.security.enableAIAcaIssuers, jdk.tls.maxCertificateChainLength',
  'tried: OpenJDK 17.0.15 against TLS 1.2 with DH of 1024 bits',
]
