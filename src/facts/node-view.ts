/** One address as the rules see it: what it did with every hello, put in relation. */
import type { Hello } from '../hello.ts'
import {
  type Attempt,
  type Fact,
  isAccepted,
  isDropped,
  type Node,
  type ObservedTarget,
  withoutAsides,
} from '../observation.ts'
import { isLarge } from '../wire/hello-length.ts'
import type { ServerFlight } from '../wire/outcome.ts'
import type { BookedChain, ChainBook } from './chain-book.ts'
import { andThen, ifAny, known, knownIf, NOT_APPLICABLE, NOT_PROBED } from './fact.ts'
import type { AcceptedFlight, Answer, Facts, Live, Protocols, Refusal } from './facts.ts'
import { protocolsOf } from './protocols.ts'
import { refusalOf } from './refusal.ts'
import { type Delivery, NO_DELIVERY } from './scts.ts'
import { describeServer, type Server } from './server.ts'
import type { HelloFacts, View } from './view.ts'

export class NodeView implements View {
  readonly node: Node
  readonly server: Server
  private readonly chains: ChainBook
  private readonly hellos: ReadonlyMap<string, Hello>
  /** What clients are told: all but our asides, by hello id. */
  private readonly attempts: Node['attempts']
  private readonly protocols: Protocols
  private readonly accepted: readonly AcceptedFlight[]
  private readonly factsByHello = new Map<string, HelloFacts>()

  /** `hellos` by id: all that may stand behind an attempt. */
  constructor(
    node: Node,
    target: ObservedTarget,
    hellos: ReadonlyMap<string, Hello>,
    chains: ChainBook,
  ) {
    this.node = node
    this.chains = chains
    this.hellos = hellos
    this.attempts = withoutAsides(node.attempts)
    this.protocols = protocolsOf(this.attempts, hellos)
    this.accepted = Object.entries(this.attempts).flatMap(([hello, attempt]) => {
      const flight = acceptedFlight(attempt)
      return flight ? [{ hello, flight, leaf: chains.leafOf(flight.chain) }] : []
    })
    const { attempts } = node
    const { accepted, protocols: versions } = this
    this.server = describeServer({ target, attempts, hellos, accepted, versions })
  }

  /** What it said first to a client; null where it said nothing. */
  get firstAnswer(): Attempt | null {
    return Object.values(this.attempts).find(isAnswer) ?? null
  }

  chainFor(hello: Hello): Fact<BookedChain> {
    const attempt = this.attemptOf(hello)
    const sent = attempt && attempt.kind !== 'failed' ? attempt.server.chain : null
    const found = this.chains.find(sent)
    if (found) return known(found)
    const answer = this.factsOf(hello).attempt
    return answer.state === 'known' ? NOT_APPLICABLE : answer
  }

  deliveryFor(hello: Hello): Delivery {
    const attempt = this.attemptOf(hello)
    return attempt && attempt.kind !== 'failed' ? attempt.server : NO_DELIVERY
  }

  /** It is what stands there today. */
  liveFor(): Fact<Live> {
    return NOT_APPLICABLE
  }

  /** What became of this hello. A port that speaks no TLS answers every hello alike. */
  private attemptOf(hello: Hello): Attempt | null {
    const { attempts } = this
    return (
      attempts[hello.id] ?? Object.values(attempts).find(({ kind }) => kind === 'not-tls') ?? null
    )
  }

  /** The first one that it was asked with; null where nobody asked. */
  get firstHello(): Hello | null {
    const [id = ''] = Object.keys(this.attempts)
    return this.hellos.get(id) ?? null
  }

  factsOf(hello: Hello): HelloFacts {
    const facts = this.factsByHello.get(hello.id) ?? this.deriveFacts(hello)
    this.factsByHello.set(hello.id, facts)
    return facts
  }

  private deriveFacts(hello: Hello): HelloFacts {
    const { accepted, protocols, server } = this
    const attempt = toFact(this.attemptOf(hello))
    const flight = andThen(attempt, answer => ifAny(acceptedFlight(answer)))
    const { TLSv1, 'TLSv1.1': tls11, 'TLSv1.2': tls12, 'TLSv1.3': tls13 } = protocols
    return {
      attempt,
      flight,
      refusal: andThen(attempt, answer =>
        known(acceptedFlight(answer) ? null : this.refusal(answer, hello)),
      ),
      accepted: known(accepted),
      protocols: knownIf(tls12 === true || (tls12 !== null && tls13 !== null), protocols),
      legacyProtocols: knownIf(TLSv1 !== null && tls11 !== null, protocols),
      server: known(server),
      keyPair: NOT_APPLICABLE,
      clientAuth: andThen(flight, ({ version, clientAuth }) =>
        this.clientAuth(version, clientAuth),
      ),
    }
  }

  private refusal(answer: Answer, hello: Hello): Refusal | null {
    const { accepted, protocols, hellos, server } = this
    const refusal = refusalOf(answer, hello, accepted, protocols, hellos)
    const dropsIt = isDropped(answer) && server.largeHello?.startsWith('dropped')
    return refusal === 'other' && dropsIt && isLarge(hello.spec) ? 'size' : refusal
  }

  /** Only one handshake of each version is finished: it speaks for the others that were asked. */
  private clientAuth(
    version: number | null,
    own: ServerFlight['clientAuth'],
  ): Fact<Facts['clientAuth']> {
    const others = this.accepted.filter(({ flight }) => flight.version === version)
    const found = [own, ...others.map(({ flight }) => flight.clientAuth)].filter(isDecided)
    if (own === 'not-asked' || own === null) return known('not-asked')
    return found[0] ? known(found[0]) : NOT_PROBED
  }
}

/** The flight with which a hello was accepted; one that only wants a client certificate was accepted. */
export function acceptedFlight(attempt: Attempt): ServerFlight | null {
  if (isAccepted(attempt)) return attempt.server
  return attempt.kind !== 'failed' && attempt.server.clientAuth === 'required'
    ? attempt.server
    : null
}

/** The server spoke, whatever it said. */
export function isAnswer({ kind }: Attempt): boolean {
  return kind !== 'failed' && kind !== 'timeout'
}

function toFact(attempt: Attempt | null): Fact<Answer> {
  if (attempt === null) return NOT_PROBED
  if (attempt.kind === 'failed') return { state: 'unknown', why: attempt.error.code }
  if (attempt.kind === 'timeout') return { state: 'unknown', why: 'ERR_TIMEOUT' }
  return known(attempt)
}

function isDecided(auth: ServerFlight['clientAuth']): auth is 'asked' | 'required' {
  return auth === 'asked' || auth === 'required'
}
