/** The contract of a hello: one client's ClientHello as data, with where and when it was seen. */
import type { Text } from './text.ts'
import type { ClientHelloSpec } from './wire/client-hello.ts'

/** A ClientHello with its origin. Several stacks may send the same one: one connection serves them all. */
export interface Hello {
  /** File name in hellos/, or derived from one (`ios-14+ats`). Equal ids are equal specs. */
  readonly id: string
  readonly title: Text
  /** Decoded from bytes that a client sent, or written down from its code or a mimic of it. */
  readonly evidence: 'captured' | 'described'
  readonly sources: readonly string[]
  /** When the source was last read, such as `2026-06-25`. */
  readonly date: string
  /** What is not certain about it. */
  readonly doubts: readonly Text[]
  readonly spec: ClientHelloSpec
  /** Asks for something else than the name's own service: what it brings says nothing about clients. */
  readonly aside?: Aside
}

export type Aside =
  | 'no-name' // without SNI
  | 'unknown-name' // for a name that nobody has
  | 'weak-suites'
  | 'resumption' // takes up the session that another hello made, by the same hello
  | 'large'
  | 'large-in-two' // in two TCP segments
  | 'small-again' // after those

/** A name that nobody has (RFC 6761 section 6.4). */
export const UNKNOWN_NAME = 'no-such-name.invalid'
