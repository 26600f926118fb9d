/** What all releases of iOS share: how SecTrust judges by version, and which stacks run on the phone. */
import type { Hello } from '../hello.ts'
import { type Limits, NO_LIMITS } from '../limits.ts'
import type { Ats, Platform, Stack } from '../platform.ts'
import type { LifetimeStep, Policy } from '../policy.ts'
import { compareVersions } from '../stores/version.ts'
import { same, type Text } from '../text.ts'
import { restrictToAts } from './ats.ts'
import { chromiumSources, withChromium } from './chromium.ts'
import { appleCt } from './ct.ts'
import { cronet, wcwss, wechatSources } from './wechat.ts'

export interface IosRelease {
  /** First version it stands for; the store is that version's. */
  readonly since: string
  /** What the system's own stack sends where ATS does not bind. */
  readonly hello: Hello
  readonly ats: Ats
  /** What changed in this release, and what is not certain. */
  readonly notes: readonly Text[]
  readonly sources?: readonly string[]
}

export function ios({ since, hello, ats, notes, sources = [] }: IosRelease): Platform {
  return {
    id: `ios-${since}`,
    family: 'ios',
    title: same(`iOS ${since}`),
    since,
    tier: compareVersions(since, '14') < 0 ? 'old' : 'current',
    stores: [{ name: 'apple', version: since }],
    stacks: stacks(since, hello, ats),
    sources: [...wechatSources, ...appleSources, ...chromiumSources, ...ats.sources, ...sources],
    notes,
  }
}

function stacks(version: string, hello: Hello, ats: Ats): Stack[] {
  const policy = applePolicy(version)
  const unsure = { ct: appleCt(version, 'warn'), fetchesIssuers: 'doubtful' } as const
  return [
    cronet({ policy: withChromium(policy), ...unsure }),
    {
      apis: ['upload'],
      name: 'NSURLSession',
      hello: restrictToAts(hello, ats),
      borrowed: null,
      ats,
      policy,
      limits: appleLimits(version),
      ct: appleCt(version, 'error'),
      // SecTrustSetNetworkFetchAllowed: on by default for the SSL policy.
      fetchesIssuers: 'yes',
    },
    wcwss({ policy, ...unsure }),
  ]
}

/** Secure Transport, and BoringSSL beneath the network stack that followed it; TLS 1.3 is on from iOS 12.2. */
export function appleLimits(version: string): Limits {
  return {
    ...NO_LIMITS,
    leafCurve: 'checked',
    downgradeMark: compareVersions(version, '12.2') < 0 ? 'ignored' : 'checked',
    sources: [
      'RFC 8446 section 4.1.3: who offers TLS 1.3 must mind the downgrade mark',
      'apple-oss-distributions/Security 57740 OSX/libsecurity_ssl: the curve of the leaf',
    ],
  }
}

/** How SecTrust judges a TLS server under a built-in anchor, from iOS 9 on. */
export function applePolicy(version: string): Policy {
  const from = (release: string) => compareVersions(version, release) >= 0
  return {
    // Apple tests the dates of the whole path, the root's too.
    anchorExpiry: 'checked',
    // iOS 11: SystemTrustedWeakHash.
    sha1: from('11') ? 'refused' : 'accepted',
    keys: {
      // iOS 11: SystemTrustedWeakKey; iOS 13: StrongKeySize, which knows RSA and EC alone.
      rsaMinBits: from('11') ? 2048 : 1024,
      ecMinBits: from('13') ? 256 : 224,
      algorithms: ['RSA', 'P-256', 'P-384', 'P-521'],
      // iOS 13: every certificate of the path, root included.
      anchor: from('13'),
    },
    // iOS 13: SecPolicyCheckServerAuthEKU, for built-in anchors whatever the date.
    leafEku: from('13') ? 'required' : 'if-present',
    anyEku: from('13') ? 'refused' : 'accepted',
    // iOS 14 (Security 59754.41.1).
    intermediateEku: from('14') ? 'checked' : 'ignored',
    // iOS 13 (Security 59306): SecCertificateCopyDNSNamesFromSAN.
    commonName: from('13') ? 'ignored' : 'fallback',
    lifetimes: [...(from('13') ? [days825] : []), ...(from('14') ? [days398] : [])],
    profile: 'client',
    maxDepth: MAX_DEPTH,
  }
}

/** No limit of Apple's is documented: as deep as a path is looked for. */
const MAX_DEPTH = 10

/** SecPolicy.c set_ssl_validity_periods: 825 days with an hour's slip, 398 days without. */
const days825: LifetimeStep = { notBeforeFrom: Date.parse('2018-03-01'), maxSeconds: 71_283_600 }
const days398: LifetimeStep = { notBeforeFrom: Date.parse('2020-09-01'), maxSeconds: 34_387_200 }

export const appleSources: readonly string[] = [
  'https://support.apple.com/en-us/103769 (iOS 13: keys, hashes, SAN, EKU, 825 days)',
  'https://support.apple.com/en-us/102028 (398 days)',
  'https://support.apple.com/en-us/103214 (Certificate Transparency)',
  'https://developer.apple.com/documentation/security/sectrustsetnetworkfetchallowed(_:_:)',
  'apple-oss-distributions/Security 58286, 59306, 59754, 61901 SecPolicy.c, SecPolicyServer.c',
]
