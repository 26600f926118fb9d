/** What Windows' own TLS (Schannel) refuses and how Windows verifies. */
import { type Limits, NO_LIMITS } from '../limits.ts'
import type { Stack } from '../platform.ts'
import { type Policy, RFC5280 } from '../policy.ts'

export const schannelSources: readonly string[] = [
  'https://learn.microsoft.com/en-us/security-updates/securityadvisories/2016/3174644 (DH of 1024 bits)',
  'https://learn.microsoft.com/en-us/security-updates/securityadvisories/2012/2661254 (RSA of 1024 bits)',
  'https://learn.microsoft.com/en-us/security-updates/securityadvisories/2017/4010323 (SHA-1)',
]

const limits: Limits = {
  ...NO_LIMITS,
  dhBits: { min: 1024, max: 4096 },
  sources: schannelSources,
}

export const windowsPolicy: Policy = {
  ...RFC5280,
  sha1: 'refused',
  keys: {
    rsaMinBits: 1024,
    ecMinBits: 256,
    algorithms: ['RSA', 'P-256', 'P-384', 'P-521'],
    anchor: true,
  },
  commonName: 'fallback',
  profile: 'client',
}

export const schannel: Pick<Stack, 'limits' | 'policy' | 'ct' | 'fetchesIssuers'> = {
  limits,
  policy: windowsPolicy,
  ct: null,
  fetchesIssuers: 'yes',
}
