/** The chain as each client builds it: to a root it holds, over what was sent or what it would fetch. */
import { toHex } from '../bytes.ts'
import type { PathResult } from '../chain/path.ts'
import { isSignedBy, type SignatureCache } from '../chain/signatures.ts'
import type { Fact } from '../observation.ts'
import type { Platform, Stack } from '../platform.ts'
import { describeHoldings } from '../stores/describe.ts'
import { DAY_MS, same } from '../text.ts'
import type { World } from '../world.ts'
import type { Certificate } from '../x509/certificate.ts'
import { ClientPaths, policies, type Supposed } from './client-paths.ts'
import type { LackingRoot, MissingIssuer, Trust } from './facts.ts'
import { type FullChain, fullChain } from './full-chain.ts'
import type { IssuerSearch } from './issuer-search.ts'
import { listedOtherwise } from './listing.ts'

/** Another root takes longer to find than another certificate. */
const ROOT_HORIZON_MS = 180 * DAY_MS

/** One chain as sent, judged for every client of a world. */
export class TrustAnalysis {
  private readonly world: World
  private readonly leaf: Certificate
  private readonly sent: readonly Certificate[]
  private readonly search: IssuerSearch
  private readonly signatures: SignatureCache = new Map()
  private readonly asSent: ClientPaths
  private readonly completed: ClientPaths
  private readonly facts = new Map<string, Fact<Trust>>()
  private readonly sights = new WeakMap<Platform, Sight>()
  private memoReference: Reference | null | undefined

  /** `sent` begins with the leaf. */
  constructor(sent: readonly Certificate[], search: IssuerSearch, world: World) {
    const [leaf] = sent
    if (!leaf) throw new TypeError('a chain without a leaf')
    this.leaf = leaf
    this.sent = sent
    this.search = search
    this.world = world
    const { found } = search
    this.asSent = new ClientPaths(leaf, sent, world, this.signatures)
    this.completed =
      found.length > 0
        ? new ClientPaths(leaf, [...sent, ...found], world, this.signatures)
        : this.asSent
  }

  /** Unknown where the client would fetch an issuer and we could not. */
  of(platform: Platform, stack: Stack): Fact<Trust> {
    const { kind } = this.sightOf(platform)
    const key = `${kind} ${policies.of(stack.policy)} ${stack.fetchesIssuers}`
    const fact = this.facts.get(key) ?? this.derive(platform, stack)
    this.facts.set(key, fact)
    return fact
  }

  private derive(platform: Platform, stack: Stack): Fact<Trust> {
    const asSent = this.asSent.of(platform, stack)
    if (asSent.ok) return this.trusted(platform, stack, this.asSent, asSent.path)
    const completed = this.completed.of(platform, stack)
    if (completed.ok) {
      const missing = this.missingFrom(completed.path)
      // A certificate of the user's library is none that a client could fetch.
      if (stack.fetchesIssuers !== 'no' && missing.every(({ url }) => url !== null))
        return this.trusted(platform, stack, this.completed, completed.path, missing)
      return known({ ...NO_TRUST, missing })
    }
    if (this.leaf.selfIssued && isSignedBy(this.leaf, this.leaf, this.signatures) === 'good')
      return known({ ...NO_TRUST, selfSigned: true })
    return this.reference
      ? this.untrustedHere(platform, completed, this.reference)
      : this.untrustedAnywhere(stack, completed)
  }

  /** Unknown where the sources disagree about this very version of a store, and the answer hangs on it. */
  listing(platform: Platform, stack: Stack): Fact<true> {
    const isTrusted = (one: Platform) => {
      const fact = this.of(one, stack)
      return fact.state === 'known' && fact.value.path !== null
    }
    const { variants } = this.sightOf(platform)
    if (variants.every(variant => isTrusted(variant) === isTrusted(platform)))
      return { state: 'known', value: true }
    return { state: 'unknown', why: 'uncertain' }
  }

  private sightOf(platform: Platform): Sight {
    const known = this.sights.get(platform)
    if (known) return known
    const root = this.reference?.path.at(-1)
    const holds = root && this.holds(platform, root)
    const sight = {
      kind: `${this.completed.kindOf(platform)} ${holds}`,
      variants: listedOtherwise(platform, this.world.stores),
    }
    this.sights.set(platform, sight)
    return sight
  }

  /** Certificates at which the search for a path ended, whose issuer could be fetched. */
  openEnds(platforms: readonly Platform[]): readonly Certificate[] {
    const ends = platforms.flatMap(platform =>
      platform.stacks.flatMap(stack => {
        const result = this.completed.of(platform, stack)
        return result.ok ? [] : (result.partial.at(-1) ?? [])
      }),
    )
    return [...new Set(ends)].filter(end => !end.selfIssued)
  }

  /** The chain with which these platforms find a path; null where there is none. */
  repair(platforms: readonly Platform[]): FullChain | null {
    return fullChain(this.leaf, [...this.sent, ...this.search.found], this.world, platforms)
  }

  /** What the server should have sent, as far as any client can tell. */
  get missing(): readonly MissingIssuer[] {
    const { reference } = this
    if (reference) return reference.asSent ? [] : this.missingFrom(reference.path)
    const fact = this.of(...this.anyStack('no'))
    return fact.state === 'known' ? fact.value.missing : []
  }

  private trusted(
    platform: Platform,
    stack: Stack,
    paths: ClientPaths,
    path: readonly Certificate[],
    missing: readonly MissingIssuer[] = [],
  ): Fact<Trust> {
    const anchor = path.at(-1) ?? this.leaf
    const stores = platform.stores.map(({ name, version }) =>
      this.world.stores.anchors(name, version),
    )
    const builtIn = stores.every(store => store.rootOf(anchor)?.builtIn !== false)
    const dates = stores.flatMap(store =>
      store.constraintsOf(anchor).flatMap(one => (one.kind === 'issued-after' ? [one.date] : [])),
    )
    const [date] = dates.sort()
    const fails = (supposed: Supposed) => !paths.of(platform, stack, supposed).ok
    const root = nameOf(anchor)
    const { notAfter } = anchor
    return known({
      ...NO_TRUST,
      path,
      builtIn,
      missing,
      distrust:
        date !== undefined && fails({ issuedAt: Date.parse(date) + DAY_MS })
          ? { root, date }
          : null,
      rootEnd:
        stack.policy.anchorExpiry === 'checked' &&
        notAfter <= Math.max(this.leaf.notAfter, this.world.at + ROOT_HORIZON_MS) &&
        fails({ at: notAfter + 1000 })
          ? { root, notAfter }
          : null,
    })
  }

  /** Some other client builds a path: this one lacks the root, or objects to something on the way. */
  private untrustedHere(
    platform: Platform,
    result: PathResult,
    { path, asSent }: Reference,
  ): Fact<Trust> {
    const root = path.at(-1) ?? this.leaf
    const missing = asSent ? [] : this.missingFrom(path)
    if (this.holds(platform, root)) return known({ ...NO_TRUST, missing, error: errorOf(result) })
    const { stores, platforms } = this.world
    const lacking = platforms
      .filter(({ tier }) => tier !== 'unproven')
      .filter(other => !this.holds(other, root))
    return known({
      ...NO_TRUST,
      missing,
      lacking: {
        name: nameOf(root),
        sha256: root.sha256,
        trustedBy: same(describeHoldings(stores.holders(root))),
        onlyOldLack: lacking.every(({ tier }) => tier === 'old'),
      },
    })
  }

  /** No client builds a path, with all that could be had. */
  private untrustedAnywhere(stack: Stack, result: PathResult): Fact<Trust> {
    const error = errorOf(result)
    if (result.ok || (error && error.code !== 'NO_PATH')) return known({ ...NO_TRUST, error })
    const top = result.partial.at(-1) ?? this.leaf
    const missing = this.missingFrom(result.partial, top.selfIssued)
    if (top.selfIssued)
      return known({ ...NO_TRUST, missing, lacking: unknownRoot(nameOf(top), top.sha256) })
    const state = this.search.stateOf(top)
    if (state === 'unavailable' && stack.fetchesIssuers !== 'no')
      return { state: 'unknown', why: 'ERR_FETCH' }
    if (state === 'no-url' && top !== this.leaf)
      return known({ ...NO_TRUST, missing, lacking: unknownRoot(top.issuer.text, null) })
    return known({ ...NO_TRUST, missing: [...missing, this.missingAbove(top)] })
  }

  /** The path of some client, whichever it is: it shows where the chain leads. */
  private get reference(): Reference | null {
    if (this.memoReference === undefined)
      this.memoReference = this.findReference(this.asSent) ?? this.findReference(this.completed)
    return this.memoReference
  }

  private findReference(paths: ClientPaths): Reference | null {
    for (const platform of this.world.platforms.toReversed())
      for (const stack of platform.stacks) {
        const result = paths.of(platform, stack)
        if (result.ok) return { path: result.path, asSent: paths === this.asSent }
      }
    return null
  }

  private anyStack(fetches: Stack['fetchesIssuers']): [Platform, Stack] {
    for (const platform of this.world.platforms)
      for (const stack of platform.stacks)
        if (stack.fetchesIssuers === fetches) return [platform, stack]
    throw new TypeError('a world without platforms')
  }

  private holds(platform: Platform, root: Certificate): boolean {
    return platform.stores.every(({ name, version }) =>
      this.world.stores.anchors(name, version).holds(root),
    )
  }

  /** Certificates of a path that were not sent; an anchor at its end need not be. */
  private missingFrom(path: readonly Certificate[], anchored = true): readonly MissingIssuer[] {
    const sent = new Set(this.sent.map(({ sha256 }) => sha256))
    return path.slice(1, anchored ? -1 : undefined).flatMap((certificate, depth) => {
      const below = path[depth]
      const { sha256 } = certificate
      return below && !sent.has(sha256) ? [this.missingAbove(below, sha256)] : []
    })
  }

  private missingAbove(certificate: Certificate, sha256: string | null = null): MissingIssuer {
    const keyId = certificate.authorityKeyIdentifier?.keyId ?? null
    return {
      subject: certificate.issuer.text,
      label: certificate.issuer.commonName ?? certificate.issuer.text,
      keyId: keyId && formatKeyId(keyId),
      url: this.search.urlOf(certificate),
      sha256,
    }
  }
}

/** What all clients of a platform have in common here. */
interface Sight {
  /** Equal for platforms on which the same client trusts the same. */
  readonly kind: string
  /** The platform with the lists that sources disagree about read the other way. */
  readonly variants: readonly Platform[]
}

interface Reference {
  readonly path: readonly Certificate[]
  readonly asSent: boolean
}

/** Leaf and what stands between it and the anchor; where there is no path, what is known to be at fault. */
export function belowAnchor(leaf: Certificate, trust: Trust | undefined): readonly Certificate[] {
  const path = trust?.path
  if (path) return path.length > 1 ? path.slice(0, -1) : path
  const atFault = trust?.error?.certificate
  return atFault && atFault !== leaf ? [leaf, atFault] : [leaf]
}

/** The whole path, anchor included; where there is no path, what is known to be at fault. */
export function pathCertificates(
  leaf: Certificate,
  trust: Trust | undefined,
): readonly Certificate[] {
  return trust?.path ?? belowAnchor(leaf, trust)
}

const NO_TRUST: Trust = {
  path: null,
  builtIn: false,
  distrust: null,
  rootEnd: null,
  selfSigned: false,
  missing: [],
  lacking: null,
  error: null,
}

function known(value: Trust): Fact<Trust> {
  return { state: 'known', value }
}

function errorOf(result: PathResult) {
  return result.ok ? null : result.error
}

function unknownRoot(name: string, sha256: string | null): LackingRoot {
  return { name, sha256, trustedBy: null, onlyOldLack: false }
}

function nameOf({ subject }: Certificate): string {
  return subject.commonName ?? subject.text
}

function formatKeyId(keyId: Uint8Array): string {
  return toHex(keyId).toUpperCase().match(/../g)?.join(':') ?? ''
}
