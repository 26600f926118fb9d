/** Servers on loopback that do what no server should: one kind of misbehaviour a port. */
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { concat } from '../../src/bytes.ts'
import { CERTIFICATE, message } from '../../src/wire/messages.ts'
import { SUITES } from '../../src/wire/names.ts'
import { answer, encodeCertificate, type Mischief, record } from '../wire/fake-server.ts'
import { cipher } from '../wire/mischief.ts'
import { identity } from './tls-server.ts'

/** What is done with each connection. Those that speak TLS answer a hello of TLS 1.3 that begins with X25519. */
const MANNERS = {
  silent: () => {},
  http: answerOnce('HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nConnection: close\r\n\r\n<html>'),
  ssh: greet('SSH-2.0-OpenSSH_9.2p1 Debian\r\n'),
  smtp: greet('220 mail.example ESMTP Postfix\r\n'),
  garbage: answerOnce(Uint8Array.from({ length: 500 }, (_, index) => (index * 89 + 128) % 256)),
  'closes at once': socket => void socket.end(),
  'resets at once': socket => void socket.resetAndDestroy(),
  'closes after ServerHello': afterServerHello(socket => void socket.end()),
  'resets after ServerHello': afterServerHello(socket => void socket.resetAndDestroy()),
  'falls silent after ServerHello': afterServerHello(() => {}),
  'one byte at a time': drip,
  'endless records': socket => pour(socket, record(22, new Uint8Array())),
  'an endless message': socket => pour(socket, record(22, hugeMessage())),
  'a certificate message of 10 MB': misbehave({
    certificate: () => message(CERTIFICATE, new Uint8Array(10_000_000)),
    split: inRecords,
  }),
  'a malformed leaf': misbehave({
    certificate: () => encodeCertificate([identity('ed25519').der.slice(0, 100)]),
  }),
  'no certificate': misbehave({ certificate: () => encodeCertificate([]) }),
  'a suite nobody offered': misbehave(cipher(SUITES.TLS_RSA_WITH_NULL_SHA[0])),
  'a wrong Finished': misbehave({ finished: flipLastBit }),
  'a wrong signature': misbehave({ certificateVerify: flipLastBit }),
  honest: misbehave({}),
} satisfies Readonly<Record<string, (socket: Socket) => unknown>>

export type Manner = keyof typeof MANNERS
const MANNER_NAMES = Object.keys(MANNERS) as Manner[]

export interface BadServers {
  readonly ports: Readonly<Record<Manner, number>>
  /** A port that nobody listens on. */
  readonly closedPort: number
  close(): void
}

export async function startBadServers(): Promise<BadServers> {
  const sockets = new Set<Socket>()
  const servers: Server[] = []
  const listen = async (serve: (socket: Socket) => unknown) => {
    const server = createServer({ allowHalfOpen: true }, socket => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      // A client that has seen enough resets the connection.
      socket.on('error', () => {})
      serve(socket)
    })
    servers.push(server)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return { server, port: address.port }
  }
  const open = await Promise.all(
    MANNER_NAMES.map(async name => [name, (await listen(MANNERS[name])).port] as const),
  )
  const closed = await listen(() => {})
  closed.server.close()
  return {
    ports: Object.fromEntries(open) as Record<Manner, number>,
    closedPort: closed.port,
    close() {
      for (const server of servers) server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

function greet(text: string): (socket: Socket) => void {
  return socket => void socket.write(text)
}

function answerOnce(bytes: string | Uint8Array): (socket: Socket) => Promise<void> {
  return async socket => {
    await firstHello(socket)
    socket.end(bytes)
  }
}

/** The fatal alert protocol_version. */
const PROTOCOL_VERSION = record(21, Uint8Array.of(2, 70))

/** A handshake that is honest but for one thing; it waits for the client to leave. */
function misbehave(mischief: Mischief): (socket: Socket) => Promise<void> {
  return async socket => {
    const hello = await firstHello(socket)
    socket.on('end', () => socket.end())
    socket.write(isModern(hello) ? concat(answer(hello, mischief)) : PROTOCOL_VERSION)
  }
}

/** A hello of older versions alone is left at once. */
function afterServerHello(leave: (socket: Socket) => void): (socket: Socket) => Promise<void> {
  return async socket => {
    const hello = await firstHello(socket)
    const [serverHello] = isModern(hello) ? answer(hello) : []
    if (serverHello) await new Promise<void>(sent => socket.write(serverHello, () => sent()))
    leave(socket)
  }
}

/** Hellos of TLS 1.3 carry a session id, ours of older versions alone do not. */
function isModern(hello: Uint8Array): boolean {
  return (hello[43] ?? 0) > 0
}

/** The first record, header included; waits for ever where none comes. */
function firstHello(socket: Socket): Promise<Uint8Array> {
  return new Promise(resolve => {
    let received: Uint8Array = new Uint8Array()
    socket.on('data', chunk => {
      received = concat([received, chunk])
      const [, , , high = 0, low = 0] = received
      if (received.length >= 5 && received.length >= 5 + high * 256 + low) resolve(received)
    })
  })
}

/** Writes the same bytes for ever, as fast as they are taken. */
function pour(socket: Socket, bytes: Uint8Array): void {
  const many = concat(Array<Uint8Array>(Math.ceil(1000 / bytes.length)).fill(bytes))
  const source = new Readable({
    read() {
      this.push(many)
    },
  })
  source.pipe(socket)
  socket.on('close', () => source.destroy())
}

/** The header of a record, and then its content so slowly that no pause is long enough to be silence. */
function drip(socket: Socket): void {
  socket.write(Uint8Array.of(22, 3, 3, 64, 0))
  const timer = setInterval(() => socket.write(Uint8Array.of(2)), 50)
  socket.on('close', () => clearInterval(timer))
}

/** A whole record of a certificate message that is announced as 10 MB long. */
function hugeMessage(): Uint8Array {
  return message(CERTIFICATE, new Uint8Array(10_000_000)).slice(0, RECORD_BYTES)
}

function inRecords(messages: Uint8Array): Uint8Array[] {
  const count = Math.ceil(messages.length / RECORD_BYTES)
  return Array.from({ length: count }, (_, index) =>
    messages.subarray(index * RECORD_BYTES, (index + 1) * RECORD_BYTES),
  )
}

const RECORD_BYTES = 16_384

function flipLastBit(honest: Uint8Array): Uint8Array {
  const changed = honest.slice()
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
  return changed
}
