/** Asks who can tell whether certificates have been revoked: OCSP responders, and CRLs where those do not help. */
import { randomBytes } from 'node:crypto'
import { statusByOcsp } from '../chain/ocsp.ts'
import { type Fetcher, type FetchRequest, offline } from '../connect/fetch.ts'
import { DecodeError } from '../errors.ts'
import type { FetchedStatus } from '../observation.ts'
import type { World } from '../world.ts'
import type { DistributionPoint } from '../x509/certificate.ts'
import { octetString } from '../x509/der-writer.ts'
import { encodeOcspRequest } from '../x509/ocsp.ts'
import { ChainBook } from './chain-book.ts'
import type { Completed } from './fetch-issuers.ts'
import { type Link, linksOf, readCrl } from './revocation.ts'

/** More certificates of one target are not asked about, and that is recorded. */
const MAX_CERTIFICATES = 8
const MAX_REMEMBERED = 1_000
const NONCE_BYTES = 32
/** Large CAs have large lists; one of yesterday is of no use. */
const CRL: FetchRequest = {
  options: { maxBytes: 16 << 20, timeoutMs: 15_000, cache: undefined },
}

/** Of every certificate below the anchor in any client's path, its responder asked once in a fetcher's life. */
export async function fetchRevocation(
  { observation, chains }: Completed,
  world: World,
  fetcher: Fetcher,
): Promise<Completed> {
  const answers = allLinks(chains, world).map((link, index) =>
    ask(link, index < MAX_CERTIFICATES ? fetcher : offline, world.at),
  )
  const revocation = (await Promise.all(answers)).flat()
  const asked = { ...observation, revocation }
  return { observation: asked, chains: new ChainBook(asked, world) }
}

/** Leaves first: of what is left out, they are the last. */
function allLinks({ chains }: ChainBook, { platforms }: World): readonly Link[] {
  const paths = chains.flatMap(({ trust }) =>
    platforms.flatMap(platform =>
      platform.stacks.flatMap(stack => {
        const fact = trust?.of(platform, stack)
        return fact?.state === 'known' && fact.value.path ? [linksOf(fact.value.path)] : []
      }),
    ),
  )
  const leaves = paths.flatMap(links => links.slice(0, 1))
  const links = new Map<string, Link>()
  for (const link of [...leaves, ...paths.flat()])
    if (!links.has(link.certificate.sha256)) links.set(link.certificate.sha256, link)
  return [...links.values()]
}

async function ask(link: Link, fetcher: Fetcher, at: number): Promise<readonly FetchedStatus[]> {
  const { certificate } = link
  const url = bestUrl(certificate.authorityInfoAccess?.ocsp ?? [])
  const answer = url === null ? null : await askOnce(url, link, fetcher)
  if (answer && isDecided(answer, link, at)) return [answer]
  const fetchList = async (list: string): Promise<FetchedStatus> => ({
    certificate: certificate.sha256,
    kind: 'crl',
    url: list,
    nonce: null,
    result: await fetcher(list, CRL),
  })
  const { crlDistributionPoints, freshestCrl } = certificate
  const named = crlUrls([crlDistributionPoints, freshestCrl])
  const lists = await Promise.all(named.map(fetchList))
  const more = crlUrls(lists.map(announcedDeltas)).filter(list => !named.includes(list))
  return [...(answer ? [answer] : []), ...lists, ...(await Promise.all(more.map(fetchList)))]
}

/** What a complete list says of where the changes to it are (RFC 5280 §5.2.6). */
function announcedDeltas({ result }: FetchedStatus): readonly DistributionPoint[] {
  const crl = result.state === 'fetched' ? readCrl(result.body) : null
  return crl === null || crl instanceof DecodeError ? [] : crl.freshestCrl
}

function isDecided({ nonce, result }: FetchedStatus, link: Link, at: number): boolean {
  if (result.state === 'failed') return false
  return statusByOcsp(result.body, { ...link, at, nonce }).state !== 'unknown'
}

/** By fetcher and certificate: several targets share their intermediates, and each request has a nonce of its own. */
const asked = new WeakMap<Fetcher, Map<string, Promise<FetchedStatus>>>()

function askOnce(url: string, link: Link, fetcher: Fetcher): Promise<FetchedStatus> {
  const { sha256 } = link.certificate
  const known = asked.get(fetcher) ?? new Map<string, Promise<FetchedStatus>>()
  asked.set(fetcher, known)
  const answer = known.get(sha256) ?? askResponder(url, link, fetcher)
  const [oldest] = known.size < MAX_REMEMBERED ? [] : known.keys()
  if (oldest !== undefined) known.delete(oldest)
  known.set(sha256, answer)
  return answer
}

async function askResponder(url: string, link: Link, fetcher: Fetcher): Promise<FetchedStatus> {
  const { certificate, issuer } = link
  const nonce = octetString(randomBytes(NONCE_BYTES))
  const body = encodeOcspRequest(certificate, issuer, nonce)
  const result = await fetcher(url, { post: { type: 'application/ocsp-request', body } })
  return { certificate: certificate.sha256, kind: 'ocsp', url, nonce, result }
}

/** One of each. */
function crlUrls(all: readonly (readonly DistributionPoint[] | null)[]): readonly string[] {
  const urls = all.flatMap(points => {
    const names = (points ?? []).flatMap(({ fullName }) => fullName ?? [])
    const url = bestUrl(names.flatMap(name => (name.type === 'uri' ? [name.value] : [])))
    return url === null ? [] : [url]
  })
  return [...new Set(urls)]
}

/** The first that can be fetched; where none can, the first: its failure is on record then. */
function bestUrl(urls: readonly string[]): string | null {
  return urls.find(url => /^https?:\/\//i.test(url)) ?? urls[0] ?? null
}
