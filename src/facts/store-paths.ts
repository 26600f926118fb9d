/** The paths from one leaf in each store as it is today: those that reach a root, and those that end before. */
import { distrustProblem } from '../chain/distrust.ts'
import { checkLeaf } from '../chain/leaf.ts'
import { DEFAULT_LIMITS } from '../chain/limits.ts'
import { buildPath, type TriedPath } from '../chain/path.ts'
import type { PathError } from '../chain/path-error.ts'
import type { SignatureCache } from '../chain/signatures.ts'
import type { Judgement } from '../chain/validate.ts'
import { type Policy, RFC5280 } from '../policy.ts'
import type { StoreName, StoreTable, StoreVersion } from '../stores/store.ts'
import type { World } from '../world.ts'
import type { Certificate } from '../x509/certificate.ts'

export interface StorePaths {
  readonly table: StoreTable
  /** The newest one that is listed. */
  readonly version: StoreVersion
  /** What stands against the leaf itself, whatever the path. */
  readonly faults: readonly PathError[]
  /** From leaf to anchor. */
  readonly reached: readonly (readonly Certificate[])[]
  readonly ended: readonly TriedPath[]
  /** The search was given up: there may be more. */
  readonly cut: PathError | null
}

/** Every path is looked for, not only the first: a stranger's certificates may make many. */
const LIMITS = { ...DEFAULT_LIMITS, buildCalls: 2000 }
const MAX_REACHED = 20

/** `pool` holds all certificates at hand, in any order. */
export function storePaths(
  leaf: Certificate,
  pool: readonly Certificate[],
  world: World,
): readonly StorePaths[] {
  const signatures: SignatureCache = new Map()
  return world.stores.tables.flatMap(table => {
    const version = table.versions.at(-1)
    return version ? [pathsIn(table, version, { leaf, pool, signatures, world })] : []
  })
}

interface Context {
  readonly leaf: Certificate
  readonly pool: readonly Certificate[]
  readonly signatures: SignatureCache
  readonly world: World
}

function pathsIn(
  table: StoreTable,
  version: StoreVersion,
  { leaf, pool, signatures, world }: Context,
): StorePaths {
  const anchors = world.stores.anchors(table.name, version.version)
  const judgement = {
    policy: policyOf(table.name, world),
    at: world.at,
    purpose: 'serverAuth',
  } as const
  const reached: (readonly Certificate[])[] = []
  const result = buildPath({
    ...judgement,
    leaf,
    pool,
    anchors,
    signatures,
    limits: LIMITS,
    // An objection to a good path makes the search go on to the next one.
    finalCheck: path => {
      const anchor = path.at(-1) ?? leaf
      const problem = distrustProblem(path, anchors.constraintsOf(anchor))
      if (problem) return problem
      reached.push(path)
      return reached.length < MAX_REACHED ? { ...GOOD, depth: 0, certificate: leaf } : null
    },
  })
  return {
    table,
    version,
    faults: faultsOf(leaf, judgement),
    reached,
    ended: result.tried.filter(({ error }) => error.args !== GOOD.args),
    cut: !result.ok && result.error.code === 'LIMIT' ? result.error : null,
  }
}

/** Of a CA's own certificate nobody asks what a server's must have. */
function faultsOf(leaf: Certificate, judgement: Judgement): readonly PathError[] {
  const faults = checkLeaf(leaf, judgement)
  if (!leaf.basicConstraints?.ca) return faults
  return faults.filter(({ code }) => code === 'EXPIRED' || code === 'NOT_YET_VALID')
}

/** Known by its arguments, which no other problem shares. */
const GOOD = { reason: 'self-signed', args: {} } as const

/** That of the newest client which judges by this store alone, or what every client asks. */
function policyOf(name: StoreName, { platforms }: World): Policy {
  const client =
    platforms.findLast(({ stores }) => stores.length === 1 && stores[0]?.name === name) ??
    platforms.findLast(({ stores }) => stores.some(store => store.name === name))
  return client?.stacks.find(({ apis }) => apis.includes('upload'))?.policy ?? ANY_CLIENT
}

const ANY_CLIENT: Policy = { ...RFC5280, profile: 'client' }
