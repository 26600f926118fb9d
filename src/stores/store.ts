/** Trust stores: which roots a client of a given version holds. Types alone; `loadStores` makes the value. */
import type { Certificate } from '../x509/certificate.ts'

export const STORE_NAMES = [
  'apple',
  'android',
  'openharmony',
  'mozilla',
  'chrome',
  'openjdk',
  'microsoft',
] as const
export type StoreName = (typeof STORE_NAMES)[number]

/** Every store in every version that is known. One value: tests and options derive others from it. */
export interface Stores {
  readonly tables: readonly StoreTable[]
  readonly roots: readonly Root[]
  /**
   * The list in force at a client's version: the newest listed version that is not newer. Versions without a change
   * are not listed (iOS 18.2 has the list of 18.0). Null before the first one.
   */
  versionFor(name: StoreName, version: string): StoreVersion | null
  /** What a client of this version anchors TLS servers at; an empty set before the first listed version. */
  anchors(name: StoreName, version: string): StoreAnchors
  /** Roots whose SHA-256 begins with these hexadecimal digits, or whose subject contains this text. */
  find(query: string): readonly Root[]
  /** Since and until when each store trusts any of these keys under its name, whatever certificate it was listed with. */
  holders(...roots: readonly (Root | Certificate)[]): readonly Holding[]
}

/** One store's versions, oldest first. */
export interface StoreTable {
  readonly name: StoreName
  /** The system that the versions count, such as `iOS` or `Windows`. */
  readonly system: string
  /** When it was last verified against its sources, such as `2026-11-22`. */
  readonly verified: string
  readonly versions: readonly StoreVersion[]
}

export interface StoreVersion {
  /** What a client's version is compared with: iOS releases, Android releases, NSS releases, list dates. */
  readonly version: string
  /** What shipped it, such as `iOS 14.5 / macOS 11.3`. */
  readonly os: string
  readonly date: string
  readonly source: string
  /** The store's own name of the list, where it has one, such as Apple's `2021021100`. */
  readonly list: string | null
  /** How the list was tied to the system's version, where that is not plain. */
  readonly basis: string | null
  /** The public sources disagree about this very version: neither yes nor no is safe. */
  readonly uncertain: boolean
  /** Roots in it, for every purpose. */
  readonly count: number
}

/** One root certificate that some store holds or held. */
export interface Root {
  readonly sha256: string
  readonly spkiSha256: string
  /** Its commonName, or what stands for it. */
  readonly name: string
  /** RFC 4514 text. */
  readonly subject: string
  /** Last day of its validity, such as `2035-06-04`. */
  readonly notAfter: string
  /** What a human reads: `RSA 4096`, `EC P-384`. */
  readonly key: string
  /** Hash of its own signature: `SHA-256`, `MD5`; `unknown` where nobody told. */
  readonly signature: string
  /** `subjectHash` of its subject's key. */
  readonly subjectHash: string
  /** Null where only its hashes are known: it is trusted, but cannot be drawn. */
  readonly der: Uint8Array | null
  /** Counts as an anchor for TLS servers; false for S/MIME, client, time stamp and Apple's internal roots. */
  readonly serverAuth: boolean
  /** Windows lists it for server authentication (its list holds every purpose). */
  readonly microsoftTls: boolean
  /** False for an anchor that the user added. */
  readonly builtIn: boolean
  /** [first version that holds it, first version that does not, or null] by store. */
  readonly intervals: Readonly<Partial<Record<StoreName, readonly Interval[]>>>
  readonly constraints: readonly Constraint[]
}

export type Interval = readonly [since: string, until: string | null]

/** What a store demands of certificates under one root, beside holding it. */
export type Constraint = {
  readonly store: StoreName
  /** First client version that knows the rule; null where it came by data that every version loads. */
  readonly since: string | null
} & (
  | {
      readonly kind: 'issued-after'
      /** Issue date: notBefore, earliest SCT, or earliest SCT where there is one and notBefore else. */
      readonly basis: 'not-before' | 'sct' | 'sct-or-not-before'
      /** Certificates issued after this day are refused, such as `2024-11-15`. */
      readonly date: string
    }
  | { readonly kind: 'names'; readonly permitted: readonly string[] }
)

/** What a path may end at. */
export interface Anchor {
  readonly sha256: string
  readonly certificate: Certificate
}

/** The anchors of one store at one version, as path building needs them. */
export interface AnchorSet {
  /** Anchors whose subject matches this name (`Name.key`). */
  bySubject(nameKey: string): readonly Anchor[]
  /** Whether this very key under this very name is trusted, even where only hashes are known. */
  holds(certificate: Certificate): boolean
}

/** An AnchorSet that knows what the store says of each anchor. */
export interface StoreAnchors extends AnchorSet {
  readonly store: StoreName
  /** The list in force; null before the first listed one. */
  readonly version: StoreVersion | null
  /** The held root that has this certificate's subject and key. */
  rootOf(certificate: Certificate): Root | null
  /** What this client, at its version, demands under that root. */
  constraintsOf(certificate: Certificate): readonly Constraint[]
}

/** A span of versions in which a store trusts a key. */
export interface Holding {
  readonly store: StoreName
  readonly system: string
  readonly since: StoreVersion
  /** It was there in the oldest version that is listed. */
  readonly sinceFirst: boolean
  /** First version without it; null where the newest one still holds it. */
  readonly until: StoreVersion | null
}
