import { Server, type TlsOptions } from 'node:tls'
import { describe, expect, test } from 'vitest'
import { equal } from '../../src/bytes.ts'
import type { ClientHelloSpec } from '../../src/wire/client-hello.ts'
import {
  GROUPS,
  type GroupName,
  groups,
  opensslName,
  SCHEMES,
  type SchemeName,
  SUITES,
  type SuiteName,
  suites,
  VERSIONS,
  type VersionName,
  versions,
} from '../../src/wire/names.ts'
import type { KeyKind } from '../../src/x509/signing-key.ts'
import { identity, startTls } from '../helpers/tls-server.ts'
import { OLDER, PLAIN, shake } from './connect.ts'

const ANY = '@SECLEVEL=0'

describe('TLS 1.3', () => {
  test.each<[KeyKind, SchemeName]>([
    ['ec-p256', 'ecdsa_secp256r1_sha256'],
    ['ec-p384', 'ecdsa_secp384r1_sha384'],
    ['ec-p521', 'ecdsa_secp521r1_sha512'],
    ['rsa-2048', 'rsa_pss_rsae_sha256'],
    ['rsa-pss-2048', 'rsa_pss_pss_sha256'],
    ['ed25519', 'ed25519'],
    ['ed448', 'ed448'],
  ])('with a key of %s', async (kind, scheme) => {
    const port = await startTls(identity(kind))
    const handshake = await shake(port)
    expect(handshake).toMatchObject({ kind: 'completed', server: { version: 0x0304 } })
    expect(handshake.server.signatureScheme).toBe(SCHEMES[scheme])
    expect(handshake.server.clientAuth).toBe('not-asked')
    expect(handshake.server.chain?.map(der => equal(der, identity(kind).der))).toEqual([true])
  })

  test.each<SuiteName>([
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'TLS_AES_128_CCM_SHA256',
    'TLS_AES_128_CCM_8_SHA256',
  ])('%s', async name => {
    const port = await startTls({ ...identity('ec-p256'), ciphers: name })
    const handshake = await shake(port, { spec: { ...PLAIN, suites: suites(name) } })
    expect(handshake).toMatchObject({ kind: 'completed', server: { cipher: SUITES[name][0] } })
  })

  test.each<GroupName>(['secp256r1', 'secp384r1', 'secp521r1', 'x448', 'ffdhe2048', 'ffdhe3072'])(
    'a HelloRetryRequest for %s',
    async name => {
      const ecdhCurve = name === 'secp256r1' ? 'prime256v1' : name
      const port = await startTls({ ...identity('ec-p256'), ecdhCurve })
      const spec = { ...PLAIN, groups: groups('x25519', name) }
      const handshake = await shake(port, { spec })
      const group = GROUPS[name]
      expect(handshake).toMatchObject({ kind: 'completed', server: { group, retryGroup: group } })
    },
  )

  test.each<GroupName>(['x25519', 'secp256r1', 'secp384r1', 'secp521r1', 'x448', 'ffdhe2048'])(
    'a share of %s at once',
    async name => {
      const ecdhCurve = name === 'secp256r1' ? 'prime256v1' : name
      const port = await startTls({ ...identity('ec-p256'), ecdhCurve })
      const spec = { ...PLAIN, groups: groups(name), keyShares: groups(name) }
      const handshake = await shake(port, { spec })
      expect(handshake).toMatchObject({
        kind: 'completed',
        server: { group: GROUPS[name], retryGroup: null },
      })
    },
  )

  test('a second hello without any share but the one asked for, GREASE included', async () => {
    const port = await startTls({ ...identity('ec-p256'), ecdhCurve: 'secp384r1' })
    const handshake = await shake(port, { spec: { ...PLAIN, grease: true, shuffled: true } })
    expect(handshake).toMatchObject({ kind: 'completed', server: { group: GROUPS.secp384r1 } })
  })

  test('stops after the server flight when told so', async () => {
    const server = startTls(identity('ec-p256'))
    const handshake = await shake(await server, { complete: () => false })
    expect(handshake).toMatchObject({ kind: 'server-hello', server: { clientAuth: 'not-asked' } })
    expect(handshake.server.chain).toHaveLength(1)
  })
})

describe('TLS 1.2', () => {
  test.each<[KeyKind, SuiteName]>([
    ['rsa-2048', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'],
    ['rsa-2048', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'],
    ['rsa-2048', 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256'],
    ['rsa-2048', 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA'],
    ['rsa-2048', 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384'],
    ['rsa-2048', 'TLS_ECDHE_RSA_WITH_CAMELLIA_128_CBC_SHA256'],
    ['rsa-2048', 'TLS_RSA_WITH_AES_128_GCM_SHA256'],
    ['rsa-2048', 'TLS_RSA_WITH_AES_256_CBC_SHA256'],
    ['rsa-2048', 'TLS_RSA_WITH_AES_128_CBC_SHA'],
    ['rsa-2048', 'TLS_RSA_WITH_AES_256_CCM'],
    ['rsa-2048', 'TLS_RSA_WITH_AES_128_CCM_8'],
    ['rsa-2048', 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'],
    ['rsa-2048', 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA'],
    ['rsa-2048', 'TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256'],
    ['rsa-pss-2048', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'],
    ['rsa-1024', 'TLS_RSA_WITH_AES_128_CBC_SHA'],
    ['rsa-512', 'TLS_RSA_WITH_AES_128_CBC_SHA'],
    ['ec-p256', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'],
    ['ec-p384', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'],
    ['ec-p521', 'TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8'],
    ['ed25519', 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256'],
    ['ed448', 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256'],
  ])('%s, %s', async (kind, name) => {
    const handshake = await older(kind, name)
    expect(handshake).toMatchObject({
      kind: 'completed',
      server: {
        version: 0x0303,
        cipher: SUITES[name][0],
        compression: 0,
        extendedMasterSecret: true,
        encryptThenMac: name.includes('CBC'),
        secureRenegotiation: true,
        sessionTicket: true,
        clientAuth: 'not-asked',
      },
    })
  })

  test.each<GroupName>([
    'x25519',
    'x448',
    'secp256r1',
    'secp384r1',
    'secp521r1',
    'brainpoolP256r1',
  ])('ECDHE over %s', async name => {
    const ecdhCurve = name === 'secp256r1' ? 'prime256v1' : name
    const spec = { ...OLDER, groups: groups('secp256r1', name) }
    const handshake = await older('ec-p256', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', spec, {
      ecdhCurve,
    })
    expect(handshake).toMatchObject({ kind: 'completed', server: { group: GROUPS[name] } })
  })

  test('the size of a DHE prime', async () => {
    const handshake = await older('rsa-2048', 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256')
    expect(handshake.server).toMatchObject({ dhBits: 2048, group: null })
    expect(handshake.server.dhPrime).toHaveLength(256)
  })

  test('without extended master secret, encrypt-then-MAC, ticket and renegotiation_info', async () => {
    const spec = { ...OLDER, extensions: ['supported_groups', 'signature_algorithms'] as const }
    const handshake = await older('rsa-2048', 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384', spec)
    expect(handshake).toMatchObject({
      kind: 'completed',
      server: {
        extendedMasterSecret: false,
        encryptThenMac: false,
        sessionTicket: false,
        secureRenegotiation: false,
      },
    })
  })

  test('the signalling suite counts for renegotiation_info', async () => {
    const name = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'
    const spec = {
      ...OLDER,
      suites: suites(name, 'TLS_EMPTY_RENEGOTIATION_INFO_SCSV'),
      extensions: ['supported_groups', 'signature_algorithms'] as const,
    }
    const port = await startTls({ ...identity('rsa-2048'), maxVersion: 'TLSv1.2' })
    const handshake = await shake(port, { spec })
    expect(handshake).toMatchObject({ kind: 'completed', server: { secureRenegotiation: true } })
  })

  test('a hello of TLS 1.3 at a server of TLS 1.2', async () => {
    const port = await startTls({ ...identity('rsa-2048'), maxVersion: 'TLSv1.2' })
    const handshake = await shake(port)
    expect(handshake).toMatchObject({
      kind: 'completed',
      server: { version: 0x0303, downgradeSentinel: null },
    })
  })

  test('a hello of TLS 1.2 at a server of TLS 1.3 finds the sentinel', async () => {
    const handshake = await shake(await startTls(identity('rsa-2048')), { spec: OLDER })
    expect(handshake).toMatchObject({ kind: 'completed', server: { downgradeSentinel: 'tls12' } })
  })

  test('stops after the server flight when told so', async () => {
    const port = await startTls({ ...identity('rsa-2048'), maxVersion: 'TLSv1.2' })
    const handshake = await shake(port, { complete: () => false })
    expect(handshake).toMatchObject({ kind: 'server-hello', server: { clientAuth: 'not-asked' } })
  })

  test('an anonymous suite is a valid flight that is not finished', async () => {
    const name = 'TLS_ECDH_anon_WITH_AES_128_CBC_SHA'
    const handshake = await older('rsa-2048', name)
    expect(handshake).toMatchObject({
      kind: 'server-hello',
      server: { cipher: SUITES[name][0], chain: null, group: GROUPS.x25519 },
    })
  })
})

describe.each<[VersionName, 'TLSv1' | 'TLSv1.1']>([
  ['TLS 1.0', 'TLSv1'],
  ['TLS 1.1', 'TLSv1.1'],
])('%s', (version, nodeVersion) => {
  test.each<[KeyKind, SuiteName]>([
    ['rsa-2048', 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA'],
    ['rsa-2048', 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA'],
    ['rsa-2048', 'TLS_RSA_WITH_AES_128_CBC_SHA'],
    ['rsa-2048', 'TLS_RSA_WITH_CAMELLIA_256_CBC_SHA'],
    ['ec-p256', 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA'],
  ])('%s, %s', async (kind, name) => {
    for (const extensions of [OLDER.extensions, ['supported_groups'] as const]) {
      const spec = {
        ...OLDER,
        extensions,
        versions: versions(version),
        legacyVersion: VERSIONS[version],
      }
      const options = { minVersion: nodeVersion, maxVersion: nodeVersion } as const
      const handshake = await older(kind, name, spec, options)
      expect(handshake).toMatchObject({
        kind: 'completed',
        server: { version: VERSIONS[version], cipher: SUITES[name][0], signatureScheme: null },
      })
    }
  })
})

test('whether to finish is asked once, with the version', async () => {
  const asked: number[] = []
  const complete = (version: number) => asked.push(version) > 0
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
    const port = await startTls({ ...identity('ec-p256'), maxVersion })
    expect((await shake(port, { complete })).kind).toBe('completed')
  }
  expect(asked).toEqual([0x0303, 0x0304])
})

describe('what the server adds', () => {
  test.each(['TLSv1.2', 'TLSv1.3'] as const)('the protocol of ALPN, %s', async maxVersion => {
    const port = await startTls({ ...identity('ec-p256'), maxVersion, ALPNProtocols: ['http/1.1'] })
    const handshake = await shake(port)
    expect(handshake).toMatchObject({ kind: 'completed', server: { alpn: 'http/1.1' } })
  })

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('a stapled OCSP response, %s', async maxVersion => {
    const options = { ...identity('ec-p256'), maxVersion }
    const server = new Server(options)
    server.on('OCSPRequest', (_certificate, _issuer, reply) => reply(null, Buffer.from('staple')))
    const handshake = await shake(await startTls(options, server))
    expect(handshake.kind).toBe('completed')
    expect(Buffer.from(handshake.server.ocspStaple ?? []).toString()).toBe('staple')
  })

  test('an alert where nothing fits', async () => {
    const port = await startTls({ ...identity('ec-p256'), minVersion: 'TLSv1.3' })
    const handshake = await shake(port, { spec: OLDER })
    expect(handshake).toMatchObject({
      kind: 'alert',
      level: 2,
      description: 70,
      after: 'client-hello',
      server: { version: null },
    })
  })
})

/** A handshake with a server that speaks this suite of TLS 1.2 or older alone. */
async function older(
  kind: KeyKind,
  name: SuiteName,
  spec: ClientHelloSpec = OLDER,
  options: TlsOptions = {},
) {
  const port = await startTls({
    ...identity(kind),
    ciphers: `${opensslName(SUITES[name][0])}:${ANY}`,
    maxVersion: 'TLSv1.2',
    dhparam: 'auto',
    ecdhCurve: 'auto',
    ...options,
  })
  return shake(port, { spec: { ...spec, suites: suites(name) } })
}
