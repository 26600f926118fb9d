// WebSocket upgrades as wx.connectSocket asks for them, to a server of the ws package and to some that are broken.
import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type ServerOptions, WebSocketServer } from 'ws'
import { decodeObservation, encodeObservation } from '../../src/observation-file.ts'
import { controlFrame, readFrame } from '../../src/observe/frames.ts'
import type { WebOptions } from '../../src/observe/web.ts'
import { checkWeb, type OnUpgrade, saidOf, startHttps, verdictsOf } from '../helpers/web.ts'

const page = (_: IncomingMessage, response: { end(body: string): void }) => response.end('a page')

function startWs(options: ServerOptions = {}): Promise<number> {
  const server = new WebSocketServer({ noServer: true, ...options })
  onTestFinished(() => {
    for (const client of server.clients) client.terminate()
    server.close()
  })
  return startHttps(page, (request, socket, head) =>
    server.handleUpgrade(request, socket, head, client => client.on('error', () => {})),
  )
}

async function check(port: number, web: WebOptions = {}) {
  return checkWeb('wss', port, '/ws', { web, timeoutMs: 3_000 })
}

const answer =
  (...lines: readonly string[]): OnUpgrade =>
  (_, socket) =>
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)

const SWITCH = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade']

function acceptOf({ headers }: IncomingMessage): string {
  const key = `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`
  return `Sec-WebSocket-Accept: ${createHash('sha1').update(key).digest('base64')}`
}

const accept =
  (then: (socket: Duplex) => void, ...more: readonly string[]): OnUpgrade =>
  (request, socket) => {
    socket.on('error', () => {})
    socket.write(`${[...SWITCH, acceptOf(request), ...more].join('\r\n')}\r\n\r\n`)
    then(socket)
  }

describe('a server of the ws package', () => {
  it('upgrades, answers a ping and takes five at once', async () => {
    const checked = await check(await startWs())
    expect(saidOf(checked)).toEqual([])
    expect(checked.observation.websocket).toMatchObject({
      upgrade: { kind: 'upgraded', protocol: null, ping: 'answered', idle: null },
      burst: Array.from({ length: 5 }, () => ({ kind: 'upgraded' })),
    })
    expect(checked.observation.http).toBeUndefined()
    expect(decodeObservation(encodeObservation(checked.observation), 'file').websocket).toEqual(
      checked.observation.websocket,
    )
  })

  it('chooses a subprotocol', async () => {
    const port = await startWs({ handleProtocols: offered => [...offered].at(-1) ?? false })
    const checked = await check(port, { protocols: ['mqtt', 'stomp'] })
    expect(saidOf(checked)).toEqual([])
    expect(checked.observation.websocket?.upgrade).toMatchObject({ protocol: 'stomp' })
    const none = await startWs({ handleProtocols: () => false })
    expect(saidOf(await check(none, { protocols: ['mqtt'] }))).toEqual(['error wss-upgrade-failed'])
  })

  it.each([
    [401, 'warn'],
    [403, 'error'],
    [503, 'error'],
  ])('refuses who it does not know: %i', async (status, severity) => {
    const port = await startWs({ verifyClient: (_, next) => next(false, status) })
    expect(saidOf(await check(port))).toEqual([`${severity} wss-upgrade-failed`])
  })

  it('leaves an idle connection alone', async () => {
    const { observation } = await check(await startWs(), { idleMs: 200 })
    expect(observation.websocket?.upgrade).toMatchObject({
      idle: { forMs: 200, closedAfterMs: null },
    })
  })
})

it('concerns sockets alone', async () => {
  const checked = await check(await startHttps(page))
  expect(saidOf(checked)).toEqual(['error wss-upgrade-failed'])
  const { socket, request, upload, download } = verdictsOf(checked)
  expect(new Set(socket)).toEqual(new Set(['fail']))
  expect([request, upload, download].flat()).not.toContain('fail')
})

describe.each<[string, OnUpgrade, string]>([
  ['a status', answer('HTTP/1.1 400 Bad Request'), 'HTTP/1.1 400'],
  ['a redirect', answer('HTTP/1.1 301 Moved', 'Location: /ws/'), '301 → /ws/'],
  ['101 without more', answer('HTTP/1.1 101 Switching Protocols'), 'lacks Upgrade'],
  ['another key', answer(...SWITCH, 'Sec-WebSocket-Accept: x'), 'Sec-WebSocket-Accept'],
  ['no HTTP', (_, socket) => socket.end('SSH-2.0-x\r\n'), 'no HTTP'],
  ['a close', (_, socket) => socket.destroy(), 'closes the connection'],
  ['a subprotocol nobody offered', accept(() => {}, 'Sec-WebSocket-Protocol: mqtt'), 'mqtt'],
])('%s', (_, onUpgrade, words) => {
  it('fails', async () => {
    const { result } = await check(await startHttps(page, onUpgrade))
    const [finding] = result.findings.filter(({ rule }) => rule === 'wss-upgrade-failed')
    expect(finding).toMatchObject({ severity: 'error', apis: ['socket'] })
    expect(finding?.message.en).toContain(words)
    expect(finding?.fix?.text.en).toBeTruthy()
  })
})

it('a silent server fails', async () => {
  const checked = await check(await startHttps(page, () => {}), { waitMs: 200 })
  expect(saidOf(checked)).toEqual(['error wss-upgrade-failed'])
})

it('a ping without a pong warns', async () => {
  const port = await startHttps(
    page,
    accept(() => {}),
  )
  expect(saidOf(await check(port, { waitMs: 500 }))).toEqual(['warn wss-upgrade-failed'])
})

it('who closes after the upgrade has upgraded', async () => {
  const port = await startHttps(
    page,
    accept(socket => setTimeout(() => socket.destroy(), 20)),
  )
  const checked = await check(port)
  expect(saidOf(checked)).toEqual([])
  expect(checked.observation.websocket?.upgrade).toMatchObject({ ping: 'closed' })
})

it('an idle connection that is closed is noted', async () => {
  const pong = (socket: Duplex) =>
    socket.once('data', (bytes: Uint8Array) => {
      const { payload } = readFrame(bytes)?.value ?? { payload: new Uint8Array() }
      const key = bytes.subarray(2, 6)
      const plain = payload.map((byte, index) => byte ^ (key[index % 4] ?? 0))
      socket.write(Uint8Array.of(0x8a, plain.length, ...plain))
      setTimeout(() => socket.destroy(), 100)
    })
  const { observation } = await check(await startHttps(page, accept(pong)), { idleMs: 5_000 })
  expect(observation.websocket?.upgrade).toMatchObject({
    ping: 'answered',
    idle: { forMs: 5_000, closedAfterMs: expect.any(Number) },
  })
})

it('a server that takes few at once warns', async () => {
  const server = new WebSocketServer({ noServer: true })
  onTestFinished(() => server.close())
  const port = await startHttps(page, (request, socket, head) => {
    if (server.clients.size >= 4) socket.end('HTTP/1.1 503 Busy\r\n\r\n')
    else server.handleUpgrade(request, socket, head, client => client.on('error', () => {}))
  })
  expect(saidOf(await check(port))).toEqual(['warn server-parallel-limit'])
})

describe('frames', () => {
  it('are read when they are whole', () => {
    const long = Uint8Array.of(0x82, 126, 0x01, 0x00, ...new Uint8Array(256))
    expect(readFrame(long)).toMatchObject({ length: 260, value: { opcode: 2 } })
    for (let length = 0; length < long.length; length++)
      expect(readFrame(long.subarray(0, length))).toBeNull()
    expect(readFrame(Uint8Array.of(0x82, 127, ...new Uint8Array(8).fill(255)))).toBeNull()
  })
  it('are masked', () => {
    const [one, other] = [controlFrame(9, new Uint8Array(8)), controlFrame(9, new Uint8Array(8))]
    expect(one).not.toEqual(other)
    expect(readFrame(one)).toMatchObject({ value: { opcode: 9 }, length: 14 })
  })
})
