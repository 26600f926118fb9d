/** Certificates on file as the clients will meet them: nothing is known of a handshake, and everything of the chain. */
import { equal } from '../bytes.ts'
import type { Fact, Material } from '../observation.ts'
import type { Platform, Stack } from '../platform.ts'
import type { BookedChain, ChainBook } from './chain-book.ts'
import { andThen, ifAny, known, NOT_APPLICABLE, NOT_PROBED } from './fact.ts'
import type { Live } from './facts.ts'
import type { NodeView } from './node-view.ts'
import { type Delivery, NO_DELIVERY } from './scts.ts'
import type { HelloFacts, View } from './view.ts'

export class MaterialView implements View {
  private readonly booked: BookedChain | null
  private readonly live: NodeView | null
  private readonly facts: HelloFacts

  /** `live` is the address that answers where they are to go; null where nobody compares. */
  constructor({ chain, publicKey }: Material, chains: ChainBook, live: NodeView | null) {
    this.booked = chains.find(chain)
    this.live = live
    const leaf = this.booked?.leaf
    const isPair = publicKey && leaf ? equal(leaf.publicKey.spki, publicKey) : null
    this.facts = { ...NO_HANDSHAKE, keyPair: ifAny(isPair) }
  }

  factsOf(): HelloFacts {
    return this.facts
  }

  chainFor(): Fact<BookedChain> {
    return this.booked ? known(this.booked) : NOT_PROBED
  }

  deliveryFor(): Delivery {
    return NO_DELIVERY
  }

  /** What nobody could find out of it is no question to the files. */
  liveFor(platform: Platform, stack: Stack): Fact<Live> {
    const shown = this.live?.chainFor(stack.hello) ?? NOT_APPLICABLE
    const live = andThen(shown, ({ leaf, trust }) => {
      const path = trust?.of(platform, stack)
      return leaf && path?.state === 'known'
        ? known({ leaf, trusted: path.value.path !== null })
        : NOT_APPLICABLE
    })
    return live.state === 'known' ? live : NOT_APPLICABLE
  }
}

/** The facts of a server that nobody asked. */
export const NO_HANDSHAKE: HelloFacts = {
  attempt: NOT_APPLICABLE,
  refusal: NOT_APPLICABLE,
  flight: NOT_APPLICABLE,
  accepted: NOT_APPLICABLE,
  protocols: NOT_APPLICABLE,
  legacyProtocols: NOT_APPLICABLE,
  clientAuth: NOT_APPLICABLE,
  server: NOT_APPLICABLE,
  keyPair: NOT_APPLICABLE,
}
