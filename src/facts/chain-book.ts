/** The chains a server shows: each distinct one is read and judged once. */
import { sha256Hex } from '../bytes.ts'
import { type Observation, withoutAsides } from '../observation.ts'
import type { World } from '../world.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { SentChain } from './facts.ts'
import { readIssuers } from './issuer-search.ts'
import { RevocationBook } from './revocation.ts'
import { SctBook } from './scts.ts'
import { chainEntries, readChain } from './sent-chain.ts'
import { TrustAnalysis } from './trust.ts'

export interface BookedChain {
  readonly chain: SentChain
  /** Null where the first certificate cannot be read. */
  readonly leaf: Certificate | null
  readonly trust: TrustAnalysis | null
}

export class ChainBook {
  readonly chains: readonly BookedChain[]
  readonly scts: SctBook
  readonly revocation: RevocationBook
  private readonly byBytes: ReadonlyMap<string, BookedChain>
  /** The same once more, for every cell asks. */
  private readonly bySent = new WeakMap<readonly Uint8Array[], BookedChain>()

  /** Chains are numbered in the order in which they were seen. */
  constructor(observation: Observation, world: World) {
    const search = readIssuers(observation.issuers)
    const byBytes = new Map<string, BookedChain>()
    for (const { sent, leaf: place } of chainsOf(observation)) {
      if (sent.length === 0 || byBytes.has(keyOf(sent))) continue
      const chain = readChain(`chain-${byBytes.size + 1}`, sent, place)
      const leaf = chain.entries.find(({ role }) => role === 'leaf')?.certificate ?? null
      const others = chainEntries(chain).flatMap(({ certificate, role }) =>
        certificate === leaf || role === 'duplicate' ? [] : [certificate],
      )
      const trust = leaf ? new TrustAnalysis([leaf, ...others], search, world) : null
      byBytes.set(keyOf(sent), { chain, leaf, trust })
    }
    this.scts = new SctBook(world)
    this.revocation = new RevocationBook(observation, search.found, world.at)
    this.byBytes = byBytes
    this.chains = [...byBytes.values()]
  }

  find(sent: readonly Uint8Array[] | null): BookedChain | null {
    if (!sent) return null
    const known = this.bySent.get(sent) ?? this.byBytes.get(keyOf(sent))
    if (known) this.bySent.set(sent, known)
    return known ?? null
  }

  leafOf(sent: readonly Uint8Array[] | null): Certificate | null {
    return this.find(sent)?.leaf ?? null
  }
}

interface ShownChain {
  readonly sent: readonly Uint8Array[]
  /** Which of them is the site's certificate. */
  readonly leaf: number
}

/** Every chain that was shown, or the one that is to be. */
function chainsOf({ nodes, material }: Observation): readonly ShownChain[] {
  if (material) return [{ sent: material.chain, leaf: material.leaf }]
  return nodes.flatMap(({ attempts }) =>
    Object.values(withoutAsides(attempts)).flatMap(attempt => {
      const sent = attempt.kind === 'failed' ? null : attempt.server.chain
      return sent ? [{ sent, leaf: 0 }] : []
    }),
  )
}

function keyOf(sent: readonly Uint8Array[]): string {
  return sent.map(sha256Hex).join(' ')
}
