/** A front before a sound server on loopback: it lets connections through, or treats them as no server should. */
import { connect, type Socket } from 'node:net'
import { startTcp } from './tls-server.ts'

/** What happens to the connection with that number, counted from 1. */
export type Treatment = 'through' | 'reset' | 'close' | 'silent' | 'drip'

/** Gives its port. */
export async function startFront(
  port: number,
  treat: (number: number) => Treatment,
): Promise<number> {
  let count = 0
  return startTcp(socket => {
    const treatment = treat(++count)
    if (treatment === 'reset') socket.resetAndDestroy()
    else if (treatment === 'close') socket.end()
    else if (treatment === 'through') through(socket, port)
    else if (treatment === 'drip') through(socket, port, drip)
  })
}

/** One connection at a time: the others wait until the one before them has gone. */
export async function startSerialFront(port: number, delayMs: number): Promise<number> {
  const waiting: Socket[] = []
  let busy = false
  const next = () => {
    const socket = waiting.shift()
    busy = socket !== undefined
    if (!socket) return
    socket.once('close', next)
    setTimeout(() => {
      through(socket, port)
      socket.resume()
    }, delayMs)
  }
  return startTcp(socket => {
    socket.pause()
    waiting.push(socket)
    if (!busy) next()
  })
}

function through(client: Socket, port: number, carry = write): void {
  const upstream = connect(port, '127.0.0.1')
  upstream.on('error', () => client.destroy())
  client.on('data', bytes => upstream.write(bytes)).on('end', () => upstream.end())
  client.on('close', () => upstream.destroy())
  upstream.on('data', bytes => carry(client, bytes)).on('end', () => client.end())
}

function write(client: Socket, bytes: Uint8Array): void {
  client.write(bytes)
}

/** A byte a second. */
function drip(client: Socket, bytes: Uint8Array): void {
  let sent = 0
  const timer = setInterval(() => {
    client.write(bytes.subarray(sent, ++sent))
    if (sent === bytes.length) clearInterval(timer)
  }, 1000)
  client.on('close', () => clearInterval(timer))
}
