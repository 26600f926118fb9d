/** All facts of one cell: what the server did with its hello, and what its client makes of the chain. */
import { checkLeaf } from '../chain/leaf.ts'
import type { CheckedSct } from '../chain/sct.ts'
import type { Attempt, Fact } from '../observation.ts'
import type { Platform, Stack } from '../platform.ts'
import type { BookedChain, ChainBook } from './chain-book.ts'
import { andThen, ifAny, known, NOT_APPLICABLE } from './fact.ts'
import type { Cell, CellFacts, NodeSummary, Revocation, Trust } from './facts.ts'
import type { NodeView } from './node-view.ts'
import { objectionTo } from './objection.ts'
import { chainEntries } from './sent-chain.ts'
import { NO_WEB_FACTS, type WebObservation, webFacts } from './web.ts'

/** What one client makes of the chain that its hello was shown. */
export interface ClientFacts extends Pick<CellFacts, 'trust' | 'listing'> {
  readonly booked: Fact<BookedChain>
}

export function clientFacts(
  view: NodeView,
  platform: Platform,
  stack: Stack,
  chains: ChainBook,
): ClientFacts {
  const booked = bookedChain(view.attemptOf(stack.hello), view.factsOf(stack.hello).attempt, chains)
  return {
    booked,
    trust: andThen(booked, ({ trust }) => trust?.of(platform, stack) ?? NOT_APPLICABLE),
    listing: andThen(booked, ({ trust }) => trust?.listing(platform, stack) ?? NOT_APPLICABLE),
  }
}

export function cellFacts(
  view: NodeView,
  { booked, trust, listing }: ClientFacts,
  cell: Cell,
  chains: ChainBook,
  nodes: readonly NodeSummary[],
  web: WebObservation | null,
): CellFacts {
  const { stack, at } = cell
  const hello = view.factsOf(stack.hello)
  const leaf = andThen(booked, entry => ifAny(entry.leaf))
  const client = { spec: stack.hello.spec, limits: stack.limits }
  const shown = leaf.state === 'known' ? leaf.value : null
  return {
    ...hello,
    objection: andThen(hello.attempt, answer => known(objectionTo(answer, client, shown))),
    ...(web ? webFacts(web, cell) : NO_WEB_FACTS),
    chain: andThen(booked, entry => known(entry.chain)),
    leaf,
    faults: andThen(booked, entry =>
      known(
        entry.leaf
          ? checkLeaf(entry.leaf, { policy: stack.policy, at, purpose: 'serverAuth' })
          : [],
      ),
    ),
    listing,
    trust,
    scts: sctsOf({ ...hello, leaf, trust }, stack, chains),
    revocation: revocationOf(booked, trust, view.attemptOf(stack.hello), chains),
    nodes: known(nodes),
  }
}

/** Only roots that came with the system bring the demand. */
function sctsOf(
  { leaf, trust, flight }: Pick<CellFacts, 'leaf' | 'trust' | 'flight'>,
  { ct }: Stack,
  { scts }: ChainBook,
): Fact<readonly CheckedSct[]> {
  return andThen(leaf, certificate =>
    andThen(trust, ({ path, builtIn }) =>
      ct && path && builtIn
        ? andThen(flight, shown => known(scts.of(certificate, path[1] ?? null, shown)))
        : NOT_APPLICABLE,
    ),
  )
}

/** Where this client builds no path, what is known of the leaf counts all the same. */
function revocationOf(
  booked: Fact<BookedChain>,
  trust: Fact<Trust>,
  attempt: Attempt | null,
  { revocation }: ChainBook,
): Fact<Revocation> {
  const path = trust.state === 'known' ? trust.value.path : null
  const staple = attempt && attempt.kind !== 'failed' ? attempt.server.ocspStaple : null
  return andThen(booked, ({ chain, leaf }) => {
    const [, ...others] = chainEntries(chain).map(({ certificate }) => certificate)
    return leaf ? revocation.of(leaf, path, others, staple) : NOT_APPLICABLE
  })
}

/** A chain that was shown counts even where the handshake broke off afterwards. */
function bookedChain(
  attempt: Attempt | null,
  answer: Fact<unknown>,
  chains: ChainBook,
): Fact<BookedChain> {
  const sent = attempt && attempt.kind !== 'failed' ? attempt.server.chain : null
  const found = chains.find(sent)
  if (found) return known(found)
  return answer.state === 'known' ? NOT_APPLICABLE : answer
}
