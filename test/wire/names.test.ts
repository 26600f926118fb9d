import { describe, expect, test } from 'vitest'
import {
  ALERTS,
  alertName,
  EXTENSIONS,
  extensionName,
  GROUPS,
  groupName,
  groups,
  isGrease,
  opensslName,
  SCHEMES,
  SUITES,
  type SuiteName,
  schemeName,
  schemes,
  suiteName,
  suites,
  versionName,
} from '../../src/wire/names.ts'
import { type Suite, suiteOf } from '../../src/wire/suite.ts'

const NAMES = Object.keys(SUITES) as SuiteName[]

describe('code points', () => {
  test('each stands once in its table', () => {
    const tables = [GROUPS, SCHEMES, EXTENSIONS, ALERTS].map(
      table => Object.values(table) as number[],
    )
    for (const codes of [...tables, NAMES.map(name => SUITES[name][0] as number)])
      expect(new Set(codes).size).toBe(codes.length)
  })

  test('by name', () => {
    expect(suites('TLS_AES_128_GCM_SHA256', 'TLS_RSA_WITH_RC4_128_MD5')).toEqual([0x1301, 4])
    expect(groups('x25519', 'X25519MLKEM768')).toEqual([29, 4588])
    expect(schemes('mldsa44', 'rsa_pss_rsae_sha256', 'ecdsa_sha1')).toEqual([0x904, 0x804, 0x203])
  })

  test('their names; an unknown one prints as hex, GREASE as GREASE', () => {
    expect(suiteName(0xc02f)).toBe('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256')
    expect(groupName(0x11eb)).toBe('SecP256r1MLKEM768')
    expect(schemeName(0x0807)).toBe('ed25519')
    expect(extensionName(51764)).toBe('trust_anchors')
    expect(alertName(116)).toBe('certificate_required')
    expect(versionName(0x0302)).toBe('TLS 1.1')
    expect(
      [suiteName, groupName, schemeName, extensionName, versionName].map(name => name(0x1a2b)),
    ).toEqual(Array(5).fill('0x1A2B'))
    expect(alertName(99)).toBe('0x63')
    expect([extensionName(0x3a3a), isGrease(0x3a3a), isGrease(0x3a4a)]).toEqual([
      'GREASE',
      true,
      false,
    ])
  })

  test('OpenSSL names', () => {
    expect(opensslName(0xc02f)).toBe('ECDHE-RSA-AES128-GCM-SHA256')
    expect(opensslName(0x0017)).toBe('EXP-ADH-RC4-MD5')
    expect(opensslName(0x1301)).toBe('TLS_AES_128_GCM_SHA256')
    expect(opensslName(0xc03e)).toBeNull()
    expect(opensslName(0xabcd)).toBeNull()
  })
})

describe('suites', () => {
  test.each<[SuiteName, Partial<Suite>]>([
    [
      'TLS_AES_256_GCM_SHA384',
      {
        keyExchange: 'any',
        authentication: 'any',
        cipher: 'AES_256_GCM',
        bits: 256,
        mac: 'AEAD',
        hash: 'sha384',
        since: 0x0304,
      },
    ],
    [
      'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
      {
        keyExchange: 'ECDHE',
        authentication: 'ECDSA',
        cipher: 'CHACHA20_POLY1305',
        bits: 256,
        mac: 'AEAD',
        since: 0x0303,
      },
    ],
    [
      'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256_OLD',
      { cipher: 'CHACHA20_POLY1305_OLD', mac: 'AEAD', since: 0x0303 },
    ],
    [
      'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
      {
        keyExchange: 'RSA',
        authentication: 'RSA',
        cipher: '3DES_EDE_CBC',
        bits: 168,
        mac: 'SHA',
        hash: 'sha256',
        since: 0x0300,
      },
    ],
    [
      'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
      { cipher: 'AES_256_CBC', mac: 'SHA384', hash: 'sha384', since: 0x0303 },
    ],
    [
      'TLS_RSA_WITH_AES_128_CCM_8',
      { cipher: 'AES_128_CCM_8', bits: 128, mac: 'AEAD', hash: 'sha256', since: 0x0303 },
    ],
    ['TLS_DH_anon_WITH_AES_128_CBC_SHA', { keyExchange: 'DHE', authentication: 'anon' }],
    [
      'TLS_ECDH_anon_WITH_RC4_128_SHA',
      { keyExchange: 'ECDHE', authentication: 'anon', cipher: 'RC4_128', bits: 128 },
    ],
    ['TLS_ECDH_RSA_WITH_AES_128_CBC_SHA', { keyExchange: 'ECDH', authentication: 'RSA' }],
    [
      'TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5',
      { keyExchange: 'RSA', exportGrade: true, bits: 40, mac: 'MD5' },
    ],
    [
      'TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA',
      { keyExchange: 'DHE', authentication: 'RSA', exportGrade: true, bits: 40 },
    ],
    ['TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA', { exportGrade: true, bits: 56 }],
    ['TLS_RSA_WITH_NULL_SHA256', { cipher: 'NULL', bits: 0, mac: 'SHA256', since: 0x0303 }],
    [
      'TLS_PSK_WITH_AES_128_CBC_SHA256',
      { keyExchange: 'PSK', authentication: 'PSK', since: 0x0300 },
    ],
    ['TLS_PSK_DHE_WITH_AES_256_CCM_8', { keyExchange: 'DHE_PSK', authentication: 'PSK' }],
    ['TLS_RSA_PSK_WITH_AES_256_GCM_SHA384', { keyExchange: 'RSA_PSK', authentication: 'RSA' }],
    ['TLS_SRP_SHA_DSS_WITH_AES_128_CBC_SHA', { keyExchange: 'SRP', authentication: 'DSS' }],
    ['TLS_SRP_SHA_WITH_AES_128_CBC_SHA', { keyExchange: 'SRP', authentication: 'SRP' }],
    [
      'TLS_KRB5_EXPORT_WITH_DES_CBC_40_SHA',
      { keyExchange: 'KRB5', authentication: 'KRB5', exportGrade: true, bits: 40 },
    ],
    ['TLS_GOSTR341112_256_WITH_KUZNYECHIK_MGM_L', { bits: 256, since: 0x0304 }],
    ['TLS_SHA256_SHA256', { cipher: 'NULL', bits: 0, mac: 'SHA256', since: 0x0304 }],
    ['TLS_SM4_GCM_SM3', { cipher: 'SM4_GCM', bits: 128, hash: 'sm3', since: 0x0304 }],
    ['SSL_RSA_FIPS_WITH_DES_CBC_SHA', { keyExchange: 'RSA', authentication: 'RSA', bits: 56 }],
    ['TLS_RSA_WITH_CAMELLIA_256_CBC_SHA', { cipher: 'CAMELLIA_256_CBC', bits: 256 }],
    ['TLS_RSA_WITH_SEED_CBC_SHA', { cipher: 'SEED_CBC', bits: 128 }],
  ])('%s', (name, parts) => {
    expect(suiteOf(SUITES[name][0])).toMatchObject({ name, ...parts })
  })

  test('every one but the signalling values has parts, and a key length unless it encrypts nothing', () => {
    for (const name of NAMES) {
      const suite = suiteOf(SUITES[name][0])
      if (name.endsWith('_SCSV')) expect(suite).toBeNull()
      else expect([name, suite!.bits > 0]).toEqual([name, suite!.cipher !== 'NULL'])
    }
    expect(suiteOf(0xabcd)).toBeNull()
  })
})
