// What a server does by the way becomes a finding: a recorded good observation, changed in one point.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { judge } from '../../src/judge/judge.ts'
import type { Attempt, Observation } from '../../src/observation.ts'
import { decodeObservation } from '../../src/observation-file.ts'
import { ALERTS, SUITES, VERSIONS } from '../../src/wire/names.ts'
import type { HandshakeEnd, ServerFlight } from '../../src/wire/outcome.ts'
import { NOTHING_SHOWN } from '../../src/wire/session.ts'
import { createWorld } from '../../src/world.ts'

const file = readFileSync(new URL('../readme/observation.json', import.meta.url), 'utf8')
const recorded = decodeObservation(file, 'observation.json')
const world = createWorld(recorded.observedAt)
const NEW_RULES = [
  'compression-enabled',
  'default-certificate-differs',
  'hello-size-intolerant',
  'sni-required',
  'sni-unrecognized',
  'version-intolerant',
  'weak-cipher-accepted',
]

type Change = (id: string, attempt: Attempt) => Attempt | null

const changed = (change: Change): Observation => ({
  ...recorded,
  nodes: recorded.nodes.map(node => ({
    ...node,
    attempts: Object.fromEntries(
      Object.entries(node.attempts).flatMap(([id, attempt]) => {
        const made = change(id, attempt)
        return made ? [[id, made]] : []
      }),
    ),
  })),
})
const only =
  (id: string, more: Partial<ServerFlight>): Change =>
  (own, attempt) =>
    own === id && 'server' in attempt
      ? { ...attempt, server: { ...attempt.server, ...more } }
      : attempt
const end = (how: HandshakeEnd): Attempt => ({ ...how, server: NOTHING_SHOWN, bytes: 0 })
const reset = end({ kind: 'closed', how: 'reset', after: 'client-hello' })
const silence = end({ kind: 'timeout', after: 'client-hello' })

const judged = (change: Change) => judge(changed(change), world)
const found = (change: Change) =>
  judged(change).findings.flatMap(({ rule, severity }) =>
    NEW_RULES.includes(rule) ? [`${severity} ${rule}`] : [],
  )

it('finds nothing in the good one', () => {
  expect(found((_, attempt) => attempt)).toEqual([])
})

describe('a warning', () => {
  it('of compression', () => {
    expect(found(only('tls-1.2', { compression: 1 }))).toEqual(['warn compression-enabled'])
  })

  it('of a weak suite', () => {
    const [cipher] = SUITES.TLS_RSA_WITH_3DES_EDE_CBC_SHA
    const accepted = end({ kind: 'server-hello' })
    const weak: Change = (id, attempt) =>
      id === 'weak-suites' ? { ...accepted, server: { ...NOTHING_SHOWN, cipher } } : attempt
    expect(found(weak)).toEqual(['warn weak-cipher-accepted'])
  })
})

describe('a remark', () => {
  it('on a name the server does not know', () => {
    const warnings = [ALERTS.unrecognized_name]
    expect(found(only('chrome-101', { warnings }))).toEqual(['info sni-unrecognized'])
    expect(found(only('unknown-name', { warnings }))).toEqual([])
  })

  it('on who sends none', () => {
    expect(found((id, attempt) => (id === 'no-name' ? reset : attempt))).toEqual([
      'info sni-required',
    ])
    expect(found((id, attempt) => (id === 'no-name' ? silence : attempt))).toEqual([])
  })
})

describe('an error', () => {
  const large = /^(?:chromium-156|ios-26|large)/

  it.each([
    ['a reset', reset],
    ['silence', silence],
  ])('of size, where large hellos meet %s', (_, dropped) => {
    const sizes: Change = (id, attempt) => (large.test(id) ? dropped : attempt)
    const observation = changed(sizes)
    const nodes = observation.nodes.map(node => ({
      ...node,
      attempts: {
        ...node.attempts,
        large: dropped,
        'large-in-two': dropped,
        'small-again': node.attempts['openssl-1.1.1d']!,
      },
    }))
    const { findings, platforms } = judge({ ...observation, nodes }, world)
    const said = findings.filter(({ rule }) => rule === 'hello-size-intolerant')
    expect(said.map(({ severity }) => severity)).toEqual(['error', 'warn'])
    expect(new Set(said.map(({ fingerprint }) => fingerprint)).size).toBe(2)
    expect(said[0]?.platforms).toEqual(['ios-26', 'cronet-pq', 'devtools-pq'])
    // The size says it all: nothing else is made of the reset.
    const cell = platforms
      .find(({ id }) => id === 'ios-26')
      ?.cells.find(one => one.api === 'upload')
    expect(cell?.verdict).toBe('fail')
    expect(cell?.reasons[0]).toBe('hello-size-intolerant')
    expect(findings.map(({ rule }) => rule)).not.toContain('handshake-broken')
  })

  it('of the group alone is none of size', () => {
    expect(found((id, attempt) => (large.test(id) ? reset : attempt))).toEqual([])
  })

  it.each([
    ['protocol_version', end({ kind: 'alert', level: 2, description: 70, after: 'client-hello' })],
    ['a reset', reset],
  ])('of versions, where every hello with a newer one meets %s', (_, refused) => {
    const shuns: Change = (_id, attempt) => {
      if (!('server' in attempt) || attempt.server.version === null) return attempt
      return attempt.server.version === VERSIONS['TLS 1.3'] ? refused : attempt
    }
    const { findings } = judged(shuns)
    const said = findings.find(({ rule }) => rule === 'version-intolerant')
    expect(said).toMatchObject({ severity: 'error' })
    expect(said?.platforms).toContain('ios-17')
    expect(said?.message.en).toContain('the server speaks TLS 1.2')
  })

  it('of versions is none where one hello was negotiated down', () => {
    const some: Change = (id, attempt) => (id === 'chrome-101' ? reset : attempt)
    const down: Change = (id, attempt) => {
      const made = some(id, attempt)
      if (!made || !('server' in made) || made.server.version !== VERSIONS['TLS 1.3']) return made
      const cipher = SUITES.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256[0]
      return { ...made, server: { ...made.server, version: VERSIONS['TLS 1.2'], cipher } }
    }
    expect(found(down)).toEqual([])
  })
})

it('leaves a verdict as it is where our asides were not asked', () => {
  const asides = /^(?:no-name|unknown-name|weak-suites|resumption|tls-1\.2|large|rsa-leaf)/
  const bare = judged((id, attempt) => (asides.test(id) ? null : attempt))
  expect(bare.server).toMatchObject({ compression: null, weakSuites: null, withoutName: null })
  expect(bare.platforms.map(({ verdict }) => verdict)).toEqual(
    judge(recorded, world).platforms.map(({ verdict }) => verdict),
  )
})
