import { describe, expect, it } from 'vitest'
import type { Protocols } from '../../src/facts/facts.ts'
import { describeServer, type Server } from '../../src/facts/server.ts'
import { hellos } from '../../src/hellos/index.ts'
import { type Attempt, isAccepted, withoutAsides } from '../../src/observation.ts'
import { ALERTS, SUITES, VERSIONS } from '../../src/wire/names.ts'
import type { HandshakeEnd, ServerFlight } from '../../src/wire/outcome.ts'
import { NOTHING_SHOWN } from '../../src/wire/session.ts'

const byId = new Map(Object.entries(hellos))
const target = { input: 'a', host: 'a.test', port: 443, servername: 'a.test', verifyName: 'a.test' }
const UNKNOWN: Protocols = { TLSv1: null, 'TLSv1.1': null, 'TLSv1.2': null, 'TLSv1.3': null }

const attempt = (end: HandshakeEnd, server: Partial<ServerFlight> = {}): Attempt => ({
  ...end,
  bytes: 1,
  server: { ...NOTHING_SHOWN, ...server },
})
const accepted = (server: Partial<ServerFlight> = {}) =>
  attempt(
    { kind: 'server-hello' },
    {
      version: VERSIONS['TLS 1.2'],
      cipher: SUITES.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256[0],
      compression: 0,
      ...server,
    },
  )
const closed = attempt({ kind: 'closed', how: 'reset', after: 'client-hello' })
const silence = attempt({ kind: 'timeout', after: 'client-hello' })
const alert = (name: keyof typeof ALERTS) =>
  attempt({ kind: 'alert', level: 2, description: ALERTS[name], after: 'client-hello' })

const describeIt = (attempts: Readonly<Record<string, Attempt>>, versions = UNKNOWN): Server =>
  describeServer({
    target,
    attempts,
    hellos: byId,
    versions,
    accepted: Object.entries(withoutAsides(attempts)).flatMap(([hello, one]) =>
      isAccepted(one) ? [{ hello, flight: one.server, leaf: null }] : [],
    ),
  })

describe('compression', () => {
  it('is known from who offers it', () => {
    const compression = (seen: Record<string, Attempt>) => describeIt(seen).compression
    expect(compression({ 'chrome-101': accepted() })).toBeNull()
    expect(compression({ 'tls-1.2': accepted() })).toBe(false)
    expect(compression({ 'tls-1.2': accepted({ compression: 1 }) })).toBe(true)
    expect(compression({ 'tls-1.2': closed })).toBeNull()
    expect(compression({ 'tls-1.2': closed, 'tls-1.1': accepted() })).toBe(false)
  })

  it('does not exist in TLS 1.3', () => {
    const only13 = { TLSv1: false, 'TLSv1.1': false, 'TLSv1.2': false, 'TLSv1.3': true }
    expect(describeIt({}, only13)).toMatchObject({ compression: false, weakSuites: [] })
  })
})

describe('weak suites', () => {
  const rc4 = accepted({ cipher: SUITES.TLS_RSA_WITH_RC4_128_SHA[0] })

  it('are those accepted, whoever offered them', () => {
    expect(describeIt({ 'weak-suites': rc4 }).weakSuites).toEqual(['TLS_RSA_WITH_RC4_128_SHA'])
    expect(describeIt({ 'tls-1.0': rc4 }).weakSuites).toEqual(['TLS_RSA_WITH_RC4_128_SHA'])
  })

  it('are none where refused, and unknown where nobody answered', () => {
    expect(describeIt({ 'weak-suites': alert('handshake_failure') }).weakSuites).toEqual([])
    expect(describeIt({ 'weak-suites': silence }).weakSuites).toBeNull()
    expect(describeIt({ 'chrome-101': accepted() }).weakSuites).toBeNull()
  })

  it('do not count for what clients get', () => {
    const server = describeIt({ 'chrome-101': accepted(), 'weak-suites': rc4 })
    expect(server).toMatchObject({ forwardSecrecy: 'all' })
  })
})

describe('a large hello', () => {
  const small = { 'chrome-101': accepted() }
  const largeHello = (seen: Record<string, Attempt>) => describeIt(seen).largeHello

  it('is answered, or nobody sent one', () => {
    expect(largeHello(small)).toBeNull()
    expect(largeHello({ ...small, 'chromium-156': accepted() })).toBe('answered')
  })

  it.each([['closed', closed] as const, ['silence', silence] as const])(
    'is dropped where one of usual content is: %s',
    (_, end) => {
      expect(largeHello({ ...small, 'chromium-156': end })).toBeNull()
      const seen = { ...small, 'chromium-156': end, 'large-in-two': end }
      const again = { 'small-again': accepted() }
      expect(largeHello({ ...seen, ...again, large: end })).toBe('dropped')
      expect(largeHello({ ...seen, ...again, large: accepted() })).toBe('dropped-in-two')
      // It may have had enough of us.
      expect(largeHello({ ...seen, 'small-again': end, large: end })).toBeNull()
      expect(largeHello({ ...seen, large: end })).toBeNull()
    },
  )

  it('may be dropped for what is new in it', () => {
    const seen = { 'chromium-156': closed, large: accepted(), 'large-in-two': accepted() }
    expect(largeHello({ ...small, ...seen })).toBe('answered')
  })
})

describe('without a name', () => {
  const named = { 'openssl-1.1.1d': accepted() }
  const withoutName = (seen: Record<string, Attempt>) => describeIt(seen).withoutName

  it('a refusal counts where a like hello with the name is accepted', () => {
    const refused = alert('unrecognized_name')
    expect(withoutName({ 'no-name': refused })).toBeNull()
    expect(withoutName({ 'android-8.1': accepted(), 'no-name': refused })).toBeNull()
    expect(withoutName({ ...named, 'no-name': refused })).toEqual({
      answer: 'refused',
      how: 'unrecognized_name',
    })
    expect(withoutName({ ...named, 'no-name': closed })).toEqual({
      answer: 'refused',
      how: 'closed',
    })
  })

  it('silence is no answer', () => {
    expect(withoutName({ ...named, 'no-name': silence })).toBeNull()
    expect(withoutName(named)).toBeNull()
  })

  it('what is no certificate holds no name', () => {
    const shown = accepted({ chain: [Uint8Array.of(1)] })
    expect(withoutName({ ...named, 'no-name': shown })).toMatchObject({ answer: 'other' })
  })
})

it('promises tickets in ServerHello, or sends them after the handshake', () => {
  const tickets = (seen: Attempt) => describeIt({ 'chrome-101': seen }).sessionTickets
  const tls13 = { version: VERSIONS['TLS 1.3'] }
  expect(tickets(accepted({ sessionTicket: true }))).toBe(true)
  expect(tickets(accepted())).toBe(false)
  expect(tickets(accepted(tls13))).toBeNull()
  expect(tickets(attempt({ kind: 'completed' }, tls13))).toBe(false)
  expect(tickets(attempt({ kind: 'completed' }, { ...tls13, sessionTicket: true }))).toBe(true)
})

it('warns of its own name', () => {
  const warned = accepted({ warnings: [ALERTS.unrecognized_name] })
  expect(describeIt({ 'chrome-101': warned }).warnsOfName).toBe(true)
  // A stranger's name is another matter.
  expect(describeIt({ 'chrome-101': accepted(), 'unknown-name': warned }).warnsOfName).toBe(false)
})

it('resumes where no certificate is shown the second time', () => {
  const resumption = (seen: Attempt) => describeIt({ resumption: seen }).resumption
  expect(resumption(accepted())).toBe(true)
  expect(resumption(accepted({ chain: [Uint8Array.of(1)] }))).toBe(false)
  expect(resumption(alert('handshake_failure'))).toBeNull()
})
