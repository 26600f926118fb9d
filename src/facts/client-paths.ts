/** Paths from one leaf over one pool, for every client: most clients see the same, and each distinct search is made once. */
import { distrustProblem } from '../chain/distrust.ts'
import { buildPath, type PathResult } from '../chain/path.ts'
import type { SignatureCache } from '../chain/signatures.ts'
import type { Platform, Stack, StoreRef } from '../platform.ts'
import type { Policy } from '../policy.ts'
import type { StoreAnchors } from '../stores/store.ts'
import type { World } from '../world.ts'
import type { Certificate } from '../x509/certificate.ts'

/** Another day than the world's, or another issue date than the leaf's; ms since the epoch. */
export interface Supposed {
  readonly at?: number
  readonly issuedAt?: number
}

export class ClientPaths {
  private readonly leaf: Certificate
  private readonly pool: readonly Certificate[]
  private readonly world: World
  private readonly signatures: SignatureCache
  private readonly results = new Map<string, PathResult>()
  private readonly anchorsKeys = new Map<StoreAnchors, string>()

  constructor(
    leaf: Certificate,
    pool: readonly Certificate[],
    world: World,
    signatures: SignatureCache,
  ) {
    this.leaf = leaf
    this.pool = pool
    this.world = world
    this.signatures = signatures
  }

  /** Every store of the platform must have a path; the first one that has none speaks. */
  of({ stores }: Platform, { policy }: Stack, supposed: Supposed = {}): PathResult {
    const results = stores.map(store => this.build(store, policy, supposed))
    const result = results.find(({ ok }) => !ok) ?? results[0]
    if (!result) throw new TypeError('a platform without a store')
    return result
  }

  private build({ name, version }: StoreRef, policy: Policy, supposed: Supposed): PathResult {
    const { at = this.world.at, issuedAt = null } = supposed
    const anchors = this.world.stores.anchors(name, version)
    const key = `${at} ${issuedAt} ${policyKey(policy)} ${this.anchorsKey(anchors)}`
    const known = this.results.get(key)
    if (known) return known
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

  /** All that path building can see of a store: roots under the names at hand, what it demands, what it holds of the pool. */
  private anchorsKey(anchors: StoreAnchors): string {
    const known = this.anchorsKeys.get(anchors)
    if (known !== undefined) return known
    const names = new Set(this.pool.flatMap(({ subject, issuer }) => [subject.key, issuer.key]))
    const held = Array.from(names, name =>
      anchors
        .bySubject(name)
        .map(({ sha256, certificate }) => [sha256, anchors.constraintsOf(certificate)]),
    )
    const pool = this.pool.map(
      certificate => anchors.holds(certificate) && anchors.constraintsOf(certificate),
    )
    const key = JSON.stringify([held, pool])
    this.anchorsKeys.set(anchors, key)
    return key
  }
}

const policyKeys = new WeakMap<Policy, string>()

/** Equal for policies that judge alike. */
function policyKey(policy: Policy): string {
  const key = policyKeys.get(policy) ?? JSON.stringify(policy)
  policyKeys.set(policy, key)
  return key
}
