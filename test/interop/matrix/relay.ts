/** Stands between a client and a server on loopback, passes everything on, and keeps what each side said first. */
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { concat } from '../../../src/bytes.ts'

export interface Relay {
  readonly port: number
  /** The server's first bytes, where it said most: a client may open a second connection and leave it at that. */
  readonly answer: () => Uint8Array
  /** Ends what is still open. */
  readonly close: () => Promise<void>
}

/** Segments kept of a connection: a flight has a few. */
const KEPT = 100

export async function startRelay(target: number): Promise<Relay> {
  const answers: Uint8Array[][] = []
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, client => {
    const chunks: Uint8Array[] = []
    answers.push(chunks)
    const upstream = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true })
    upstream.on('data', chunk => {
      if (chunks.length < KEPT) chunks.push(chunk)
    })
    join(client, upstream, sockets)
    join(upstream, client, sockets)
  })
  return {
    port: await listen(server),
    answer: () =>
      answers.map(concat).reduce((a, b) => (b.length > a.length ? b : a), new Uint8Array()),
    close: () => stop(server, sockets),
  }
}

/** The first bytes that a client sends to whoever listens; it is answered with FIN. */
export async function captureFirst(visit: (port: number) => Promise<unknown>): Promise<Uint8Array> {
  const sockets = new Set<Socket>()
  const seen: Uint8Array[][] = []
  const server = createServer(socket => {
    sockets.add(socket)
    const chunks: Uint8Array[] = []
    seen.push(chunks)
    socket.on('error', () => {})
    socket.on('data', chunk => {
      chunks.push(chunk)
      // A hello with a post-quantum share comes in several segments.
      if (wholeRecord(concat(chunks))) socket.end()
    })
  })
  await visit(await listen(server))
  await stop(server, sockets)
  const [first] = seen.map(concat).filter(bytes => bytes.length > 0)
  if (!first) throw new Error('the client sent nothing')
  return first
}

function wholeRecord(bytes: Uint8Array): boolean {
  return bytes.length >= 5 && bytes.length >= 5 + ((bytes[3]! << 8) | bytes[4]!)
}

/** A reset on one side becomes one on the other. */
function join(from: Socket, to: Socket, sockets: Set<Socket>): void {
  sockets.add(from)
  from.setNoDelay(true)
  from.on('data', chunk => to.write(chunk))
  from.on('end', () => to.end())
  from.on('error', () => to.resetAndDestroy())
  from.on('close', () => sockets.delete(from))
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

async function stop(server: Server, sockets: Iterable<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy()
  server.close()
  await once(server, 'close')
}
