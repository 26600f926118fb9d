// One look at a server, SSL 2.0 among them: every prefix and every bit flip of a good answer ends in an outcome.
import { describe, expect, test } from 'vitest'
import { concat, Writer } from '../../src/bytes.ts'
import { helloFor, suitesFor } from '../../src/scan/offers.ts'
import { type Glance, glance } from '../../src/wire/glance.ts'
import { VERSIONS } from '../../src/wire/names.ts'
import type { Flow, Input } from '../../src/wire/record.ts'
import { encodeSsl2Hello, type Ssl2Answer, ssl2Hello } from '../../src/wire/ssl2.ts'
import { flipped } from './drive.ts'
import { RECORDED12 } from './recorded12.ts'

const zeros = (length: number) => new Uint8Array(length)
const FIN: Input = { kind: 'end', how: 'fin' }
const QUIET: Input = { kind: 'quiet' }

function run<T>(flow: Flow<T>, inputs: readonly Input[]): T {
  let step = flow.next()
  for (const input of inputs) if (!step.done) step = flow.next(input)
  if (!step.done) throw new Error('not over')
  return step.value
}

function look(bytes: Uint8Array, end: Input): Glance {
  const suites = suitesFor(VERSIONS['TLS 1.2']).common
  const spec = helloFor({ version: VERSIONS['TLS 1.2'], suites })
  const flow = glance({ spec, serverName: null, random: zeros, shares: [] })
  return run(flow, [{ kind: 'bytes', bytes }, end, end]).glance
}

describe('a recorded flight of TLS 1.2', () => {
  const whole = look(RECORDED12, FIN)

  test('shows version, suite, group, scheme and leaf', () => {
    expect(whole).toMatchObject({ kind: 'chosen', version: VERSIONS['TLS 1.2'] })
    if (whole.kind !== 'chosen') return
    expect(whole.suite).toBeGreaterThan(0)
    expect(whole.leaf?.length).toBeGreaterThan(100)
    expect(whole.group).not.toBeNull()
    expect(whole.scheme).not.toBeNull()
  })

  test('every prefix and every flipped bit ends in an outcome', () => {
    for (let length = 0; length < RECORDED12.length; length++) {
      const prefix = RECORDED12.subarray(0, length)
      expect(['chosen', 'timeout']).toContain(look(prefix, QUIET).kind)
      expect(['chosen', 'closed']).toContain(look(prefix, FIN).kind)
    }
    for (const bytes of flippedAll(RECORDED12)) expect(look(bytes, FIN).kind).toBeTypeOf('string')
  })
})

describe('SSL 2.0', () => {
  const certificate = Uint8Array.of(0x30, 1, 0)
  const body = new Writer().u8(4).u8(0).u8(1).u16(2).u16(certificate.length).u16(6).u16(16)
  body.push(certificate).u24(0x010080).u24(0x0700c0).push(zeros(16))
  const answer = new Writer()
    .u16(0x8000 | body.length)
    .push(body.bytes())
    .bytes()
  const ask = (bytes: Uint8Array, end: Input): Ssl2Answer =>
    run(ssl2Hello(zeros), [{ kind: 'bytes', bytes }, end, end]).answer

  test('says its version and every cipher kind', () => {
    const hello = encodeSsl2Hello(zeros)
    expect([...hello.slice(2, 5)]).toEqual([1, 0, 2])
    expect(hello.length).toBe(2 + ((hello[0]! & 0x7f) << 8) + hello[1]!)
  })

  test('reads the ciphers and the certificate', () => {
    const ciphers = [0x010080, 0x0700c0]
    expect(ask(answer, FIN)).toEqual({ kind: 'ssl2', ciphers, leaf: certificate })
    const long = concat([Uint8Array.of(answer[0]! & 0x3f, answer[1]!, 0), answer.subarray(2)])
    expect(ask(long, FIN)).toEqual({ kind: 'ssl2', ciphers, leaf: certificate })
  })

  test.each([
    ['an alert', Uint8Array.of(21, 3, 1, 0, 2, 2, 70)],
    ['an error of its own', Uint8Array.of(0x80, 3, 0, 0, 1)],
    ['HTTP', Buffer.from('HTTP/1.1 400 Bad Request')],
  ])('%s is a refusal', (_, bytes) => expect(ask(bytes, FIN)).toEqual({ kind: 'refused' }))

  test('every prefix and every flipped bit ends in an outcome', () => {
    for (let length = 0; length < answer.length; length++) {
      expect(ask(answer.subarray(0, length), FIN).kind).toBe('closed')
      expect(ask(answer.subarray(0, length), QUIET).kind).toBe('timeout')
    }
    for (const bytes of flippedAll(answer)) expect(ask(bytes, FIN).kind).toBeTypeOf('string')
  })
})

function* flippedAll(bytes: Uint8Array): Generator<Uint8Array> {
  for (let bit = 0; bit < bytes.length * 8; bit++) yield flipped(bytes, bit)
}
