/** One server as its clients meet it: an address that was asked, or files that nobody was shown yet. Types alone. */
import type { Hello } from '../hello.ts'
import type { Fact } from '../observation.ts'
import type { Platform, Stack } from '../platform.ts'
import type { BookedChain } from './chain-book.ts'
import type { CellFacts, Live } from './facts.ts'
import type { Delivery } from './scts.ts'

export interface View {
  factsOf(hello: Hello): HelloFacts
  /** What this hello is shown; a chain counts even where the handshake broke off afterwards. */
  chainFor(hello: Hello): Fact<BookedChain>
  /** What comes with it. */
  deliveryFor(hello: Hello): Delivery
  /** What stands there today, as this client sees it. */
  liveFor(platform: Platform, stack: Stack): Fact<Live>
}

/** The facts that depend on the hello alone, or on nothing. */
export type HelloFacts = Pick<
  CellFacts,
  | 'attempt'
  | 'refusal'
  | 'flight'
  | 'accepted'
  | 'protocols'
  | 'legacyProtocols'
  | 'clientAuth'
  | 'server'
  | 'keyPair'
>
