/** Looks for the issuers that a server did not send, through a fetcher that others provide. */
import type { Fetcher } from '../connect/fetch.ts'
import type { FetchedIssuer, Observation } from '../observation.ts'
import type { World } from '../world.ts'
import { ChainBook } from './chain-book.ts'
import { issuerUrl } from './issuer-search.ts'

export interface Completed {
  readonly observation: Observation
  /** The chains of that observation, read and partly judged. */
  readonly chains: ChainBook
}

/** Chains of missing issuers longer than this are not followed. */
const MAX_STEPS = 4

/** Follows caIssuers URLs upwards from where paths end, until every client has a path or nothing more is to be had. */
export async function fetchIssuers(
  seen: Observation,
  world: World,
  fetcher: Fetcher,
): Promise<Completed> {
  let observation = seen
  for (let step = 0; ; step++) {
    const chains = new ChainBook(observation, world)
    const asked = new Set(observation.issuers.map(({ url }) => url))
    const ends = chains.chains.flatMap(({ trust }) => trust?.openEnds(world.platforms) ?? [])
    const urls = new Set(ends.flatMap(end => issuerUrl(end) ?? []))
    const open = [...urls].filter(url => !asked.has(url))
    if (open.length === 0 || step === MAX_STEPS) return { observation, chains }
    const found = open.map(
      async (url): Promise<FetchedIssuer> => ({ url, result: await fetcher(url) }),
    )
    observation = {
      ...observation,
      issuers: [...observation.issuers, ...(await Promise.all(found))],
    }
  }
}
