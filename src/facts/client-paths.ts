/** Paths from one leaf over one pool, for every client: most clients see the same, and each distinct search is made once. */
import { buildPath, type PathResult } from '../chain/path.ts'
import type { SignatureCache } from '../chain/signatures.ts'
import type { Platform, Stack, StoreRef } from '../platform.ts'
import type { Policy } from '../policy.ts'
import type { AnchorSet } from '../stores/store.ts'
import type { World } from '../world.ts'
import type { Certificate } from '../x509/certificate.ts'

export class ClientPaths {
  private readonly leaf: Certificate
  private readonly pool: readonly Certificate[]
  private readonly world: World
  private readonly signatures: SignatureCache
  private readonly results = new Map<string, PathResult>()
  private readonly policyKeys = new Map<Policy, string>()
  private readonly anchorsKeys = new Map<AnchorSet, string>()

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
  of({ stores }: Platform, { policy }: Stack): PathResult {
    const results = stores.map(store => this.build(store, policy))
    const result = results.find(({ ok }) => !ok) ?? results[0]
    if (!result) throw new TypeError('a platform without a store')
    return result
  }

  private build({ name, version }: StoreRef, policy: Policy): PathResult {
    const anchors = this.world.stores.anchors(name, version)
    const key = `${this.policyKey(policy)} ${this.anchorsKey(anchors)}`
    const known = this.results.get(key)
    if (known) return known
    const { leaf, pool, signatures, world } = this
    const judgement = { policy, at: world.at, purpose: 'serverAuth' } as const
    const result = buildPath({ ...judgement, leaf, pool, anchors, signatures })
    this.results.set(key, result)
    return result
  }

  /** Equal for policies that judge alike. */
  private policyKey(policy: Policy): string {
    const key = this.policyKeys.get(policy) ?? JSON.stringify(policy)
    this.policyKeys.set(policy, key)
    return key
  }

  /** All that path building can see of a store: roots under the names at hand, and what it holds of the pool itself. */
  private anchorsKey(anchors: AnchorSet): string {
    const known = this.anchorsKeys.get(anchors)
    if (known !== undefined) return known
    const names = new Set(this.pool.flatMap(({ subject, issuer }) => [subject.key, issuer.key]))
    const held = Array.from(names, name => anchors.bySubject(name).map(({ sha256 }) => sha256))
    const key = JSON.stringify([held, this.pool.map(certificate => anchors.holds(certificate))])
    this.anchorsKeys.set(anchors, key)
    return key
  }
}
