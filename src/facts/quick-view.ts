/** An address of which one handshake tells all: the chain that it shows counts for every client. */
import type { Hello } from '../hello.ts'
import type { Fact } from '../observation.ts'
import type { BookedChain } from './chain-book.ts'
import { NOT_APPLICABLE } from './fact.ts'
import type { Live } from './facts.ts'
import { NO_HANDSHAKE } from './material-view.ts'
import type { NodeView } from './node-view.ts'
import type { Delivery } from './scts.ts'
import type { HelloFacts, View } from './view.ts'

export class QuickView implements View {
  private readonly node: NodeView
  /** The hello that was sent; null where none was. */
  private readonly sent: Hello | null
  private readonly chain: Fact<BookedChain>

  constructor(node: NodeView) {
    this.node = node
    this.sent = node.firstHello
    this.chain = this.sent ? node.chainFor(this.sent) : NOT_APPLICABLE
  }

  /** Of the hello that was sent what came of it; of others nothing is asked where there is a chain. */
  factsOf(hello: Hello): HelloFacts {
    const isSent = hello.id === this.sent?.id
    if (!isSent && this.chain.state === 'known') return NO_HANDSHAKE
    const { protocols, legacyProtocols, server } = NO_HANDSHAKE
    return { ...this.node.factsOf(hello), protocols, legacyProtocols, server }
  }

  chainFor(hello: Hello): Fact<BookedChain> {
    return this.chain.state === 'known' ? this.chain : this.node.chainFor(hello)
  }

  deliveryFor(hello: Hello): Delivery {
    return this.node.deliveryFor(this.sent ?? hello)
  }

  /** It is what stands there today. */
  liveFor(): Fact<Live> {
    return NOT_APPLICABLE
  }
}
