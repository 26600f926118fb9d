/** All facts of one cell: what the server did with its hello, and what its client makes of the chain. */
import { checkLeaf } from '../chain/leaf.ts'
import type { Attempt, Fact } from '../observation.ts'
import type { Platform } from '../platform.ts'
import type { BookedChain, ChainBook } from './chain-book.ts'
import { andThen, ifAny, known, NOT_APPLICABLE } from './fact.ts'
import type { Cell, CellFacts, NodeSummary } from './facts.ts'
import type { NodeView } from './node-view.ts'
import { objectionTo } from './objection.ts'

export function cellFacts(
  view: NodeView,
  platform: Platform,
  { stack, at }: Cell,
  chains: ChainBook,
  nodes: readonly NodeSummary[],
): CellFacts {
  const hello = view.factsOf(stack.hello)
  const booked = bookedChain(view.attemptOf(stack.hello), hello.attempt, chains)
  const leaf = andThen(booked, entry => ifAny(entry.leaf))
  const client = { spec: stack.hello.spec, limits: stack.limits }
  const shown = leaf.state === 'known' ? leaf.value : null
  return {
    ...hello,
    objection: andThen(hello.attempt, answer => known(objectionTo(answer, client, shown))),
    chain: andThen(booked, entry => known(entry.chain)),
    leaf,
    faults: andThen(booked, entry =>
      known(
        entry.leaf
          ? checkLeaf(entry.leaf, { policy: stack.policy, at, purpose: 'serverAuth' })
          : [],
      ),
    ),
    trust: andThen(booked, ({ trust }) => (trust ? trust.of(platform, stack) : NOT_APPLICABLE)),
    nodes: known(nodes),
  }
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
