/** Runs the client without a socket: what the server sends is a list of byte strings. */
import { concat } from '../../src/bytes.ts'
import { handshake } from '../../src/wire/client.ts'
import type { Handshake } from '../../src/wire/outcome.ts'
import type { Input } from '../../src/wire/record.ts'
import type { ClientOptions } from '../../src/wire/session.ts'

export interface Run {
  readonly handshake: Handshake
  /** All that the client sent, its farewell included. */
  readonly sent: Uint8Array
}

export const QUIET: Input = { kind: 'quiet' }
export const FIN: Input = { kind: 'end', how: 'fin' }

/** Hands in the byte strings one by one, then `last` for ever. */
export function drive(
  options: ClientOptions,
  received: Iterable<Uint8Array>,
  last: Input = QUIET,
): Run {
  const machine = handshake(options)
  const sent: Uint8Array[] = []
  let step = machine.next()
  for (const bytes of received) {
    if (step.done) break
    sent.push(step.value.send)
    step = machine.next({ kind: 'bytes', bytes })
  }
  for (let turns = 0; !step.done; turns++) {
    if (turns > 4) throw new Error('the client never ends')
    sent.push(step.value.send)
    step = machine.next(last)
  }
  return { handshake: step.value.handshake, sent: concat([...sent, step.value.farewell]) }
}

/** Hands in what `respond` answers to each thing the client sends, and `last` when it waits in vain. */
export function converse(
  options: ClientOptions,
  respond: (sent: Uint8Array) => Uint8Array,
  last: Input = QUIET,
): Run {
  const machine = handshake(options)
  const sent: Uint8Array[] = []
  let step = machine.next()
  for (let turns = 0; !step.done; turns++) {
    if (turns > 10) throw new Error('the client never ends')
    const { send } = step.value
    sent.push(send)
    step = machine.next(send.length > 0 ? { kind: 'bytes', bytes: respond(send) } : last)
  }
  return { handshake: step.value.handshake, sent: concat([...sent, step.value.farewell]) }
}

/** Gives these byte strings in turn to whoever asks for as many bytes, and zeros for everything else. */
export function fixedRandom(values: readonly Uint8Array[]): (length: number) => Uint8Array {
  const left = [...values]
  return length => (left[0]?.length === length ? left.shift()! : new Uint8Array(length))
}

/** `bytes` in pieces of the given length. */
export function pieces(bytes: Uint8Array, length: number): Uint8Array[] {
  const parts: Uint8Array[] = []
  for (let from = 0; from < bytes.length; from += length)
    parts.push(bytes.subarray(from, from + length))
  return parts
}

/** A copy with one bit changed. */
export function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = bytes.slice()
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}

/** A copy with the last bit changed. */
export function lastBit(honest: Uint8Array): Uint8Array {
  const changed = honest.slice()
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
  return changed
}
