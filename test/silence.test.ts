import { once } from 'node:events'
import { createConnection, createServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { afterSilence } from '../src/silence.ts'

const WAIT_MS = 60

let server: Server
beforeAll(async () => {
  server = createServer(socket => socket.on('error', () => {}).end('news'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => void server.close())

describe('afterSilence', () => {
  it('is over no earlier than it says, however early the timer fires', async () => {
    const waits = Array.from({ length: 40 }, async (_, index) => {
      const waitMs = 5 + index / 3
      const begun = performance.now()
      await new Promise<void>(resolve => afterSilence(waitMs, resolve))
      return performance.now() - begun - waitMs
    })
    // The event loop's clock stands still meanwhile, which makes timers early.
    keepBusy(10)
    expect(Math.min(...(await Promise.all(waits)))).toBeGreaterThanOrEqual(0)
  })

  it('hears first what came while the process was busy', async () => {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const socket = createConnection(address.port, '127.0.0.1')
    const heard = await new Promise<string>(resolve => {
      const callOff = afterSilence(WAIT_MS, () => resolve('silence'))
      socket.once('data', bytes => {
        callOff()
        resolve(String(bytes))
      })
      socket.once('connect', () => setImmediate(() => keepBusy(3 * WAIT_MS)))
    })
    socket.destroy()
    expect(heard).toBe('news')
  })

  it('is called off, also in the last moment', async () => {
    let isOver = false
    const over = () => {
      isOver = true
    }
    const early = afterSilence(1, over)
    early()
    const late = afterSilence(1, over)
    await new Promise<void>(resolve => setTimeout(resolve, 1))
    late()
    await new Promise<void>(resolve => setTimeout(resolve, 10))
    expect(isOver).toBe(false)
  })
})

function keepBusy(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}
