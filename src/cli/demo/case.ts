/** The contract of a demo case: a server to be checked, and what must come out. */
import type { Server } from 'node:net'
import type { WebOptions } from '../../observe/web.ts'
import type { Text } from '../../text.ts'
import type { Expectation } from './expectation.ts'
import type { Pki } from './pki.ts'

export interface DemoCase {
  /** What the server does, in a few words. */
  readonly shows: Text
  /** The server, not yet listening; null where nobody listens. */
  readonly serve: ((site: Site) => Server) | null
  /** Stated from how the case is made and from what the platforms document: never read off a judgement. */
  readonly expected: Expectation
  /** Asks by HTTP or WebSocket too. */
  readonly url?: { readonly scheme: 'https' | 'wss'; readonly path: string }
  readonly web?: WebOptions
  /** How long to wait for it, where that is the point. */
  readonly timeoutMs?: number
}

export interface Site {
  /** The name that is asked for. */
  readonly host: string
  readonly pki: Pki
}
