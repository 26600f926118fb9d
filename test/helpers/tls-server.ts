/** TLS servers of Node and bare TCP servers on loopback, closed after the test. */
import { X509Certificate } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import tls, { type TlsOptions } from 'node:tls'
import { onTestFinished } from 'vitest'
import type { KeyKind } from '../../src/x509/signing-key.ts'
import { makeLeaf, testKey } from './certs.ts'

export interface Identity {
  readonly der: Uint8Array
  readonly cert: string
  readonly key: string
}

const identities = new Map<KeyKind, Identity>()

/** A self-signed leaf for `localhost` with a key of that kind, in the form Node's servers take. */
export function identity(kind: KeyKind): Identity {
  const known = identities.get(kind)
  if (known) return known
  const key = testKey(kind)
  const { der } = makeLeaf(['localhost'], { key })
  const made = {
    der,
    cert: new X509Certificate(der).toString(),
    key: key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
  identities.set(kind, made)
  return made
}

/** A server of Node's own TLS; it answers nothing after the handshake. Gives its port. */
export async function startTls(
  options: TlsOptions,
  server = new tls.Server(options),
): Promise<number> {
  server.on('tlsClientError', () => {})
  server.on('secureConnection', socket => socket.on('error', () => {}).resume())
  return listening(server)
}

/** A server that gives each connection to `serve`. */
export async function startTcp(serve: (socket: Socket) => void): Promise<number> {
  return listening(
    createServer({ allowHalfOpen: true }, socket => {
      socket.on('error', () => {})
      serve(socket)
    }),
  )
}

/** On a port that the system chooses; closed after the test. */
export async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** A port that nobody listens on. */
export async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return port
}
