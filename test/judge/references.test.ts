import { describe, expect, it } from 'vitest'
import { checkTarget, judgedHellos } from '../../src/check.ts'
import { offline } from '../../src/connect/fetch.ts'
import { parseTarget } from '../../src/connect/target.ts'
import type { PlatformId } from '../../src/platforms/index.ts'
import type { TargetResult } from '../../src/report.ts'
import { withAnchors } from '../../src/stores/derive.ts'
import { chosenPlatforms, createWorld } from '../../src/world.ts'
import { keyUsage, tlsFeature } from '../../src/x509/extension-builders.ts'
import { makeLeaf, NOW, testKey } from '../helpers/certs.ts'
import { type Choice, MARKS, startStubborn } from '../helpers/stubborn-server.ts'
import { identity, startTls } from '../helpers/tls-server.ts'

const world = createWorld(NOW)
const stapled = makeLeaf(['localhost'], {
  key: testKey('rsa-2048'),
  extensions: [tlsFeature(5)],
})
const forAgreement = makeLeaf(['localhost'], {
  key: testKey('ec-p256'),
  extensions: [keyUsage('keyAgreement')],
})

const RSA = { key: 'rsa-2048' } as const

describe('references', () => {
  it('are neither judged nor sent unless they are named', () => {
    expect(chosenPlatforms(world, undefined)).toBe(world.platforms)
    expect(world.platforms.filter(({ tier }) => tier === 'reference')).toEqual([])
    expect(judgedHellos(world, {})).toHaveLength(15)
    const sent = judgedHellos(world, { platforms: ['openssl-3.0', 'curl', 'openssl-3.5'] })
    expect(sent.map(({ id }) => id)).toEqual(['curl-7.88', 'openssl-3.0', 'openssl-3.5'])
  })

  it('are all asked in one run, more of them than an address sees connections otherwise', async () => {
    const { cert, key } = identity('rsa-2048')
    const port = await startTls({ cert, key })
    const ids = world.references.map(({ id }) => id as PlatformId)
    const { platforms } = await check(port, ids)
    expect(platforms.map(({ id }) => id)).toEqual(ids)
    for (const { id, cells } of platforms)
      for (const { handshake } of cells) expect([id, handshake]).not.toEqual([id, null])
  })

  it('are not held to what is demanded of Mini Programs', async () => {
    const { cert, key } = identity('rsa-2048')
    const versions = { minVersion: 'TLSv1', maxVersion: 'TLSv1' } as const
    const port = await startTls({ cert, key, ...versions, ciphers: 'AES128-SHA@SECLEVEL=0' })
    const { findings } = await check(port, ['openssl-3.0', 'android-9'])
    const held = findings.find(({ rule }) => rule === 'tls-too-old')
    expect(held?.platforms).toEqual(['android-9'])
  })
})

describe('what a client refuses', () => {
  it.each<[string, Choice, PlatformId, PlatformId, RegExp]>([
    [
      'handshake-no-common-version',
      { ...RSA, cipher: 'TLS_RSA_WITH_AES_128_CBC_SHA', version: 'TLS 1.1' },
      'firefox-137',
      'java-11',
      /^the server chooses TLS 1\.1; this client goes through with TLS 1\.3, TLS 1\.2 only/,
    ],
    [
      'handshake-no-common-cipher',
      { ...RSA, cipher: 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA' },
      'chrome-120',
      'curl',
      /this client did not offer/,
    ],
    [
      'handshake-no-common-group',
      { key: 'ec-p521', hash: 'sha512' },
      'android-6.0',
      'android-4.4',
      /its certificate; this client breaks off: it takes secp256r1, secp384r1$/,
    ],
    [
      'handshake-no-common-signature',
      { ...RSA, cipher: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', hash: 'sha1' },
      'edge-133',
      'ie11-win10',
      /with rsa_pkcs1_sha1; this client refuses/,
    ],
    [
      'weak-dh-group',
      { ...RSA, cipher: 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA', prime: 'modp2' },
      'openssl-3.5',
      'java-17',
      /wants 2048 at least/,
    ],
    [
      'insecure-renegotiation',
      { ...RSA, cipher: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', secureRenegotiation: false },
      'curl',
      'openssl-1.1.1',
      /confirm secure renegotiation; this client breaks off/,
    ],
    [
      'key-unsupported',
      { leaf: forAgreement },
      'curl',
      'firefox-137',
      /lacks digitalSignature, which the key exchange needs; this client breaks off/,
    ],
    [
      'must-staple-without-staple',
      { ...RSA, cipher: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', leaf: stapled },
      'firefox-137',
      'chrome-120',
      /staples nothing; this client refuses that/,
    ],
    [
      'handshake-broken',
      { mark: MARKS.tls12 },
      'chrome-137',
      'chrome-62',
      /answers in TLS 1\.2 and marks that it knows better/,
    ],
  ])('%s', async (rule, choice, strict, lenient, words) => {
    const port = await startStubborn(choice)
    const { platforms, findings } = await check(port, [strict, lenient])
    const found = findings.find(one => one.rule === rule && words.test(one.message.en))
    expect(found).toMatchObject({ severity: 'error', platforms: [strict] })
    const refusing = platforms.find(({ id }) => id === strict)
    expect(refusing?.cells[0]).toMatchObject({ verdict: 'fail', handshake: null })
  })
})

async function check(port: number, platforms: readonly PlatformId[]): Promise<TargetResult> {
  const anchors = [identity('rsa-2048'), identity('ec-p256')].map(({ der }) => der)
  const trusting = { ...world, stores: withAnchors(world.stores, anchors) }
  const { result } = await checkTarget(parseTarget(`localhost:${port}`), trusting, {
    platforms,
    named: platforms,
    fetcher: offline,
    resolveTo: new Map([[`localhost:${port}`, ['127.0.0.1']]]),
  })
  return result
}
