/** Certificate Transparency: how many SCTs each system wants, and how firmly. */
import type { CtDemand, CtTable } from '../platform.ts'
import { compareVersions } from '../stores/version.ts'

const DAY = 86_400
/** Apple counts calendar months; a mean month is exact enough, for no leaf of today comes near a border. */
const MONTH = 30.4375 * DAY

const byMonths: CtTable = {
  notBeforeFrom: 0,
  operators: 1,
  steps: [
    { maxSeconds: 15 * MONTH, count: 2 },
    { maxSeconds: 27 * MONTH, count: 3 },
    { maxSeconds: 39 * MONTH, count: 4 },
    { maxSeconds: Number.POSITIVE_INFINITY, count: 5 },
  ],
}

/**
 * The 180 days are counted in seconds: CertificateTransparency.m of Security 61901. At most one SCT of each operator
 * counts, or two of three: either way two operators are needed.
 */
const byDays: CtTable = {
  notBeforeFrom: Date.parse('2021-04-21'),
  operators: 2,
  steps: [
    { maxSeconds: 180 * DAY, count: 2 },
    { maxSeconds: Number.POSITIVE_INFINITY, count: 3 },
  ],
}

/** Only NSURLSession fails for certain: the policies Cronet verifies with pass over the test, wcwss is unknown. */
export function appleCt(iosVersion: string, severity: CtDemand['severity']): CtDemand {
  return {
    severity,
    notBeforeFrom: Date.parse('2018-10-16'),
    // iOS 14.6 (Security 59754.120.12) brought the table by days.
    embedded: compareVersions(iosVersion, '14.6') < 0 ? [byMonths] : [byMonths, byDays],
    delivered: { count: 2, operators: 1 },
    sources: [
      'https://support.apple.com/en-us/103214',
      'apple-oss-distributions/Security 58286.230.21 SecPolicyCheckSystemTrustedCTRequired; 61901.0.87 trust/trustd/CertificateTransparency.m',
    ],
  }
}

/** Announced as the default for apps that target Android 17; what WeChat targets is not known. */
export const androidCt: CtDemand = {
  severity: 'warn',
  notBeforeFrom: 0,
  embedded: [{ ...byDays, notBeforeFrom: 0 }],
  delivered: { count: 2, operators: 2 },
  sources: [
    'https://developer.android.com/privacy-and-security/certificate-transparency-policy',
    'https://developer.android.google.cn/about/versions/17/summary',
  ],
}

/** Chrome and Edge enforce it, from Chrome 68 on. */
export function chromeCt(major: number): CtDemand | null {
  return major < 68 ? null : { ...chromiumCt, severity: 'error' }
}

/** Chromium without Google's branding does not enforce it; macOS, which verifies for it, may. */
export const chromiumCt: CtDemand = {
  severity: 'warn',
  notBeforeFrom: Date.parse('2018-05-01'),
  embedded: [{ ...byDays, notBeforeFrom: 0 }],
  delivered: { count: 2, operators: 2 },
  sources: [
    'https://googlechrome.github.io/CertificateTransparency',
    'https://groups.google.com/a/chromium.org/g/embedder-dev/c/5lNqbPHOhy4',
  ],
}
