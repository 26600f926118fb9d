import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/errors.ts'
import type { Observation } from '../../src/observation.ts'
import { decodeObservation, encodeObservation } from '../../src/observation-file.ts'
import { NOTHING_SHOWN } from '../../src/wire/session.ts'

const saved = readFileSync(new URL('../readme/observation.json', import.meta.url), 'utf8')
const words = { en: 'text', 'zh-CN': '文字' }
const error = {
  code: 'ERR_CONNECT',
  phase: 'connect',
  system: 'ECONNREFUSED',
  text: words,
} as const

/** One of everything. */
const everything: Observation = {
  target: { input: 'a', host: 'a', port: 443, servername: null, verifyName: 'a' },
  observedAt: 1,
  resolution: { state: 'resolved' },
  nodes: [
    {
      address: { ip: '::1', family: 6 },
      reach: { state: 'connected' },
      rttMs: 1.5,
      attempts: {
        completed: { kind: 'completed', server: NOTHING_SHOWN, bytes: 1 },
        flight: {
          kind: 'server-hello',
          bytes: 2,
          server: {
            ...NOTHING_SHOWN,
            version: 0x0304,
            chain: [new Uint8Array([1]), new Uint8Array([2]), new Uint8Array([1])],
            ocspStaple: new Uint8Array(0),
            clientAuth: 'asked',
            extensions: [51],
          },
        },
        alert: {
          kind: 'alert',
          level: 2,
          description: 40,
          after: 'client-hello',
          server: NOTHING_SHOWN,
          bytes: 7,
        },
        closed: {
          kind: 'closed',
          how: 'reset',
          after: 'certificate',
          server: NOTHING_SHOWN,
          bytes: 0,
        },
        timeout: { kind: 'timeout', after: 'flight', server: NOTHING_SHOWN, bytes: 0 },
        foreign: {
          kind: 'not-tls',
          looksLike: 'http',
          firstBytes: new Uint8Array([72]),
          server: NOTHING_SHOWN,
          bytes: 1,
        },
        violation: {
          kind: 'violation',
          violation: 'bad-finished',
          detail: 'x',
          after: 'flight',
          server: NOTHING_SHOWN,
          bytes: 9,
        },
        failed: { kind: 'failed', error },
      },
    },
    {
      address: { ip: '127.0.0.1', family: 4 },
      reach: { state: 'failed', error },
      rttMs: null,
      attempts: {},
    },
    {
      address: { ip: '127.0.0.2', family: 4 },
      reach: { state: 'no-route' },
      rttMs: null,
      attempts: {},
    },
    {
      address: { ip: '127.0.0.3', family: 4 },
      reach: { state: 'not-probed' },
      rttMs: null,
      attempts: {},
    },
  ],
  issuers: [
    { url: 'http://a', result: { state: 'fetched', body: new Uint8Array([3]) } },
    {
      url: 'http://b',
      result: { state: 'failed', reason: 'status', url: 'http://b', detail: '404' },
    },
  ],
  revocation: [
    {
      certificate: 'aa',
      kind: 'ocsp',
      url: 'http://o',
      nonce: new Uint8Array([4]),
      result: { state: 'fetched', body: new Uint8Array([5]) },
    },
    {
      certificate: 'aa',
      kind: 'crl',
      url: 'http://c',
      nonce: null,
      result: { state: 'failed', reason: 'timeout', url: 'http://c', detail: null },
    },
  ],
}

it('brings back what was saved', () => {
  expect(decodeObservation(encodeObservation(everything), 'f')).toEqual(everything)
})

it('writes every byte string once', () => {
  expect(JSON.parse(encodeObservation(everything)).bytes).toHaveLength(7)
})

it('reads what was saved before revocation was asked for', () => {
  expect(decodeObservation(saved, 'f').revocation).toEqual([])
})

it('reads a file that Windows touched', () => {
  expect(decodeObservation(`\ufeff${saved.replaceAll('\n', '\r\n')}`, 'f').target.host).toBe(
    'api.example.com',
  )
})

describe('what is no observation', () => {
  it.each([
    ['', 'JSON'],
    ['nonsense', 'JSON'],
    ['[]', 'object expected'],
    ['{}', 'mpcert-observation expected'],
    ['{"format":"mpcert-observation","version":2}', 'one of 1 expected'],
    [
      '{"format":"mpcert-observation","version":1,"bytes":[],"observation":{}}',
      'observation.target',
    ],
    [saved.replace('"port": 443', '"port": "443"'), 'observation.target.port: number expected'],
    [saved.replace('"kind": "completed"', '"kind": "finished"'), 'kind: one of'],
  ])('%#', (text, reason) => {
    expect(() => decodeObservation(text, 'file.json')).toThrow(UsageError)
    expect(() => decodeObservation(text, 'file.json')).toThrow(
      /^file\.json is no saved observation: /,
    )
    expect(() => decodeObservation(text, 'file.json')).toThrow(reason)
  })

  it('is refused in one way only, wherever the file is damaged', () => {
    fc.assert(
      fc.property(fc.nat(saved.length - 1), fc.string({ maxLength: 3 }), (at, noise) => {
        try {
          decodeObservation(saved.slice(0, at) + noise + saved.slice(at + 1), 'f')
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError)
        }
      }),
    )
  })
})
