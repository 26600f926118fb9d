/** What Firefox (NSS and mozilla::pkix) refuses and how it verifies. */
import { type Limits, NO_LIMITS } from '../limits.ts'
import type { CtDemand, Stack } from '../platform.ts'
import { type Policy, WEBPKI } from '../policy.ts'
import { chromiumCt } from './ct.ts'

export const firefoxSources: readonly string[] = [
  'nss lib/ssl/ssl3con.c: SSL_DH_MIN_P_BITS, the downgrade mark',
  'gecko security/certverifier, security/nss/lib/mozpkix: keys, extended key usage, MAX_SUBCA_COUNT, the TLS feature',
  'https://wiki.mozilla.org/SecurityEngineering/Certificate_Transparency',
]

const limits: Limits = {
  ...NO_LIMITS,
  dhBits: { min: 1023, max: 10_000 },
  downgradeMark: 'checked',
  mustStaple: 'checked',
  sources: firefoxSources,
}

const policy: Policy = {
  ...WEBPKI,
  keys: {
    rsaMinBits: 1024,
    ecMinBits: 256,
    algorithms: ['RSA', 'P-256', 'P-384', 'P-521'],
    anchor: true,
  },
  leafEku: 'if-present',
  lifetimes: [],
  profile: 'client',
  maxDepth: 6,
}

/** Enforced on desktops since Firefox 135. */
const ct: CtDemand = {
  ...chromiumCt,
  severity: 'error',
  sources: [
    'https://wiki.mozilla.org/SecurityEngineering/Certificate_Transparency',
    'https://groups.google.com/a/mozilla.org/g/dev-security-policy/c/OagRKpVirsA (Firefox 135)',
  ],
}

export const firefox: Pick<Stack, 'limits' | 'policy' | 'ct' | 'fetchesIssuers'> = {
  limits,
  policy,
  ct,
  // It fetches nothing; that it knows many intermediates beforehand is luck for a server.
  fetchesIssuers: 'no',
}
