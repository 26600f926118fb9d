import { brotliCompressSync, deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { concat } from '../../src/bytes.ts'
import {
  CERTIFICATE,
  CERTIFICATE_REQUEST,
  ENCRYPTED_EXTENSIONS,
  FINISHED,
  message,
} from '../../src/wire/messages.ts'
import { EXTENSIONS, GROUPS, SCHEMES, SUITES } from '../../src/wire/names.ts'
import type { Violation } from '../../src/wire/outcome.ts'
import { identity } from '../helpers/tls-server.ts'
import { converse, drive, lastBit } from './drive.ts'
import {
  answer,
  encodeCertificate,
  extension,
  extensions,
  type Mischief,
  memoryClient,
  record,
  run13,
} from './fake-server.ts'
import { cipher, encrypted, hello, packed, share } from './mischief.ts'

const empty = new Uint8Array()
const leaf = identity('ed25519').der
const VERSION = extension(EXTENSIONS.supported_versions, Uint8Array.of(3, 4))

test('an honest server of TLS 1.3', () => {
  expect(run13({}).handshake).toMatchObject({ kind: 'completed', server: { version: 0x0304 } })
})

const CASES: readonly (readonly [string, Mischief, Violation])[] = [
  ['a draft nobody offered', version(0x7f1c), 'parameter-not-offered'],
  ['TLS 1.2 by supported_versions', version(0x0303), 'illegal-parameter'],
  ['a legacy version that is not TLS 1.2', at(5, 2), 'illegal-parameter'],
  ['a session id that is not ours', at(39, 1), 'illegal-parameter'],
  ['a suite nobody offered', cipher(SUITES.TLS_AES_128_CCM_SHA256[0]), 'parameter-not-offered'],
  [
    'a suite of TLS 1.2',
    cipher(SUITES.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256[0]),
    'illegal-parameter',
  ],
  ['compression', at(73, 1), 'illegal-parameter'],
  ['no key share', hello([VERSION]), 'illegal-parameter'],
  [
    'a share of a group without one',
    hello([VERSION, share(GROUPS.x448, 56)]),
    'parameter-not-offered',
  ],
  ['a share of another length', hello([VERSION, share(GROUPS.x25519, 31)]), 'illegal-parameter'],
  ['a share of small order', hello([VERSION, share(GROUPS.x25519, 32)]), 'illegal-parameter'],
  [
    'an extension that ServerHello has no place for',
    hello([VERSION, share(GROUPS.x25519, 32), extension(EXTENSIONS.session_ticket, empty)]),
    'illegal-parameter',
  ],
  [
    'an extension nobody sent',
    hello([VERSION, extension(EXTENSIONS.pre_shared_key, Uint8Array.of(0, 0))]),
    'parameter-not-offered',
  ],
  ['an unknown extension, encrypted', encrypted(extension(0xabcd, empty)), 'parameter-not-offered'],
  [
    'an extension twice, encrypted',
    encrypted(extension(0, empty), extension(0, empty)),
    'illegal-parameter',
  ],
  [
    'an extension of another place, encrypted',
    encrypted(extension(EXTENSIONS.key_share, empty)),
    'illegal-parameter',
  ],
  [
    'a server name that says something, encrypted',
    encrypted(extension(EXTENSIONS.server_name, Uint8Array.of(0))),
    'decode',
  ],
  [
    'an extension of TLS 1.2, encrypted',
    encrypted(extension(EXTENSIONS.extended_master_secret, empty)),
    'illegal-parameter',
  ],
  ['no EncryptedExtensions', { encryptedExtensions: () => empty }, 'unexpected-message'],
  [
    'a request without signature_algorithms',
    { request: message(CERTIFICATE_REQUEST, concat([Uint8Array.of(0), extensions()])) },
    'decode',
  ],
  [
    'a request with a context',
    { request: message(CERTIFICATE_REQUEST, concat([Uint8Array.of(1, 9), extensions()])) },
    'illegal-parameter',
  ],
  ['no certificate message', { certificate: () => empty }, 'unexpected-message'],
  ['no certificates', { certificate: () => encodeCertificate([]) }, 'empty-certificate'],
  ['an empty certificate', { certificate: () => encodeCertificate([leaf, empty]) }, 'decode'],
  [
    '101 certificates',
    { certificate: () => encodeCertificate(Array(101).fill(Uint8Array.of(48))) },
    'over-budget',
  ],
  [
    'a leaf that cannot be read',
    { certificate: () => encodeCertificate([Uint8Array.of(48)]) },
    'key-unsupported',
  ],
  [
    'a certificate context',
    { certificate: () => message(CERTIFICATE, Uint8Array.of(1, 9, 0, 0, 0)) },
    'illegal-parameter',
  ],
  [
    'a certificate extension nobody sent',
    { certificate: () => encodeCertificate([leaf], extension(EXTENSIONS.server_authz, empty)) },
    'parameter-not-offered',
  ],
  [
    'an unknown kind of staple',
    {
      certificate: () =>
        encodeCertificate(
          [leaf],
          extension(EXTENSIONS.status_request, Uint8Array.of(9, 0, 0, 1, 0)),
        ),
    },
    'decode',
  ],
  [
    'a staple of nothing',
    {
      certificate: () =>
        encodeCertificate([leaf], extension(EXTENSIONS.status_request, Uint8Array.of(1, 0, 0, 0))),
    },
    'decode',
  ],
  ['no CertificateVerify', { certificateVerify: () => empty }, 'unexpected-message'],
  ['a scheme nobody offered', { scheme: SCHEMES.mldsa65 }, 'parameter-not-offered'],
  ['a scheme for another key', { scheme: SCHEMES.ecdsa_secp256r1_sha256 }, 'key-unsupported'],
  ['a scheme of TLS 1.2', { scheme: SCHEMES.rsa_pkcs1_sha256 }, 'illegal-parameter'],
  ['SHA-1 in TLS 1.3', { scheme: SCHEMES.ecdsa_sha1 }, 'illegal-parameter'],
  ['a wrong signature', { certificateVerify: lastBit }, 'bad-signature'],
  ['a wrong Finished', { finished: lastBit }, 'bad-finished'],
  [
    'a Finished too short',
    { finished: () => message(FINISHED, new Uint8Array(31)) },
    'bad-finished',
  ],
  [
    'something behind Finished',
    { split: flight => [concat([flight, Uint8Array.of(4)])] },
    'unexpected-message',
  ],
  [
    'a message over 256 KiB',
    { encryptedExtensions: () => Uint8Array.of(8, 4, 0, 1) },
    'over-budget',
  ],
  ['an empty record', { split: flight => [empty, flight] }, 'unexpected-message'],
  [
    'plain compression of a certificate',
    packed(9, message(CERTIFICATE, empty)),
    'parameter-not-offered',
  ],
  ['certificates that do not unpack', packed(1, Uint8Array.of(1, 2, 3), 100), 'decode'],
  [
    'certificates that unpack to less than announced',
    packed(1, deflateSync(Uint8Array.of(1)), 100),
    'decode',
  ],
  [
    'certificates that unpack well, and to less than announced',
    packed(1, deflateSync(encodeCertificate([leaf]).subarray(4)), leaf.length + 100),
    'decode',
  ],
  [
    'certificates that unpack to more than announced',
    packed(2, brotliCompressSync(new Uint8Array(1e6)), 100),
    'decode',
  ],
  [
    'certificates that unpack to 16 MiB',
    packed(2, brotliCompressSync(new Uint8Array(2 ** 24 - 1)), 2 ** 24 - 1),
    'over-budget',
  ],
  [
    'a record of padding alone after all',
    { after: [[0, new Uint8Array(10)]] },
    'unexpected-message',
  ],
]

test.each(CASES)('%s', (_, mischief, violation) => {
  expect(run13(mischief).handshake).toMatchObject({ kind: 'violation', violation })
})

describe('records', () => {
  const [first, second] = [answer(helloBytes())[0]!, answer(helloBytes())[1]!]
  const feed = (...records: readonly Uint8Array[]) =>
    drive(memoryClient(), [concat(records)]).handshake

  test('a dummy ChangeCipherSpec is passed over, before and after ServerHello', () => {
    const dummy = record(20, Uint8Array.of(1))
    expect(feed(dummy, first, dummy, second).kind).toBe('completed')
    expect(feed(first, record(20, Uint8Array.of(2)), second)).toMatchObject({
      violation: 'unexpected-message',
    })
    expect(feed(first, ...Array<Uint8Array>(100).fill(dummy))).toMatchObject({
      violation: 'over-budget',
    })
    expect(feed(first, second, dummy)).toMatchObject({ violation: 'unexpected-message' })
  })

  test('a dummy ChangeCipherSpec in the midst of a message', () => {
    const split = (flight: Uint8Array) => [flight.subarray(0, 20), flight.subarray(20)]
    const [hello, one, two] = answer(helloBytes(), { split })
    expect(feed(hello!, one!, two!).kind).toBe('completed')
    expect(feed(hello!, one!, record(20, Uint8Array.of(1)), two!)).toMatchObject({
      violation: 'unexpected-message',
    })
  })

  test('an alert in the clear is heard even where keys are in place', () => {
    expect(feed(first, record(21, Uint8Array.of(2, 80)))).toMatchObject({
      kind: 'alert',
      description: 80,
      after: 'server-hello',
    })
  })

  test('a message in the clear where keys are in place is none', () => {
    expect(
      feed(first, record(22, message(ENCRYPTED_EXTENSIONS, Uint8Array.of(0, 0)))),
    ).toMatchObject({ violation: 'unexpected-message' })
  })

  test('a message across the change of keys', () => {
    const more = record(22, concat([first.subarray(5), Uint8Array.of(8)]))
    expect(feed(more, second)).toMatchObject({ violation: 'unexpected-message' })
  })

  test('a record that does not decrypt', () => {
    expect(feed(first, lastBit(second))).toMatchObject({
      violation: 'bad-record',
      after: 'server-hello',
    })
  })
})

function helloBytes(): Uint8Array {
  let sent: Uint8Array = empty
  converse(memoryClient(), bytes => {
    sent = bytes
    return record(21, Uint8Array.of(2, 40))
  })
  return sent
}

function at(offset: number, change: number): Mischief {
  return {
    serverHello: honest => {
      const changed = honest.slice()
      changed[offset] = (changed[offset] ?? 0) ^ change
      return changed
    },
  }
}

function version(code: number): Mischief {
  return hello([extension(EXTENSIONS.supported_versions, Uint8Array.of(code >> 8, code & 0xff))])
}
