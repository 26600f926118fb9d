/** The demo's servers: Node's own TLS, and ports that do something else. None listens before it is told to. */
import http, { type RequestListener } from 'node:http'
import https from 'node:https'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import tls, { type TlsOptions } from 'node:tls'
import type { Issued } from '../../x509/issue.ts'
import { encodePem } from '../../x509/pem.ts'
import type { Site } from './case.ts'
import type { LeafChange } from './pki.ts'

export const LOOPBACK = '127.0.0.1'

/** OpenSSL serves no weak key, no SHA-1 and no TLS below 1.2 unless it is told to. */
export const WEAK: TlsOptions = { ciphers: 'DEFAULT@SECLEVEL=0' }

/** Chains as sent, leaf first; of several the client's offer chooses one. */
export function tlsServer(
  chains: readonly (readonly Issued[])[],
  options: TlsOptions = {},
): Server {
  const server = tls.createServer({
    cert: chains.map(chain => chain.map(({ der }) => encodePem(der)).join('')),
    key: chains.flatMap(([leaf]) =>
      leaf ? [leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' })] : [],
    ),
    ...options,
  })
  return server.on('secureConnection', socket => socket.on('error', ignore).resume())
}

/** The usual chain, with changes to its leaf. */
export function serveLeaf(
  change: (site: Site) => LeafChange,
  options: TlsOptions = {},
): (site: Site) => Server {
  return site => tlsServer([[site.pki.leaf(site.host, change(site)), site.pki.ca]], options)
}

/** The usual chain, and HTTP behind it. */
export function webServer({ pki, host }: Site, answer: RequestListener): Server {
  const leaf = pki.leaf(host)
  return https.createServer(
    {
      cert: [leaf, pki.ca].map(({ der }) => encodePem(der)).join(''),
      key: leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    },
    answer,
  )
}

/** Gives each connection to `serve`. */
export function tcpServer(serve: (socket: Socket) => void): Server {
  return createServer(socket => {
    socket.on('error', ignore)
    serve(socket)
  })
}

/** A box before a server: it looks at the ClientHello, and hangs up where `lets` does not let it pass. */
export function behind(
  server: Server,
  lets: (hello: Uint8Array, socket: Socket) => boolean,
): Server {
  return tcpServer(socket => {
    let hello = Buffer.alloc(0)
    socket.on('data', function gather(bytes: Buffer) {
      hello = Buffer.concat([hello, bytes])
      if (hello.length < 5 || hello.length < 5 + hello.readUInt16BE(3)) return
      socket.off('data', gather).pause()
      if (!lets(hello, socket)) return void socket.resetAndDestroy()
      socket.unshift(hello)
      server.emit('connection', socket)
    })
  })
}

/** Answers with the body at that path, and 404 elsewhere. */
export function fileServer(files: ReadonlyMap<string, Uint8Array>): Server {
  return http.createServer((request, response) => {
    const body = files.get(request.url ?? '')
    response.writeHead(body ? 200 : 404).end(body)
  })
}

export interface Listening {
  readonly port: number
  close(): void
}

/** Listens on a port that the system chooses. */
export async function listen(server: Server): Promise<Listening> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, LOOPBACK, resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    port,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** What a client does to its connection is its own affair. */
function ignore(): void {}
