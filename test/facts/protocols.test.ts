import { describe, expect, it } from 'vitest'
import { newestProtocol, protocolsOf } from '../../src/facts/protocols.ts'
import { refusalOf, serverChoice } from '../../src/facts/refusal.ts'
import { hellos } from '../../src/hellos/index.ts'
import type { Attempt } from '../../src/observation.ts'
import { ALERTS, GROUPS, SUITES, VERSIONS } from '../../src/wire/names.ts'
import type { HandshakeEnd, ServerFlight } from '../../src/wire/outcome.ts'
import { NOTHING_SHOWN } from '../../src/wire/session.ts'

const byId = new Map(Object.entries(hellos))
const attempt = (end: HandshakeEnd, server: Partial<ServerFlight> = {}): Attempt => ({
  ...end,
  bytes: 1,
  server: { ...NOTHING_SHOWN, ...server },
})
const accepted = (version: keyof typeof VERSIONS, more: Partial<ServerFlight> = {}) =>
  attempt({ kind: 'server-hello' }, { version: VERSIONS[version], ...more })
const alert = (name: keyof typeof ALERTS) =>
  attempt({ kind: 'alert', level: 2, description: ALERTS[name], after: 'client-hello' })
const silence = attempt({ kind: 'timeout', after: 'client-hello' })
const closed = attempt({ kind: 'closed', how: 'fin', after: 'client-hello' })
const NOBODY = { TLSv1: null, 'TLSv1.1': null, 'TLSv1.2': null, 'TLSv1.3': null }

describe('protocolsOf', () => {
  it('believes what was negotiated', () => {
    const seen = { 'chrome-101': accepted('TLS 1.3'), 'android-8.1': accepted('TLS 1.2') }
    expect(protocolsOf(seen, byId)).toEqual({ ...NOBODY, 'TLSv1.2': true, 'TLSv1.3': true })
  })

  it('takes a refusal of one version alone as its absence', () => {
    for (const refusal of [alert('handshake_failure'), alert('protocol_version'), closed])
      expect(protocolsOf({ 'tls-1.0': refusal }, byId)).toEqual({ ...NOBODY, TLSv1: false })
  })

  it('takes a lower choice as the absence of the higher', () => {
    expect(protocolsOf({ 'chrome-101': accepted('TLS 1.2') }, byId)).toEqual({
      ...NOBODY,
      'TLSv1.2': true,
      'TLSv1.3': false,
    })
  })

  it('does not take a general refusal of several versions for anything', () => {
    expect(protocolsOf({ 'chrome-101': alert('handshake_failure') }, byId)).toEqual(NOBODY)
  })

  it('takes protocol_version for all of them', () => {
    expect(protocolsOf({ 'chrome-101': alert('protocol_version') }, byId)).toEqual({
      ...NOBODY,
      'TLSv1.2': false,
      'TLSv1.3': false,
    })
  })

  it('learns nothing from silence', () => {
    expect(protocolsOf({ 'tls-1.0': silence }, byId)).toEqual(NOBODY)
  })
})

it('names the newest', () => {
  expect(newestProtocol({ ...NOBODY, TLSv1: true, 'TLSv1.1': true })).toBe('TLSv1.1')
  expect(newestProtocol(NOBODY)).toBeNull()
})

describe('refusalOf', () => {
  const flight = (version: keyof typeof VERSIONS, more: Partial<ServerFlight>) => ({
    hello: 'chrome-101',
    flight: { ...NOTHING_SHOWN, version: VERSIONS[version], ...more },
    leaf: null,
  })
  const staticRsa = flight('TLS 1.2', { cipher: SUITES.TLS_RSA_WITH_AES_128_GCM_SHA256[0] })
  const p384 = flight('TLS 1.2', {
    cipher: SUITES.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256[0],
    group: GROUPS.secp384r1,
  })
  const flight13 = flight('TLS 1.3', { cipher: SUITES.TLS_AES_128_GCM_SHA256[0] })
  const tls13 = { ...NOBODY, TLSv1: false, 'TLSv1.1': false, 'TLSv1.2': false, 'TLSv1.3': true }
  const android7 = hellos['android-7.0']

  it.each([
    ['accepted', accepted('TLS 1.2'), [], NOBODY, null],
    ['the alert says version', alert('protocol_version'), [], NOBODY, 'version'],
    ['the alert says cipher', alert('insufficient_security'), [], NOBODY, 'cipher'],
    ['only newer versions', alert('handshake_failure'), [flight13], tls13, 'version'],
    ['another suite with others', alert('handshake_failure'), [staticRsa], NOBODY, null],
    ['another group with others', alert('handshake_failure'), [p384], NOBODY, 'group'],
    ['nobody was accepted', alert('handshake_failure'), [], NOBODY, 'other'],
    ['hung up', closed, [], NOBODY, 'other'],
    ['silence is no refusal', silence, [], NOBODY, null],
  ] as const)('%s', (name, attempt, others, protocols, expected) => {
    const hello =
      name === 'another suite with others'
        ? { ...android7, spec: { ...android7.spec, suites: [] } }
        : android7
    const wanted = name === 'another suite with others' ? 'cipher' : expected
    expect(refusalOf(attempt, hello, others, protocols)).toBe(wanted)
  })

  it('names what the server chose instead', () => {
    expect(serverChoice([staticRsa, p384], 'group')).toBe('secp384r1')
    expect(serverChoice([staticRsa], 'cipher')).toBe('TLS_RSA_WITH_AES_128_GCM_SHA256')
  })
})
