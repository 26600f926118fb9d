/** What Chromium's network stack adds to a system's rules, wherever it runs: as Cronet on phones, as NW.js in DevTools. */
import { type Limits, NO_LIMITS } from '../limits.ts'
import type { LifetimeStep, Policy } from '../policy.ts'
import { VERSIONS } from '../wire/names.ts'

const DAY = 86_400

/** net/cert/cert_verify_proc.cc HasTooLongValidity, for built-in roots; months as the most days they can have. */
const lifetimes: readonly LifetimeStep[] = [
  { notBeforeFrom: Date.parse('2012-07-01'), maxSeconds: 1827 * DAY }, // 60 months
  { notBeforeFrom: Date.parse('2015-04-01'), maxSeconds: 1188 * DAY }, // 39 months
  { notBeforeFrom: Date.parse('2018-03-01'), maxSeconds: 825 * DAY },
  { notBeforeFrom: Date.parse('2020-09-01'), maxSeconds: 398 * DAY }, // Chromium 85 and later
]

export const chromiumSources: readonly string[] = [
  'chromium net/cert/cert_verify_proc.cc: SHA-1, IsWeakKey, HasTooLongValidity',
  'https://chromium.googlesource.com/chromium/src/+/b166233e0fb8edd9fd4e67bc4a6bfb8e35b79144 (commonName ignored)',
]

/** BoringSSL, wherever it runs: in Chromium, in Android's Conscrypt, and beneath Apple's network stack of today. */
export const boringsslLimits: Limits = {
  ...NO_LIMITS,
  dhBits: { min: 1024, max: 4096 },
  leafCurve: 'checked',
  // With RSA before TLS 1.3 it is the application that decides.
  keyUsage: ['ECDSA', 'TLS 1.3'],
  downgradeMark: 'checked',
  sources: [
    'boringssl ssl/ssl_cert.cc ssl_check_leaf_certificate: the curve of the leaf, and its key usage',
    'boringssl ssl/handshake_client.cc: BAD_DH_P_LENGTH (releases that had DHE), TLS13_DOWNGRADE',
  ],
}

/** Chrome 84 to 97 list TLS 1.0 and 1.1 and answer them with ERR_SSL_OBSOLETE_VERSION; 72 was the first to mind the downgrade mark. */
export function chromiumLimits(major: number): Limits {
  return {
    ...boringsslLimits,
    oldestVersion: VERSIONS[major < 84 ? 'TLS 1.0' : 'TLS 1.2'],
    keyUsage: major < 116 ? boringsslLimits.keyUsage : ['ECDSA', 'RSA', 'TLS 1.3'],
    downgradeMark: major < 72 ? 'ignored' : 'checked',
    sources: [
      ...boringsslLimits.sources,
      'https://chromestatus.com/feature/5759116003770368 (TLS 1.0 and 1.1)',
      'https://chromestatus.com/feature/5128354539765760 (downgrade mark)',
      'https://chromeenterprise.google/policies/#RSAKeyUsageForLocalAnchorsEnabled (key usage of RSA)',
    ],
  }
}

/** The system's policy, and Chromium's own on top: the stricter value of each. */
export function withChromium(system: Policy): Policy {
  return {
    ...system,
    sha1: 'refused', // cert_verify_proc.cc, from about Chrome 57
    commonName: 'ignored', // Chrome 58
    keys: { ...system.keys, rsaMinBits: Math.max(system.keys.rsaMinBits, 1024) }, // IsWeakKey
    lifetimes: stricter(system.lifetimes, lifetimes),
  }
}

/** Steps under which a certificate passes where it passes both. */
function stricter(a: readonly LifetimeStep[], b: readonly LifetimeStep[]): LifetimeStep[] {
  const dates = [...new Set([...a, ...b].map(step => step.notBeforeFrom))].sort((x, y) => x - y)
  return dates.map(notBeforeFrom => ({
    notBeforeFrom,
    maxSeconds: Math.min(limitAt(a, notBeforeFrom), limitAt(b, notBeforeFrom)),
  }))
}

function limitAt(steps: readonly LifetimeStep[], notBefore: number): number {
  return (
    steps.findLast(step => step.notBeforeFrom <= notBefore)?.maxSeconds ?? Number.POSITIVE_INFINITY
  )
}
