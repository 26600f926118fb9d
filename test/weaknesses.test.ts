// Every weakness is found where it is, is not found where it is not, and reads well in both languages.
import { describe, expect, it } from 'vitest'
import { SCAN_PROTOCOLS, type ScanFacts, type ScanProtocol } from '../src/scan/scan-facts.ts'
import { WEAKNESSES, weaknessesOf } from '../src/weaknesses.ts'
import { type SuiteName, suites } from '../src/wire/names.ts'

function facts(
  offered: Partial<Record<ScanProtocol, readonly number[]>>,
  more: Partial<ScanFacts> = {},
): ScanFacts {
  return {
    protocols: SCAN_PROTOCOLS.map(version => ({
      version,
      offered: offered[version] !== undefined,
      suites: (offered[version] ?? []).map(code => ({ code, group: null, dhBits: null })),
      unknownSuites: 0,
      preference: null,
    })),
    groups: [],
    signatureSchemes: [],
    dhPrimes: [],
    extras: {
      fallbackScsv: null,
      extendedMasterSecret: null,
      secureRenegotiation: null,
      compression: null,
      tickets: [],
      maxEarlyData: null,
    },
    cost: { sent: 1, unanswered: 0, atOnce: 1, durationMs: 1, rttMs: 1, exhausted: null },
    ...more,
  }
}

const found = (seen: ScanFacts) =>
  weaknessesOf(seen).map(({ rule, about }) => (about ? `${rule} ${about}` : rule))

it('finds nothing in a modern server', () => {
  const modern = suites('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256')
  expect(found(facts({ 'TLSv1.2': modern, 'TLSv1.3': suites('TLS_AES_128_GCM_SHA256') }))).toEqual(
    [],
  )
})

it.each<[SuiteName, string[]]>([
  ['TLS_ECDHE_RSA_WITH_NULL_SHA', ['weak-cipher-accepted null']],
  ['TLS_ECDH_anon_WITH_AES_128_CBC_SHA', ['weak-cipher-accepted anon']],
  ['TLS_ECDHE_RSA_WITH_RC4_128_SHA', ['weak-cipher-accepted rc4']],
  ['TLS_DHE_RSA_WITH_DES_CBC_SHA', ['weak-cipher-accepted des']],
  ['TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA', ['weak-cipher-accepted block64']],
  ['TLS_RSA_WITH_AES_128_GCM_SHA256', ['no-forward-secrecy']],
  [
    'TLS_RSA_EXPORT_WITH_RC4_40_MD5',
    ['weak-cipher-accepted export', 'weak-cipher-accepted rc4', 'no-forward-secrecy'],
  ],
])('%s', (name, expected) => {
  expect(found(facts({ 'TLSv1.2': suites(name) }))).toEqual(expected)
})

describe('versions', () => {
  it('SSL 2.0, by its own names', () => {
    const [first, ...others] = weaknessesOf(facts({ SSLv2: [0x020080, 0x0700c0] }))
    expect(first).toMatchObject({ rule: 'sslv2-enabled', severity: 'warn' })
    const said = others.map(({ message }) => message.en).join('\n')
    expect(said).toContain('FREAK')
    expect(said).toContain('Sweet32): SSL_CK_DES_192_EDE3_CBC_WITH_MD5')
  })

  it('SSL 3.0 and TLS 1.0', () => {
    const cbc = suites('TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA')
    expect(found(facts({ SSLv3: cbc }))).toEqual(['sslv3-enabled', 'cbc-in-tls10'])
    expect(found(facts({ TLSv1: cbc }))).toEqual(['tls-legacy-enabled', 'cbc-in-tls10'])
    expect(found(facts({ 'TLSv1.1': cbc }))).toEqual(['tls-legacy-enabled'])
  })
})

describe('what is no suite', () => {
  const { extras } = facts({})
  const prime = (bits: number) => ({ dhPrimes: [{ bits, name: null, sha256: '' }] })
  it.each<[string, Partial<ScanFacts>, string[]]>([
    ['a small prime', prime(1024), ['weak-dh-group']],
    ['one of 2048 bits', prime(2048), []],
    ['compression', { extras: { ...extras, compression: true } }, ['compression-enabled']],
    ['none', { extras: { ...extras, compression: false } }, []],
    [
      'no secure renegotiation',
      { extras: { ...extras, secureRenegotiation: false } },
      ['insecure-renegotiation'],
    ],
    ['nobody knows', {}, []],
  ])('%s', (_, more, expected) => expect(found(facts({}, more))).toEqual(expected))
})

it.each(WEAKNESSES)('$rule $about has words and sources', ({ title, message, fix, sources }) => {
  expect(sources.length).toBeGreaterThan(0)
  for (const text of [title, message, fix.text]) {
    expect(text.en).toMatch(/[a-z]/)
    expect(text['zh-CN']).toMatch(/\p{Script=Han}/u)
  }
})
