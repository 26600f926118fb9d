import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { concat } from '../../src/bytes.ts'
import { UsageError } from '../../src/errors.ts'
import { message } from '../../src/wire/messages.ts'
import { groups } from '../../src/wire/names.ts'
import type { Handshake, Stage } from '../../src/wire/outcome.ts'
import { encodeClientHello, type TlsOptions, tlsHandshake } from '../../src/wire/tls.ts'
import { startTcp } from '../helpers/tls-server.ts'
import { OLDER, PLAIN, shake, USUAL } from './connect.ts'
import { answer, memoryClient, record } from './fake-server.ts'
import { splitRecords } from './fake-server12.ts'
import { RECORDED12 } from './recorded12.ts'

const SHORT = { timeouts: { readMs: 100, totalMs: 1000 } }

describe('what is no TLS', () => {
  const http = 'HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nConnection: close\r\n\r\n<html>'

  test.each<[string, string | Uint8Array, string]>([
    ['HTTP', http, 'http'],
    ['SSH', 'SSH-2.0-OpenSSH_9.2p1\r\n', 'ssh'],
    ['mail', '220 mail.example ESMTP Postfix\r\n', 'text'],
    ['a database', Uint8Array.of(74, 0, 0, 0, 10, 56, 46, 48), 'binary'],
    ['a ServerHello of SSL 2.0', Uint8Array.of(0x84, 0x02, 4, 0, 1, 0, 2, 3), 'binary'],
    ['a byte that begins a record, and none after it', Uint8Array.of(22, 88, 88), 'binary'],
    ['a record of a version nobody knows', Uint8Array.of(22, 3, 9, 0, 1, 0), 'binary'],
  ])('%s', async (_, greeting, looksLike) => {
    const bytes = Buffer.from(greeting)
    for (const size of [bytes.length, 1]) {
      const port = await startTcp(async socket => {
        await once(socket, 'data')
        for (let from = 0; from < bytes.length; from += size) {
          socket.write(bytes.subarray(from, from + size))
          if (size === 1) await new Promise(setImmediate)
        }
        socket.end()
      })
      const handshake = await shake(port)
      expect(handshake).toMatchObject({ kind: 'not-tls', looksLike, bytes: bytes.length })
      expect(firstBytes(handshake)).toEqual([...bytes])
    }
  })

  test('a greeting that comes before our hello and waits', async () => {
    const port = await startTcp(socket => socket.write('220 ready\r\n'))
    expect(await shake(port)).toMatchObject({ kind: 'not-tls', looksLike: 'text' })
  })

  test('no more than 256 bytes are kept', async () => {
    const port = await startTcp(socket => socket.end('x'.repeat(100_000)))
    expect(firstBytes(await shake(port))).toHaveLength(256)
  })
})

describe('silence', () => {
  test('from the start', async () => {
    const port = await startTcp(() => {})
    expect(await shake(port, SHORT)).toMatchObject({
      kind: 'timeout',
      after: 'client-hello',
      bytes: 0,
    })
  })

  test('in the midst of a record', async () => {
    const port = await startTcp(socket => socket.write(Uint8Array.of(22, 3, 3, 0)))
    expect(await shake(port, SHORT)).toMatchObject({ kind: 'timeout', bytes: 4 })
  })

  test('one byte after the other, without a pause, ends with the total time', async () => {
    const bytes = [0, 64, 3, 3, 22]
    const stream = new Duplex({
      read() {
        setImmediate(() => this.push(Uint8Array.of(bytes.pop() ?? 0)))
      },
      write: (_chunk, _encoding, done) => done(),
    })
    const startedAt = performance.now()
    const timeouts = { readMs: 5000, totalMs: 100 }
    const handshake = await tlsHandshake(stream, { ...USUAL, timeouts })
    expect(handshake).toMatchObject({ kind: 'timeout', after: 'client-hello' })
    expect(performance.now() - startedAt).toBeLessThan(timeouts.readMs)
  })
})

describe('endless', () => {
  const certificate = concat([Uint8Array.of(22, 3, 3, 64, 0), new Uint8Array(16384)])
  certificate.set(message(11, new Uint8Array()).slice(0, 1), 5)
  certificate.set([0x98, 0x96, 0x80], 6)

  test.each<[string, Uint8Array, string]>([
    [
      'garbage behind a header of a record',
      concat([Uint8Array.of(22, 3, 3, 64, 0), new Uint8Array(16384).fill(1)]),
      'unexpected-message',
    ],
    ['a certificate message of 10 MB', certificate, 'over-budget'],
    ['empty records', record(22, new Uint8Array()), 'over-budget'],
    ['warnings', record(21, Uint8Array.of(1, 112)), 'over-budget'],
    ['ChangeCipherSpec', record(20, Uint8Array.of(1)), 'over-budget'],
    ['application data', record(23, new Uint8Array(100)), 'unexpected-message'],
  ])('%s', async (_, bytes, violation) => {
    const port = await startTcp(socket => pour(socket, bytes))
    expect(await shake(port)).toMatchObject({ kind: 'violation', violation })
  })
})

describe('close and reset after each message', () => {
  const messages = messagesOf(RECORDED12)
  const stages: readonly Stage[] = [
    'client-hello',
    'server-hello',
    'certificate',
    'key-exchange',
    'flight',
  ]
  const options: Partial<TlsOptions> = { spec: OLDER, random: length => new Uint8Array(length) }

  test.each(stages.map((stage, count) => [stage, count] as const))('%s', async (after, count) => {
    const bytes = concat(messages.slice(0, count).map(body => record(22, body)))
    for (const how of ['fin', 'reset'] as const) {
      const port = await startTcp(async socket => {
        await once(socket, 'data')
        if (bytes.length > 0) await new Promise<void>(sent => socket.write(bytes, () => sent()))
        if (how === 'fin') socket.end()
        else {
          // Its acknowledgement would be lost with it: the reset must not overtake the bytes.
          if (count === stages.length - 1) await once(socket, 'data')
          socket.resetAndDestroy()
        }
      })
      const handshake = await shake(port, options)
      expect(handshake.kind).toBe('closed')
      if (how === 'fin') expect(handshake).toMatchObject({ how, after })
    }
  })

  test('TLS 1.3: after ServerHello, and within the encrypted flight', async () => {
    for (const [cut, after] of [
      [0, 'server-hello'],
      [50, 'server-hello'],
    ] as const) {
      const port = await startTcp(async socket => {
        const [hello] = (await once(socket, 'data')) as [Uint8Array]
        const [first, second] = answer(hello)
        socket.end(concat([first!, second!.subarray(0, cut)]))
      })
      const { random } = memoryClient()
      expect(await shake(port, { random })).toMatchObject({ kind: 'closed', how: 'fin', after })
    }
  })
})

describe('how we leave', () => {
  test('a violation is told by a fatal alert and FIN', async () => {
    const heard = await hears(record(22, message(14, new Uint8Array())))
    expect(heard).toEqual([21, 3, 1, 0, 2, 2, 10])
  })

  test('stopping after the flight is told by user_canceled, close_notify and FIN', async () => {
    const end = messagesOf(RECORDED12).slice(0, 4)
    const heard = await hears(concat(end.map(body => record(22, body))), {
      spec: OLDER,
      random: length => new Uint8Array(length),
      complete: () => false,
    })
    expect(heard).toEqual([21, 3, 3, 0, 2, 1, 90, 21, 3, 3, 0, 2, 1, 0])
  })

  test('silence is told by user_canceled, close_notify and FIN', async () => {
    const heard = await hears(new Uint8Array(), { timeouts: { readMs: 50, totalMs: 500 } })
    expect(heard).toEqual([21, 3, 1, 0, 2, 1, 90, 21, 3, 1, 0, 2, 1, 0])
  })

  test('a server that never closes is left after a short grace', async () => {
    const port = await startTcp(socket => {
      socket.resume()
      socket.write('SSH-2.0-x\r\n')
    })
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    const closed = once(socket, 'close')
    await tlsHandshake(socket, USUAL)
    expect(socket.destroyed).toBe(false)
    await closed
    expect(socket.destroyed).toBe(true)
  })

  test('a stream that is gone already is a reset', async () => {
    const socket = new Duplex({ read() {}, write: (_c, _e, done) => done() })
    socket.destroy()
    await once(socket, 'close')
    expect(await tlsHandshake(socket, USUAL)).toMatchObject({ kind: 'closed', how: 'reset' })
  })

  test('a key share nobody can make is an error of the caller', async () => {
    const spec = { ...PLAIN, keyShares: groups('curveSM2') }
    expect(() => encodeClientHello(spec, null)).toThrow(UsageError)
    const port = await startTcp(socket => socket.resume())
    await expect(shake(port, { spec })).rejects.toMatchObject({ code: 'ERR_USAGE' })
  })
})

/** What a server hears behind the ClientHello until FIN, having sent these bytes. */
async function hears(bytes: Uint8Array, options: Partial<TlsOptions> = {}): Promise<number[]> {
  const chunks: Uint8Array[] = []
  let ended: Promise<unknown> = Promise.resolve()
  const port = await startTcp(async socket => {
    ended = once(socket, 'end')
    socket.on('data', chunk => chunks.push(chunk))
    await once(socket, 'data')
    socket.write(bytes)
  })
  await shake(port, options)
  await ended
  const heard = concat(chunks)
  const hello = 5 + ((heard[3] ?? 0) << 8) + (heard[4] ?? 0)
  return [...heard.subarray(hello)]
}

/** Writes the same bytes for ever, as fast as they are taken. */
async function pour(socket: Socket, bytes: Uint8Array): Promise<void> {
  const many = concat(Array<Uint8Array>(Math.ceil(1000 / bytes.length)).fill(bytes))
  while (!socket.destroyed && socket.writable)
    if (!socket.write(many)) await Promise.race([once(socket, 'drain'), once(socket, 'close')])
}

/** The handshake messages of a flight in the clear, up to its ChangeCipherSpec. */
function messagesOf(flight: Uint8Array): Uint8Array[] {
  const records = splitRecords(flight)
  const clear = concat(records.filter(([type]) => type === 22).map(([, content]) => content))
  const messages: Uint8Array[] = []
  for (let from = 0; messages.length < 4; ) {
    const length = 4 + ((clear[from + 2] ?? 0) << 8) + (clear[from + 3] ?? 0)
    messages.push(clear.subarray(from, from + length))
    from += length
  }
  return messages
}

function firstBytes(handshake: Handshake): number[] {
  return handshake.kind === 'not-tls' ? [...handshake.firstBytes] : []
}
