// Taking up a session of TLS 1.2 again: by ticket, by id, or not at all.
import { constants } from 'node:crypto'
import tls from 'node:tls'
import { expect, it } from 'vitest'
import { concat } from '../../src/bytes.ts'
import { message, SERVER_HELLO } from '../../src/wire/messages.ts'
import type { LeftSession } from '../../src/wire/session.ts'
import { identity, startTls } from '../helpers/tls-server.ts'
import { OLDER, PLAIN, shake } from './connect.ts'
import { FIN, QUIET } from './drive.ts'
import { record } from './fake-server.ts'
import { run12 } from './fake-server12.ts'

const { key, cert } = identity('ec-p256')
const TLS12 = { key, cert, maxVersion: 'TLSv1.2' } as const

/** Two handshakes: the second one brings what the first one was left. */
async function twice(port: number, spec = PLAIN) {
  const sessions: LeftSession[] = []
  const onSession = (session: LeftSession) => sessions.push(session)
  const first = await shake(port, { spec, onSession })
  expect(first.kind).toBe('completed')
  const [session] = sessions
  const resume = session ?? null
  return { session, again: await shake(port, { spec: session?.spec ?? spec, resume }) }
}

it.each([
  ['a hello of TLS 1.3', PLAIN],
  ['an older one', OLDER],
])('by ticket, with %s', async (_, spec) => {
  const { session, again } = await twice(await startTls(TLS12), spec)
  expect(session?.ticket.length).toBeGreaterThan(0)
  expect(again).toMatchObject({ kind: 'server-hello', server: { version: 0x0303, chain: null } })
})

it('by id, where the server keeps it', async () => {
  const kept = new Map<string, Buffer>()
  const server = new tls.Server({ ...TLS12, secureOptions: constants.SSL_OP_NO_TICKET })
  server.on('newSession', (id, data, done) => {
    kept.set(id.toString('hex'), data)
    done()
  })
  server.on('resumeSession', (id, done) => done(null, kept.get(id.toString('hex')) ?? null))
  const { session, again } = await twice(await startTls({}, server))
  expect(session?.ticket).toHaveLength(0)
  expect(session?.id.length).toBeGreaterThan(0)
  expect(again).toMatchObject({ kind: 'server-hello', server: { chain: null } })
})

it('not where the server forgets', async () => {
  const port = await startTls({ ...TLS12, secureOptions: constants.SSL_OP_NO_TICKET })
  const { again } = await twice(port)
  expect(again).toMatchObject({ kind: 'completed', server: { chain: [expect.any(Uint8Array)] } })
})

it('leaves none in TLS 1.3', async () => {
  const { session } = await twice(await startTls({ key, cert }))
  expect(session).toBeUndefined()
})

const left: LeftSession = { spec: OLDER, id: new Uint8Array(32).fill(5), ticket: new Uint8Array() }
/** The session id stands behind header, version and random. */
const echoing = (honest: Uint8Array) =>
  message(
    SERVER_HELLO,
    concat([honest.subarray(4, 38), [32], left.id, honest.subarray(39)].map(u8)),
  )
const u8 = (bytes: Uint8Array | readonly number[]) => Uint8Array.from(bytes)

it('is no excuse for a whole flight', () => {
  expect(run12({ serverHello: echoing }, QUIET, { resume: left }).handshake).toMatchObject({
    kind: 'violation',
    violation: 'unexpected-message',
  })
})

it('wants the change of keys, and takes its time for it', () => {
  const only = (more: Uint8Array) => (honest: Uint8Array) =>
    concat([record(22, echoing(honest.subarray(5, 5 + 4 + helloLength(honest)))), more])
  const run = (more: Uint8Array, last = FIN) =>
    run12({ flight: only(more) }, last, { resume: left }).handshake
  expect(run(record(20, u8([1])))).toMatchObject({ kind: 'server-hello' })
  expect(run(record(20, u8([2])))).toMatchObject({ kind: 'violation' })
  expect(run(u8([]))).toMatchObject({ kind: 'closed', how: 'fin', after: 'server-hello' })
  expect(run(u8([]), QUIET)).toMatchObject({ kind: 'timeout', after: 'server-hello' })
})

/** Of the ServerHello that leads a flight in one record. */
function helloLength(flight: Uint8Array): number {
  return ((flight[6] ?? 0) << 16) | ((flight[7] ?? 0) << 8) | (flight[8] ?? 0)
}
