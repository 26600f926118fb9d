/** Paths from one leaf over one pool, for every client: most clients see the same, and each distinct search is made once. */
import { distrustProblem } from '../chain/distrust.ts'
import { buildPath, type PathResult } from '../chain/path.ts'
import type { SignatureCache } from '../chain/signatures.ts'
import type { Platform, Stack, StoreRef } from '../platform.ts'
import type { Policy } from '../policy.ts'
import type { StoreAnchors } from '../stores/store.ts'
import type { World } from '../world.ts'
import type { Certificate } from '../x509/certificate.ts'
import { Kinds } from './kinds.ts'

/** Another day than the world's, or another issue date than the leaf's; ms since the epoch. */
export interface Supposed {
  readonly at?: number
  readonly issuedAt?: number
}

const NOW: Supposed = {}

export class ClientPaths {
  private readonly leaf: Certificate
  private readonly pool: readonly Certificate[]
  /** Of the pool's certificates, and of those who issued them. */
  private readonly names: readonly string[]
  private readonly world: World
  private readonly signatures: SignatureCache
  private readonly results = new Map<string, PathResult>()
  private readonly stores = new Kinds<StoreRef>(store => this.describe(this.anchorsOf(store)))

  constructor(
    leaf: Certificate,
    pool: readonly Certificate[],
    world: World,
    signatures: SignatureCache,
  ) {
    this.leaf = leaf
    this.pool = pool
    this.names = [...new Set(pool.flatMap(({ subject, issuer }) => [subject.key, issuer.key]))]
    this.world = world
    this.signatures = signatures
  }

  /** Every store of the platform must have a path; the first one that has none speaks. */
  of({ stores }: Platform, { policy }: Stack, supposed: Supposed = NOW): PathResult {
    const results = stores.map(store => this.build(store, policy, supposed))
    const result = results.find(({ ok }) => !ok) ?? results[0]
    if (!result) throw new TypeError('a platform without a store')
    return result
  }

  private build(store: StoreRef, policy: Policy, supposed: Supposed): PathResult {
    const { at = this.world.at, issuedAt = null } = supposed
    const day = supposed === NOW ? '' : `${at} ${issuedAt}`
    const key = `${policies.of(policy)} ${this.stores.of(store)} ${day}`
    const known = this.results.get(key)
    if (known) return known
    const anchors = this.anchorsOf(store)
    const { leaf, pool, signatures } = this
    const judgement = { policy, at, purpose: 'serverAuth' } as const
    const finalCheck = (path: readonly Certificate[]) => {
      const anchor = path.at(-1)
      return anchor ? distrustProblem(path, anchors.constraintsOf(anchor), issuedAt) : null
    }
    const result = buildPath({ ...judgement, leaf, pool, anchors, signatures, finalCheck })
    this.results.set(key, result)
    return result
  }

  /** Equal for platforms of which clients with the same policy make the same of this leaf and this pool. */
  kindOf({ stores }: Platform): string {
    return stores.map(store => this.stores.of(store)).join()
  }

  private anchorsOf({ name, version }: StoreRef): StoreAnchors {
    return this.world.stores.anchors(name, version)
  }

  /** All that a path can show of a store: roots under the names at hand, what it demands, what it holds of the pool. */
  private describe(anchors: StoreAnchors): string {
    const held = this.names.map(name =>
      anchors
        .bySubject(name)
        .map(({ sha256, certificate }) => [
          sha256,
          anchors.rootOf(certificate)?.builtIn,
          anchors.constraintsOf(certificate),
        ]),
    )
    const pool = this.pool.map(
      certificate => anchors.holds(certificate) && anchors.constraintsOf(certificate),
    )
    return JSON.stringify([held, pool])
  }
}

/** Policies that judge alike. */
export const policies = new Kinds<Policy>(policy => JSON.stringify(policy))
