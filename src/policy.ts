/** How one client judges a certification path: the part of a platform that `chain/` needs. */
import type { KeyAlgorithm } from './x509/certificate.ts'

/** Dates are milliseconds since the epoch. Every value of a platform's policy has a source in that platform. */
export interface Policy {
  /** An expired trust anchor still anchors where this is `ignored` (Android). */
  readonly anchorExpiry: 'checked' | 'ignored'
  /** SHA-1 signatures below the anchor; MD5 and MD2 are never accepted. */
  readonly sha1: 'accepted' | 'refused'
  readonly keys: KeyPolicy
  /** An absent extendedKeyUsage in the leaf is refused where this is `required`. */
  readonly leafEku: 'required' | 'if-present'
  /** anyExtendedKeyUsage in the leaf stands for the purpose. */
  readonly anyEku: 'accepted' | 'refused'
  /** An intermediate that carries extendedKeyUsage must list the purpose or any. */
  readonly intermediateEku: 'checked' | 'ignored'
  /** The leaf's commonName names the host when it holds no dNSName. */
  readonly commonName: 'ignored' | 'fallback'
  /** The longest lifetime of a leaf, by its notBefore; the last step that has begun counts. */
  readonly lifetimes: readonly LifetimeStep[]
  /** What a CA may issue (`webpki`, `rfc5280`), or only what RFC 5280 §6 needs (`client`). */
  readonly profile: 'webpki' | 'rfc5280' | 'client'
  /** Certificates between leaf and anchor at most; self-issued ones do not count. */
  readonly maxDepth: number
}

export interface KeyPolicy {
  readonly rsaMinBits: number
  readonly ecMinBits: number
  /** Accepted key algorithms; a curve counts as one. */
  readonly algorithms: readonly KeyAlgorithm[]
  /** The rule binds the anchor's key as well. */
  readonly anchor: boolean
}

export interface LifetimeStep {
  readonly notBeforeFrom: number
  readonly maxSeconds: number
}

const DAY = 86_400

/** Baseline Requirements of the CA/Browser Forum, as browsers enforce them. */
export const WEBPKI: Policy = {
  anchorExpiry: 'checked',
  sha1: 'refused',
  keys: {
    rsaMinBits: 2048,
    ecMinBits: 256,
    algorithms: ['RSA', 'P-256', 'P-384', 'P-521', 'Ed25519'],
    anchor: true,
  },
  leafEku: 'required',
  anyEku: 'refused',
  intermediateEku: 'checked',
  commonName: 'ignored',
  // Months as the most days they can have. The steps of 2026 and later bind CAs; no client enforces them.
  lifetimes: [
    { notBeforeFrom: Date.UTC(2012, 6, 1), maxSeconds: 1827 * DAY },
    { notBeforeFrom: Date.UTC(2015, 3, 1), maxSeconds: 1188 * DAY },
    { notBeforeFrom: Date.UTC(2018, 2, 1), maxSeconds: 825 * DAY },
    { notBeforeFrom: Date.UTC(2020, 8, 1), maxSeconds: 398 * DAY },
  ],
  profile: 'webpki',
  maxDepth: 10,
}

/** RFC 5280 and its algorithms, without what the web has added. */
export const RFC5280: Policy = {
  ...WEBPKI,
  keys: {
    rsaMinBits: 1024,
    ecMinBits: 160,
    algorithms: ['RSA', 'RSA-PSS', 'P-256', 'P-384', 'P-521', 'EC-other', 'Ed25519', 'Ed448'],
    anchor: true,
  },
  leafEku: 'if-present',
  anyEku: 'accepted',
  lifetimes: [],
  profile: 'rfc5280',
}
