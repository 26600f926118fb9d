/** The chain a server should send: its leaf and the fewest intermediates with which every client finds a path. */
import type { PathResult } from '../chain/path.ts'
import { isSignedBy, type SignatureCache } from '../chain/signatures.ts'
import type { Platform } from '../platform.ts'
import type { World } from '../world.ts'
import type { Certificate } from '../x509/certificate.ts'
import { ClientPaths } from './client-paths.ts'

export interface FullChain {
  /** Leaf first, each intermediate after what it certifies; no root. */
  readonly chain: readonly Certificate[]
  /** Platforms of which some stack has no path, whatever is sent of what could be had. */
  readonly without: readonly Platform[]
}

/** Intermediates looked at: those on paths, then the nearest to the leaf; nobody needs as many. */
const MAX_ISSUERS = 12
/** Selections tried; each costs a path for every client that differs. */
const MAX_TRIES = 2000

/** Null where no platform has a path with anything that is at hand. `available` may hold strangers and roots. */
export function fullChain(
  leaf: Certificate,
  available: readonly Certificate[],
  world: World,
  platforms: readonly Platform[],
): FullChain | null {
  const signatures: SignatureCache = new Map()
  const issuers = issuersOf(leaf, available, signatures)
  const pathsOver = (chosen: readonly Certificate[]) =>
    new ClientPaths(leaf, [leaf, ...chosen], world, signatures)
  const clients = platforms.flatMap(platform => platform.stacks.map(stack => ({ platform, stack })))
  const best = pathsOver(issuers)
  const servable = clients.filter(({ platform, stack }) => best.of(platform, stack).ok)
  if (servable.length === 0) return null
  const without = platforms.filter(platform =>
    clients.some(client => client.platform === platform && !servable.includes(client)),
  )
  const used = new Set(
    servable.flatMap(({ platform, stack }) => pathOf(best.of(platform, stack)).slice(1)),
  )
  const useful = issuers.filter(issuer => used.has(issuer))
  const others = issuers.filter(issuer => !used.has(issuer))
  const considered = new Set([...useful, ...others].slice(0, MAX_ISSUERS))
  let tries = 0
  for (const chosen of selections(issuers.filter(issuer => considered.has(issuer)))) {
    if (++tries > MAX_TRIES) break
    const paths = pathsOver(chosen)
    if (servable.every(({ platform, stack }) => paths.of(platform, stack).ok))
      return { chain: [leaf, ...chosen], without }
  }
  return { chain: [leaf, ...useful], without }
}

function pathOf(result: PathResult): readonly Certificate[] {
  return result.ok ? result.path : []
}

/** Everything that certifies the leaf, or what certifies it, nearest first; roots need not be sent. */
function issuersOf(
  leaf: Certificate,
  available: readonly Certificate[],
  signatures: SignatureCache,
): readonly Certificate[] {
  const issued = (child: Certificate, issuer: Certificate) =>
    issuer.subject.key === child.issuer.key && isSignedBy(child, issuer, signatures) === 'good'
  const rest = [...new Map(available.map(one => [one.sha256, one])).values()]
  const found = new Set([leaf])
  for (const child of found)
    for (const issuer of rest)
      if (issued(child, issuer) && !issued(issuer, issuer)) found.add(issuer)
  found.delete(leaf)
  return [...found]
}

/** Every selection, the smallest first, in the order of the items. */
function* selections<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let size = 0; size <= items.length; size++) yield* choose(items, size)
}

function* choose<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  if (size === 0) yield []
  for (const [index, item] of items.entries())
    if (size > 0) for (const rest of choose(items.slice(index + 1), size - 1)) yield [item, ...rest]
}
