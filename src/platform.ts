/** The contract of a platform: a client as data. Whom it trusts, how it judges, which hello each of its stacks sends. */
import type { Hello } from './hello.ts'
import type { Limits } from './limits.ts'
import type { Policy } from './policy.ts'
import type { StoreName } from './stores/store.ts'
import { compareVersions } from './stores/version.ts'
import type { Text } from './text.ts'

export const FAMILIES = ['ios', 'android', 'harmony', 'devtools', 'reference'] as const
export type Family = (typeof FAMILIES)[number]

/** `unproven`: nobody has captured what its stacks send. `reference`: no client of today's Mini Programs, judged where it is asked for. */
export const TIERS = ['current', 'old', 'unproven', 'reference'] as const
export type Tier = (typeof TIERS)[number]

export const APIS = ['request', 'download', 'upload', 'socket'] as const
/** wx.request, wx.downloadFile, wx.uploadFile, wx.connectSocket. */
export type Api = (typeof APIS)[number]

/** Id of the platform that stands for a client the user brings. */
export const OWN_CLIENT = 'client-hello'

/** One OS release at which the store, a hello or a policy changes; it stands for all releases until the next. */
export interface Platform {
  /** File name in platforms/; part of the API. */
  readonly id: string
  readonly family: Family
  readonly title: Text
  /** First OS version it stands for, such as `14.5`. */
  readonly since: string
  readonly tier: Tier
  /** Every one of them must trust the chain: DevTools runs on Windows and on macOS. */
  readonly stores: readonly StoreRef[]
  /** Each API is served by one stack at most. */
  readonly stacks: readonly Stack[]
  readonly sources: readonly string[]
  /** What changed in this release, and what is not certain. */
  readonly notes: readonly Text[]
}

/** A store as the client of this version has it; `Stores.versionFor` folds it to the list in force. */
export interface StoreRef {
  readonly name: StoreName
  readonly version: string
}

/** One TLS stack of a phone. One phone runs several; each serves some APIs and is judged apart. */
export interface Stack {
  readonly apis: readonly Api[]
  /** The software, such as `Cronet` or `NSURLSession`. */
  readonly name: string
  /** What it sends; App Transport Security has narrowed it already where `ats` binds. */
  readonly hello: Hello
  /** No capture of this stack exists: the hello is that of a relative, and `why` says which and why. */
  readonly borrowed: { readonly why: Text } | null
  /** App Transport Security binds this stack. */
  readonly ats: Ats | null
  readonly policy: Policy
  readonly limits: Limits
  readonly ct: CtDemand | null
  /** Whether it completes a chain from caIssuers URLs. */
  readonly fetchesIssuers: 'yes' | 'no' | 'doubtful'
}

/** App Transport Security of a range of releases: TLS 1.2 or newer, these suites, these certificates. */
export interface Ats {
  readonly releases: string
  readonly suites: readonly number[]
  readonly rsaMinBits: number
  readonly ecMinBits: number
  readonly sources: readonly string[]
}

/** Certificate Transparency: how many SCTs a leaf under a built-in anchor must bring. */
export interface CtDemand {
  /** Whether the connection fails without them, or may. */
  readonly severity: 'error' | 'warn'
  /** Leaves issued before this are exempt; milliseconds since the epoch. */
  readonly notBeforeFrom: number
  /** SCTs needed in the certificate, by issue date: the last table that has begun counts. */
  readonly embedded: readonly CtTable[]
  /** SCTs that suffice, from logs approved now, where one of them comes by TLS extension or stapled OCSP. */
  readonly delivered: { readonly count: number; readonly operators: number }
  readonly sources: readonly string[]
}

export interface CtTable {
  readonly notBeforeFrom: number
  /** Distinct log operators needed among them: the documents say so, no client is known to refuse for it alone. */
  readonly operators: number
  /** By lifetime: the first step the lifetime does not exceed counts; the last one is unbounded. */
  readonly steps: readonly { readonly maxSeconds: number; readonly count: number }[]
}

/** The order of reports: by family, then by version; what is unproven stands after what it is a variant of. */
export function comparePlatforms(a: Platform, b: Platform): number {
  return (
    FAMILIES.indexOf(a.family) - FAMILIES.indexOf(b.family) ||
    (a.family === 'reference' ? compareIds(a.id, b.id) : 0) ||
    compareVersions(a.since, b.since) ||
    TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier)
  )
}

/** `java-8` before `java-11`, `chrome` before both. */
function compareIds(a: string, b: string): number {
  const [left, right] = [a, b].map(id => id.replace(/\d.*$/, ''))
  return left === right ? compareVersions(a, b) : (left ?? '') < (right ?? '') ? -1 : 1
}

/**
 * The platform of this id, or the one in force at the release it names: `ios-12.4` is `ios-12.2`, `android-8` is
 * `android-8.0`. Null where no platform stands for it.
 */
export function platformFor(platforms: readonly Platform[], name: string): Platform | null {
  const exact = platforms.find(platform => platform.id === name)
  if (exact) return exact
  const [, family, version] = /^([a-z]+)-(\d+(?:\.\d+)*(?:-[a-z]+\d+)?)$/.exec(name) ?? []
  if (version === undefined) return null
  return (
    platforms
      .filter(({ id, family: own, since }) => own === family && id === `${family}-${since}`)
      .filter(platform => compareVersions(platform.since, version) <= 0)
      .toSorted(comparePlatforms)
      .at(-1) ?? null
  )
}
