import { describe, expect, it } from 'vitest'
import { type Objection, predict } from '../../src/facts/objection.ts'
import type { Api } from '../../src/platform.ts'
import { type PlatformId, platforms } from '../../src/platforms/index.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import { keyUsage, tlsFeature } from '../../src/x509/extension-builders.ts'
import { makeLeaf, testKey } from '../helpers/certs.ts'
import { type Choice, MARKS, startStubborn } from '../helpers/stubborn-server.ts'
import { identity, startTls } from '../helpers/tls-server.ts'
import { shake } from '../wire/connect.ts'

/** By the stack of an API where a platform has several. */
type Who = readonly [platform: PlatformId, api?: Api]
type Met = readonly [what: string, server: Choice, who: Who, objection: Objection | null]

const STATIC_RSA = { key: 'rsa-2048', cipher: 'TLS_RSA_WITH_AES_128_CBC_SHA' } as const
const ECDHE_RSA = { key: 'rsa-2048', cipher: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA' } as const
const DHE_RSA = { key: 'rsa-2048', cipher: 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA' } as const
const P384: Choice = { key: 'ec-p384', hash: 'sha384' }

const stapled = makeLeaf(['localhost'], {
  key: testKey('rsa-2048'),
  extensions: [tlsFeature(5)],
})

const forSignatures = makeLeaf(['localhost'], {
  key: testKey('rsa-2048'),
  extensions: [keyUsage('digitalSignature')],
})
const forAgreement = makeLeaf(['localhost'], {
  key: testKey('ec-p256'),
  extensions: [keyUsage('keyAgreement')],
})

describe('a server that chooses what it likes', () => {
  it.each<Met>([
    [
      'a version that is not on offer',
      { ...STATIC_RSA, version: 'TLS 1.0' },
      ['chrome-101'],
      { to: 'version', choice: 'TLS 1.0' },
    ],
    [
      'a version that is on offer and not gone through with',
      { ...STATIC_RSA, version: 'TLS 1.1' },
      ['chrome-87'],
      { to: 'version', choice: 'TLS 1.1' },
    ],
    ['the same, where it is', { ...STATIC_RSA, version: 'TLS 1.1' }, ['chrome-79'], null],
    ['SSL 3.0, where it is accepted', { ...STATIC_RSA, version: 'SSL 3.0' }, ['android-5.0'], null],
    [
      'SSL 3.0, where it is not',
      { ...STATIC_RSA, version: 'SSL 3.0' },
      ['android-6.0'],
      { to: 'version', choice: 'SSL 3.0' },
    ],
    [
      'TLS 1.0, signed as it must be',
      { ...ECDHE_RSA, version: 'TLS 1.0' },
      ['openssl-3.0'],
      { to: 'signature', choice: 'MD5+SHA-1' },
    ],
    [
      'the same with ECDSA',
      { cipher: 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA', version: 'TLS 1.1' },
      ['curl'],
      { to: 'signature', choice: 'SHA-1' },
    ],
    ['TLS 1.0 without a signature', { ...STATIC_RSA, version: 'TLS 1.0' }, ['openssl-3.0'], null],
    [
      'TLS 1.0, signed, with an older client',
      { ...ECDHE_RSA, version: 'TLS 1.0' },
      ['java-11'],
      null,
    ],
    [
      'a suite that is not on offer',
      DHE_RSA,
      ['chrome-101'],
      { to: 'cipher', choice: 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA' },
    ],
    [
      'a group that is not on offer',
      { group: 'secp521r1' },
      ['chrome-101'],
      { to: 'group', choice: 'secp521r1' },
    ],
    ['a group that is', { group: 'secp384r1' }, ['chrome-101'], null],
    [
      'a leaf on a curve that is not on offer',
      P384,
      ['android-7.0', 'upload'],
      { to: 'group', choice: 'secp384r1' },
    ],
    ['the same on another system', P384, ['android-7.1.1', 'upload'], null],
    ['the same leaf with the Cronet of that phone', P384, ['android-7.0'], null],
    [
      'a leaf on a curve that no phone knows',
      { key: 'ec-secp256k1' },
      ['openssl-3.0'],
      { to: 'group', choice: 'secp256k1' },
    ],
    ['the same with a client that does not mind', { key: 'ec-secp256k1' }, ['android-5.0'], null],
    [
      'SHA-1 in TLS 1.2',
      { ...ECDHE_RSA, hash: 'sha1' },
      ['chrome-87'],
      { to: 'signature', choice: 'rsa_pkcs1_sha1' },
    ],
    ['SHA-1 with a client that offers it', { ...ECDHE_RSA, hash: 'sha1' }, ['chrome-79'], null],
    [
      'a prime of 1024 bits',
      { ...DHE_RSA, prime: 'modp2' },
      ['openssl-3.0'],
      { to: 'small-dh', choice: '1024' },
    ],
    ['the same with Java', { ...DHE_RSA, prime: 'modp2' }, ['java-17'], null],
    ['a prime of 2048 bits', DHE_RSA, ['openssl-3.0'], null],
    [
      'a prime of 3072 bits',
      { ...DHE_RSA, prime: 'modp15' },
      ['java-8u161'],
      { to: 'group', choice: 'DH 3072' },
    ],
    ['the same with a newer Java', { ...DHE_RSA, prime: 'modp15' }, ['java-17'], null],
    [
      'static RSA with a leaf for signatures',
      { ...STATIC_RSA, leaf: forSignatures },
      ['chrome-120'],
      { to: 'key-usage', choice: 'keyEncipherment' },
    ],
    ['that leaf for signatures', { ...ECDHE_RSA, leaf: forSignatures }, ['chrome-120'], null],
    [
      'static RSA with that leaf and an older client',
      { ...STATIC_RSA, leaf: forSignatures },
      ['chrome-101'],
      null,
    ],
    [
      'ECDHE with a leaf for key agreement',
      { leaf: forAgreement },
      ['chrome-101'],
      { to: 'key-usage', choice: 'digitalSignature' },
    ],
    ['the same with a client that does not mind', { leaf: forAgreement }, ['firefox-137'], null],
    [
      'no secure renegotiation',
      { ...ECDHE_RSA, secureRenegotiation: false },
      ['openssl-3.0'],
      { to: 'renegotiation', choice: '' },
    ],
    [
      'the same with OpenSSL 1.1.1',
      { ...ECDHE_RSA, secureRenegotiation: false },
      ['openssl-1.1.1'],
      null,
    ],
    [
      'TLS 1.2 with the mark of TLS 1.3',
      { mark: MARKS.tls12 },
      ['android-14', 'upload'],
      { to: 'downgrade', choice: 'TLS 1.2' },
    ],
    [
      'the same with a client that has no TLS 1.3',
      { mark: MARKS.tls12 },
      ['android-8.1', 'upload'],
      null,
    ],
    [
      'the same with a client that does not mind it yet',
      { mark: MARKS.tls12 },
      ['chrome-70'],
      null,
    ],
    [
      'TLS 1.0 with the mark of TLS 1.2',
      { ...STATIC_RSA, version: 'TLS 1.0', mark: MARKS.tls11 },
      ['chrome-79'],
      { to: 'downgrade', choice: 'TLS 1.0' },
    ],
    [
      'a leaf that must be stapled, and is not',
      { ...ECDHE_RSA, leaf: stapled },
      ['firefox-137'],
      { to: 'staple', choice: '' },
    ],
    [
      'the same with a client that does not mind',
      { ...ECDHE_RSA, leaf: stapled },
      ['chrome-101'],
      null,
    ],
  ])('%s: %j %j', async (_, server, who, objection) => {
    const attempt = await shakeAs(who, await startStubborn(server))
    const der = server.leaf?.der ?? identity(server.key ?? 'ec-p256').der
    expect(predict(attempt, clientOf(who), parseCertificate(der))).toEqual({
      connects: objection === null,
      objection,
    })
  })
})

describe('a server of Node', () => {
  const { cert, key, der } = identity('rsa-2048')

  it('is gone through with by every reference, but for those too old or too strict for it', async () => {
    const port = await startTls({ cert, key, minVersion: 'TLSv1.2' })
    for (const id of Object.keys(platforms) as PlatformId[]) {
      const attempt = await shakeAs([id], port)
      const { connects } = predict(attempt, clientOf([id]), parseCertificate(der))
      expect([id, connects]).toEqual([id, true])
    }
  })

  it('that stays silent tells nothing', async () => {
    const attempt = { kind: 'timeout', after: 'client-hello' } as const
    const server = (await shakeAs(['chrome-101'], await startTls({ cert, key }))).server
    expect(predict({ ...attempt, bytes: 0, server }, clientOf(['chrome-101']), null)).toEqual({
      connects: null,
      objection: null,
    })
  })
})

function stackOf([id, api = 'request']: Who) {
  return platforms[id].stacks.find(({ apis }) => apis.includes(api))!
}

function clientOf(who: Who) {
  const { hello, limits } = stackOf(who)
  return { spec: hello.spec, limits }
}

async function shakeAs(who: Who, port: number) {
  return shake(port, { spec: stackOf(who).hello.spec, complete: () => false })
}
