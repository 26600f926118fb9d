import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat, toHex } from '../../src/bytes.ts'
import { handshake } from '../../src/wire/client.ts'
import type { ClientOptions } from '../../src/wire/session.ts'
import { OLDER } from './connect.ts'
import { drive, FIN, flipped, pieces, QUIET, type Run } from './drive.ts'
import { memoryClient } from './fake-server.ts'
import { RECORDED12 } from './recorded12.ts'
import { RETRY, SIMPLE } from './rfc8448.ts'
import { retryClient, simpleClient } from './trace.ts'

/** Name, client, bytes, and how many of them the handshake needs. */
type Flight = readonly [string, () => ClientOptions, Uint8Array, number]

const FLIGHTS: readonly Flight[] = [
  ['TLS 1.3', simpleClient, concat(SIMPLE.received), concat(SIMPLE.received.slice(0, 2)).length],
  ['TLS 1.3 and a retry', retryClient, concat(RETRY.received), concat(RETRY.received).length],
  ['TLS 1.2', () => memoryClient({ spec: OLDER }), RECORDED12, RECORDED12.length],
]

describe.each(FLIGHTS)('a recorded flight of %s', (_, fresh, flight, needed) => {
  const { leafKey } = fresh()
  const { chain } = drive(fresh(), [flight]).handshake.server
  const key = leafKey(chain?.[0] ?? new Uint8Array())
  // A certificate is read once: what is told apart here is not what it holds.
  const client = () => ({ ...fresh(), leafKey: () => key })
  const whole = digest(drive(client(), [flight]))

  test('completes', () => {
    expect(drive(fresh(), [flight]).handshake.kind).toBe('completed')
  })

  test('ends in the same way at every split point', () => {
    for (let at = 1; at < flight.length; at++)
      expect(digest(drive(client(), [flight.subarray(0, at), flight.subarray(at)]))).toBe(whole)
  })

  test('ends in the same way in pieces of any lengths, one byte among them', () => {
    expect(digest(drive(client(), pieces(flight, 1)))).toBe(whole)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }), lengths => {
        const parts: Uint8Array[] = []
        for (let from = 0, i = 0; from < flight.length; i++) {
          const length = lengths[i % lengths.length] ?? 1
          parts.push(flight.subarray(from, from + length))
          from += length
        }
        expect(digest(drive(client(), parts))).toBe(whole)
      }),
      { numRuns: 50 },
    )
  })

  test('every prefix ends in an outcome', () => {
    for (let length = 0; length < flight.length; length++) {
      const prefix = flight.subarray(0, length)
      const whole = length >= needed
      expect(drive(client(), [prefix], QUIET).handshake.kind).toBe(whole ? 'completed' : 'timeout')
      expect(drive(client(), [prefix], FIN).handshake.kind).toBe(whole ? 'completed' : 'closed')
    }
  })

  test('every flip of one bit ends in an outcome', () => {
    const kinds = new Set<string>()
    // What follows the hellos of the retry is protected as in the simple handshake.
    const length = fresh === retryClient ? concat(RETRY.received.slice(0, 2)).length : flight.length
    for (let bit = 0; bit < length * 8; bit++)
      kinds.add(drive(client(), [flipped(flight, bit)]).handshake.kind)
    expect(kinds).toContain('violation')
  })
})

test('bytes that are no flight end in an outcome', () => {
  const header = fc.constantFrom([22, 3, 3], [21, 3, 1], [20, 3, 3], [23, 3, 3], [22, 3, 1])
  fc.assert(
    fc.property(
      fc.array(fc.tuple(header, fc.uint8Array({ maxLength: 60 })), { maxLength: 12 }),
      records => {
        const bytes = concat(
          records.map(([start, body]) => concat([Uint8Array.of(...start, 0, body.length), body])),
        )
        drive(memoryClient(), [bytes])
      },
    ),
    { numRuns: 500 },
  )
})

test('a client that asks nothing of its input ends at once when the time is up', () => {
  const machine = handshake(memoryClient())
  machine.next()
  const end = machine.next(QUIET)
  expect(end).toMatchObject({ done: true, value: { handshake: { kind: 'timeout' } } })
})

/** Equal for equal runs. */
function digest({ handshake, sent }: Run): string {
  const plain = JSON.stringify(handshake, (_, value) =>
    value instanceof Uint8Array ? toHex(value) : value,
  )
  return `${plain} ${toHex(sent)}`
}
