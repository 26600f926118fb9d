// What real servers on loopback are like, as a check finds out.
import { constants } from 'node:crypto'
import type tls from 'node:tls'
import { createSecureContext } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { type CheckOptions, checkTarget } from '../../src/check.ts'
import { offline } from '../../src/connect/fetch.ts'
import { parseTarget } from '../../src/connect/target.ts'
import type { Server } from '../../src/facts/server.ts'
import { createWorld } from '../../src/world.ts'
import { identity, startTcp, startTls } from '../helpers/tls-server.ts'

const world = createWorld(Date.now())
const { key, cert } = identity('ec-p256')
const rsa = identity('rsa-2048')

async function serverAt(port: number, options: CheckOptions = {}): Promise<Server | null> {
  const target = parseTarget(`localhost:${port}`)
  const resolveTo = new Map([[`localhost:${port}`, ['127.0.0.1']]])
  const common = { timeoutMs: 2000, fetcher: offline, resolveTo }
  return (await checkTarget(target, world, { ...common, ...options })).result.server
}

const observed = async (options: tls.TlsOptions) => serverAt(await startTls(options))

it('a usual one', async () => {
  expect(await observed({ key, cert, ALPNProtocols: ['h2', 'http/1.1'] })).toEqual({
    versions: { TLSv1: false, 'TLSv1.1': false, 'TLSv1.2': true, 'TLSv1.3': true },
    keys: ['ECDSA'],
    forwardSecrecy: 'all',
    alpn: ['h2', 'http/1.1'],
    clientCertificate: 'not-asked',
    sessionTickets: true,
    resumption: true,
    secureRenegotiation: true,
    extendedMasterSecret: true,
    compression: false,
    weakSuites: [],
    withoutName: { answer: 'same' },
    unknownName: { answer: 'same' },
    warnsOfName: false,
    largeHello: 'answered',
  })
})

it('one of TLS 1.3 alone has nothing to resume by, nor what older versions had', async () => {
  expect(await observed({ key, cert, minVersion: 'TLSv1.3' })).toMatchObject({
    versions: { TLSv1: false, 'TLSv1.1': false, 'TLSv1.2': false, 'TLSv1.3': true },
    resumption: null,
    secureRenegotiation: null,
    compression: false,
    weakSuites: [],
  })
})

it('one of old versions', async () => {
  const old = { ...rsa, minVersion: 'TLSv1', maxVersion: 'TLSv1.1' } as const
  const server = await observed({ ...old, ciphers: 'DEFAULT@SECLEVEL=0' })
  expect(server).toMatchObject({
    versions: { TLSv1: true, 'TLSv1.1': true, 'TLSv1.2': false, 'TLSv1.3': false },
    keys: ['RSA'],
  })
})

describe('certificates', () => {
  it.each([
    ['TLS 1.3', {}],
    ['TLS 1.2', { maxVersion: 'TLSv1.2' } as const],
  ])('of both kinds, where every client is given the same, in %s', async (_, versions) => {
    const server = await observed({
      cert: [cert, rsa.cert],
      key: [key, rsa.key],
      honorCipherOrder: true,
      sigalgs: 'ecdsa_secp256r1_sha256:rsa_pss_rsae_sha256:rsa_pkcs1_sha256',
      ciphers: 'TLS_AES_128_GCM_SHA256:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256',
      ...versions,
    })
    expect(server?.keys).toEqual(['ECDSA', 'RSA'])
  })

  it.each([
    ['rsa-2048', 'RSA'],
    ['ec-p384', 'ECDSA'],
    ['ed25519', 'Ed25519'],
  ] as const)('of a %s key', async (kind, name) => {
    expect((await observed(identity(kind)))?.keys).toEqual([name])
  })

  it('asked for from the client', async () => {
    const asking = { key, cert, requestCert: true }
    expect(await observed({ ...asking, rejectUnauthorized: false })).toMatchObject({
      clientCertificate: 'asked',
    })
    expect(await observed({ ...asking, rejectUnauthorized: true })).toMatchObject({
      clientCertificate: 'required',
    })
  })
})

describe('names', () => {
  const own = () => createSecureContext({ key, cert })
  const other = identity('ec-p384')
  const SNICallback: tls.TlsOptions['SNICallback'] = (name, done) =>
    done(null, name === 'localhost' ? own() : undefined)

  it('another certificate of the same name is the same', async () => {
    const server = await observed({ ...other, SNICallback })
    expect(server).toMatchObject({ withoutName: { answer: 'same' } })
  })

  it('are refused where no site is the default', async () => {
    expect(await observed({ SNICallback })).toMatchObject({
      withoutName: { answer: 'refused', how: 'handshake_failure' },
      unknownName: { answer: 'refused', how: 'handshake_failure' },
    })
  })

  it('are not asked about where no client sends one', async () => {
    const server = await serverAt(await startTls({ key, cert }), { servername: null })
    expect(server).toMatchObject({ withoutName: { answer: 'same' } })
  })
})

describe('suites', () => {
  const tls12 = { ...rsa, maxVersion: 'TLSv1.2' } as const

  it('without forward secrecy', async () => {
    expect((await observed({ ...tls12, ciphers: 'AES128-GCM-SHA256' }))?.forwardSecrecy).toBe(
      'none',
    )
    const mixed = { ...tls12, ciphers: 'AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256' }
    expect((await observed({ ...mixed, honorCipherOrder: true }))?.forwardSecrecy).toBe('some')
  })

  it.each([
    ['ECDHE-RSA-NULL-SHA', 'TLS_ECDHE_RSA_WITH_NULL_SHA'],
    ['NULL-SHA256', 'TLS_RSA_WITH_NULL_SHA256'],
    ['AECDH-AES128-SHA', 'TLS_ECDH_anon_WITH_AES_128_CBC_SHA'],
  ])('that are weak: %s', async (weak, name) => {
    const server = await observed({
      ...tls12,
      ciphers: `ECDHE-RSA-AES128-GCM-SHA256:${weak}:@SECLEVEL=0`,
    })
    expect(server?.weakSuites).toEqual([name])
  })
})

it('sessions that are forgotten', async () => {
  const server = await observed({ key, cert, secureOptions: constants.SSL_OP_NO_TICKET })
  expect(server).toMatchObject({ resumption: false })
})

it('nothing is known of one that speaks no TLS, and silence is no refusal', async () => {
  const deaf = await startTcp(socket => socket.end('SSH-2.0-OpenSSH_9.2\r\n'))
  expect(await serverAt(deaf)).toMatchObject({
    keys: [],
    forwardSecrecy: null,
    compression: null,
    weakSuites: null,
    withoutName: null,
    largeHello: null,
  })
})
