import { constants } from 'node:crypto'
import { once } from 'node:events'
import net from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { judgedHellos } from '../../src/check.ts'
import { connectStraight } from '../../src/connect/connection.ts'
import { toAddress } from '../../src/connect/dns.ts'
import { parseTarget } from '../../src/connect/target.ts'
import { Ahead } from '../../src/observe/ahead.ts'
import { observe } from '../../src/observe/observe.ts'
import { createWorld } from '../../src/world.ts'
import { identity, startTls } from '../helpers/tls-server.ts'

const ADDRESS = toAddress('127.0.0.1')

/** A server that hears of every connection, before or behind another port. */
async function listen(onSocket: (socket: net.Socket) => void): Promise<number> {
  const server = net.createServer(onSocket).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return (server.address() as net.AddressInfo).port
}

describe('a connection opened ahead', () => {
  it('is the one that is taken, once', async () => {
    const ahead = new Ahead()
    const port = await listen(socket => socket.resume())
    ahead.open(() => connectStraight(ADDRESS, port, 1000))
    expect(ahead.isOpen).toBe(true)
    const { stream } = (await ahead.take()) ?? expect.unreachable()
    expect(stream.writable).toBe(true)
    expect(ahead.take()).toBeNull()
    stream.destroy()
  })

  it('is ended where nobody takes it', async () => {
    let ended: Promise<unknown> | null = null
    const port = await listen(socket => {
      ended = once(socket.resume(), 'end')
    })
    const ahead = new Ahead()
    ahead.open(() => connectStraight(ADDRESS, port, 1000))
    await ahead.close()
    expect(ahead.isOpen).toBe(false)
    await ended
    await ahead.close()
  })

  it('harms nobody where it cannot be opened, or is reset meanwhile', async () => {
    const ahead = new Ahead()
    ahead.open(() => Promise.reject(new Error('no')))
    await new Promise(resolve => setImmediate(resolve))
    await expect(ahead.take()).rejects.toThrow('no')
    const port = await listen(socket => socket.resetAndDestroy())
    ahead.open(() => connectStraight(ADDRESS, port, 1000))
    const opened = await ahead.take()?.catch(() => null)
    if (opened) await once(opened.stream, 'close')
    await ahead.close()
  })
})

it.each([
  ['tickets', {}],
  ['no tickets', { secureOptions: constants.SSL_OP_NO_TICKET }],
] as const)(
  'a server of TLS 1.2 with %s sees no connection without a hello',
  async (_, options) => {
    const behind = await startTls({ ...identity('ec-p256'), maxVersion: 'TLSv1.2', ...options })
    const silent = new Set<net.Socket>()
    let count = 0
    const port = await listen(socket => {
      count++
      silent.add(socket)
      const upstream = net.connect(behind, '127.0.0.1')
      socket.once('data', () => silent.delete(socket))
      for (const one of [socket, upstream]) one.on('error', () => {})
      socket.pipe(upstream).pipe(socket)
    })
    const observation = await observe(parseTarget(`127.0.0.1:${port}`), {
      hellos: judgedHellos(createWorld(Date.now()), {}),
      maxConnections: 24,
    })
    const { attempts } = observation.nodes[0] ?? expect.unreachable()
    expect(attempts).toHaveProperty('resumption')
    expect({ silent: silent.size, count }).toEqual({
      silent: 0,
      count: Object.keys(attempts).length,
    })
  },
)
