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
}
