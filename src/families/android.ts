/** What all releases of Android share: how the platform's TrustManager judges by version, and which stacks run there. */
import type { Hello } from '../hello.ts'
import type { Limits } from '../limits.ts'
import type { CtDemand, Platform } from '../platform.ts'
import type { Policy } from '../policy.ts'
import { compareVersions } from '../stores/version.ts'
import { same, type Text } from '../text.ts'
import { boringsslLimits, chromiumSources, withChromium } from './chromium.ts'
import { androidCt } from './ct.ts'
import { opensslLimits } from './openssl.ts'
import { cronet, wcwss, wechatSources } from './wechat.ts'

export interface AndroidRelease {
  /** First version it stands for; the store is that version's. */
  readonly since: string
  readonly title?: string
  /** What HttpURLConnection sends. */
  readonly hello: Hello
  /** What changed in this release, and what is not certain. */
  readonly notes: readonly Text[]
  readonly sources?: readonly string[]
}

export function android({ since, title, hello, notes, sources = [] }: AndroidRelease): Platform {
  const policy = androidPolicy(since)
  // Cronet passes no fetcher; the platform's verifier never fetches.
  const judgement = { ct: androidCtAt(since), fetchesIssuers: 'no' } as const
  return {
    id: `android-${since}`,
    family: 'android',
    title: same(title ?? `Android ${since}`),
    since,
    tier: compareVersions(since, '8') < 0 ? 'old' : 'current',
    stores: [{ name: 'android', version: since }],
    stacks: [
      cronet({ policy: withChromium(policy), ...judgement }),
      {
        apis: ['upload'],
        name: 'HttpURLConnection',
        hello,
        borrowed: null,
        ats: null,
        policy,
        limits: conscryptLimits(since),
        ...judgement,
      },
      // wcwss asks Java to verify, so the platform's rules hold.
      wcwss({ policy, ...judgement }),
    ],
    sources: [...wechatSources, ...androidSources, ...chromiumSources, ...sources],
    notes,
  }
}

/** How Conscrypt's TrustManagerImpl and HostnameVerifier judge a TLS server. */
export function androidPolicy(version: string): Policy {
  const from = (release: string) => compareVersions(version, release) >= 0
  return {
    // TrustManagerImpl tests the dates of the served certificates, not the anchor's.
    anchorExpiry: 'ignored',
    // ChainStrengthAnalyzer; SHA-1 joined its list with Conscrypt 1d6a0b84, in Android 10.
    sha1: from('10') ? 'refused' : 'accepted',
    // ChainStrengthAnalyzer: RSA 1024, EC 160; the anchor is not tested.
    keys: {
      rsaMinBits: 1024,
      ecMinBits: 160,
      algorithms: ['RSA', 'P-256', 'P-384', 'P-521'],
      anchor: false,
    },
    // ExtendedKeyUsagePKIXCertPathChecker: the leaf alone, absent is fine, any counts.
    leafEku: 'if-present',
    anyEku: 'accepted',
    intermediateEku: 'ignored',
    // OkHostnameVerifier, b/70278814: Android 9, and 8.1 once patched.
    commonName: from('9') ? 'ignored' : 'fallback',
    // TrustManagerImpl knows no limit.
    lifetimes: [],
    profile: 'client',
    maxDepth: MAX_DEPTH,
  }
}

/** OpenSSL up to Android 5, BoringSSL since. */
export function conscryptLimits(version: string): Limits {
  if (compareVersions(version, '6') < 0) return opensslLimits('1.0.1', 0)
  // TLS 1.3 is on from Android 10.
  return compareVersions(version, '10') < 0
    ? { ...boringsslLimits, downgradeMark: 'ignored' }
    : boringsslLimits
}

/** TrustManagerImpl builds at most 20 certificates, leaf and anchor among them. */
const MAX_DEPTH = 18

function androidCtAt(version: string): CtDemand | null {
  return compareVersions(version, '17') < 0 ? null : androidCt
}

export const androidSources: readonly string[] = [
  'google/conscrypt@3869db7b TrustManagerImpl.java, ChainStrengthAnalyzer.java, OkHostnameVerifier.java',
  'https://android.googlesource.com/platform/libcore/+/refs/tags/android-security-8.1.0_r90 (commonName)',
  'https://developer.android.com/about/versions/10/behavior-changes-all (TLS 1.3, SHA-1)',
]
