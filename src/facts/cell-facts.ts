/** All facts of one cell: what the server did with its hello, and what its client makes of the chain. */
import { checkLeaf } from '../chain/leaf.ts'
import type { PathError } from '../chain/path-error.ts'
import type { CheckedSct } from '../chain/sct.ts'
import type { Fact } from '../observation.ts'
import type { Platform, Stack } from '../platform.ts'
import type { Policy } from '../policy.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { BookedChain, ChainBook } from './chain-book.ts'
import { policies } from './client-paths.ts'
import { andThen, ifAny, isNotApplicable, known, NOT_APPLICABLE } from './fact.ts'
import type { Cell, CellFacts, NodeSummary, Revocation, Trust } from './facts.ts'
import { keyMisfit } from './key-fit.ts'
import { objectionTo } from './objection.ts'
import type { Delivery } from './scts.ts'
import { chainEntries } from './sent-chain.ts'
import type { HelloFacts, View } from './view.ts'
import { NO_WEB_FACTS, needsCertificate, type WebObservation, webFacts } from './web.ts'

/** What one client makes of the chain that its hello was shown. */
export interface ClientFacts extends Pick<CellFacts, 'trust' | 'listing' | 'live'> {
  readonly booked: Fact<BookedChain>
}

export function clientFacts(view: View, platform: Platform, stack: Stack): ClientFacts {
  const booked = view.chainFor(stack.hello)
  return {
    booked,
    trust: andThen(booked, ({ trust }) => trust?.of(platform, stack) ?? NOT_APPLICABLE),
    listing: andThen(booked, ({ trust }) => trust?.listing(platform, stack) ?? NOT_APPLICABLE),
    live: view.liveFor(platform, stack),
  }
}

export function cellFacts(
  view: View,
  { booked, trust, listing, live }: ClientFacts,
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
  const delivery = view.deliveryFor(stack.hello)
  const asked = web ? webFacts(web, cell) : NO_WEB_FACTS
  // Spelled out, for of spreads V8 makes an object that is slow to read, and every rule reads it.
  return {
    attempt: hello.attempt,
    refusal: hello.refusal,
    flight: hello.flight,
    accepted: hello.accepted,
    protocols: hello.protocols,
    legacyProtocols: hello.legacyProtocols,
    clientAuth:
      web && needsCertificate(web, cell.api)
        ? andThen(hello.clientAuth, () => REQUIRED)
        : hello.clientAuth,
    server: hello.server,
    keyPair: hello.keyPair,
    visit: asked.visit,
    redirects: asked.redirects,
    referers: asked.referers,
    answer: asked.answer,
    latency: asked.latency,
    responseText: asked.responseText,
    plainHttp: asked.plainHttp,
    burst: asked.burst,
    verifyFile: asked.verifyFile,
    upgrade: asked.upgrade,
    objection: andThen(hello.attempt, answer => known(objectionTo(answer, client, shown))),
    keyFit: isNotApplicable(hello.attempt)
      ? andThen(leaf, certificate => known(keyMisfit(certificate, client)))
      : NOT_APPLICABLE,
    chain: andThen(booked, entry => known(entry.chain)),
    leaf,
    faults: andThen(booked, entry =>
      known(entry.leaf ? faultsOf(entry.leaf, stack.policy, at) : []),
    ),
    listing,
    trust,
    scts: sctsOf(hello, leaf, trust, delivery, stack, chains),
    revocation: revocationOf(booked, trust, delivery, chains),
    nodes: known(nodes),
    live,
  }
}

const REQUIRED = known('required' as const)

const faults = new WeakMap<Certificate, Map<string, readonly PathError[]>>()

/** Most policies ask the same of a leaf. */
function faultsOf(leaf: Certificate, policy: Policy, at: number): readonly PathError[] {
  const byPolicy = faults.get(leaf) ?? new Map<string, readonly PathError[]>()
  faults.set(leaf, byPolicy)
  const key = `${policies.of(policy)} ${at}`
  const found = byPolicy.get(key) ?? checkLeaf(leaf, { policy, at, purpose: 'serverAuth' })
  byPolicy.set(key, found)
  return found
}

/** Only roots that came with the system bring the demand. */
function sctsOf(
  { flight, attempt }: HelloFacts,
  leaf: Fact<Certificate>,
  trust: Fact<Trust>,
  delivery: Delivery,
  { ct }: Stack,
  { scts }: ChainBook,
): Fact<readonly CheckedSct[]> {
  return andThen(leaf, certificate =>
    andThen(trust, ({ path, builtIn }) =>
      ct && path && builtIn && (flight.state === 'known' || isNotApplicable(attempt))
        ? known(scts.of(certificate, path[1] ?? null, delivery))
        : NOT_APPLICABLE,
    ),
  )
}

/** Where this client builds no path, what is known of the leaf counts all the same. */
function revocationOf(
  booked: Fact<BookedChain>,
  trust: Fact<Trust>,
  { ocspStaple }: Delivery,
  { revocation }: ChainBook,
): Fact<Revocation> {
  const path = trust.state === 'known' ? trust.value.path : null
  return andThen(booked, ({ chain, leaf }) => {
    const [, ...others] = chainEntries(chain).map(({ certificate }) => certificate)
    return leaf ? revocation.of(leaf, path, others, ocspStaple) : NOT_APPLICABLE
  })
}
