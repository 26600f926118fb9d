/** Looks for the issuers that a server did not send: in the user's library, then through a fetcher that others provide. */
import type { Fetcher } from '../connect/fetch.ts'
import type { FetchedIssuer, Observation } from '../observation.ts'
import type { World } from '../world.ts'
import type { Certificate } from '../x509/certificate.ts'
import { ChainBook } from './chain-book.ts'
import { issuerUrl } from './issuer-search.ts'

export interface Completed {
  readonly observation: Observation
  /** The chains of that observation, read and partly judged. */
  readonly chains: ChainBook
}

/** Chains of missing issuers longer than this are not followed. */
const MAX_STEPS = 4

/** Goes upwards from where paths end, until every client has a path or nothing more is to be had. */
export async function fetchIssuers(
  seen: Observation,
  world: World,
  fetcher: Fetcher,
): Promise<Completed> {
  let observation = seen
  const search = new Search(seen, world, fetcher)
  for (let step = 0; ; step++) {
    const chains = new ChainBook(observation, world)
    const ends = chains.chains.flatMap(({ trust }) => trust?.openEnds(world.platforms) ?? [])
    const found = step < MAX_STEPS ? await search.above(ends) : []
    if (found.length === 0) return { observation, chains }
    observation = { ...observation, issuers: [...observation.issuers, ...found] }
  }
}

/** Remembers what was asked: nothing is looked for twice. */
class Search {
  private readonly world: World
  private readonly fetcher: Fetcher
  private readonly looked = new Set<string>()
  private readonly asked: Set<string | null>

  constructor({ issuers }: Observation, world: World, fetcher: Fetcher) {
    this.world = world
    this.fetcher = fetcher
    this.asked = new Set(issuers.map(({ url }) => url))
  }

  /** The library first; a URL only for what still ends there when the library has been searched. */
  async above(ends: readonly Certificate[]): Promise<readonly FetchedIssuer[]> {
    const unsearched = ends.filter(({ sha256 }) => !this.looked.has(sha256))
    const held = unsearched.flatMap(end => {
      this.looked.add(end.sha256)
      return this.world.intermediates.issuersOf(end).map(({ der }) => der)
    })
    if (held.length > 0)
      return held.map(body => ({ url: null, result: { state: 'fetched', body } }))
    const urls = new Set(ends.flatMap(end => issuerUrl(end) ?? []))
    const open = [...urls].filter(url => !this.asked.has(url))
    for (const url of open) this.asked.add(url)
    return Promise.all(open.map(async url => ({ url, result: await this.fetcher(url) })))
  }
}
