import { brotliCompressSync, deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { concat, Reader, Writer } from '../../src/bytes.ts'
import { message, SERVER_HELLO } from '../../src/wire/messages.ts'
import { EXTENSIONS, GROUPS, groups, SUITES } from '../../src/wire/names.ts'
import type { Violation } from '../../src/wire/outcome.ts'
import { identity } from '../helpers/tls-server.ts'
import { PLAIN } from './connect.ts'
import { converse, QUIET } from './drive.ts'
import {
  encodeCertificate,
  extension,
  extensions,
  memoryClient,
  record,
  run13,
} from './fake-server.ts'
import { splitRecords } from './fake-server12.ts'
import { cipher, encrypted, packed, share } from './mischief.ts'

const empty = new Uint8Array()
const leaf = identity('ed25519').der
/** SHA-256 of "HelloRetryRequest", which stands where the random belongs. */
const RETRY = Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex')
const VERSION = extension(EXTENSIONS.supported_versions, Uint8Array.of(3, 4))

describe('HelloRetryRequest', () => {
  const group = (code: number) =>
    extension(EXTENSIONS.key_share, Uint8Array.of(code >> 8, code & 0xff))
  const cookie = extension(EXTENSIONS.cookie, Uint8Array.of(0, 2, 7, 7))
  const retry = (...blocks: readonly Uint8Array[]) =>
    converse(memoryClient(), sent => record(22, encode(RETRY, [VERSION, ...blocks], sent)))

  test.each<[string, readonly Uint8Array[], Violation]>([
    ['for a group nobody offered', [group(GROUPS.curveSM2)], 'parameter-not-offered'],
    ['for a group whose share it had', [group(GROUPS.x25519)], 'illegal-parameter'],
    ['that changes nothing', [], 'illegal-parameter'],
    [
      'with an extension of another place',
      [group(GROUPS.x448), extension(0, empty)],
      'illegal-parameter',
    ],
    ['that comes twice', [group(GROUPS.x448)], 'unexpected-message'],
    ['with a cookie alone, twice', [cookie], 'unexpected-message'],
    [
      'with an empty cookie',
      [extension(EXTENSIONS.cookie, Uint8Array.of(0, 0))],
      'illegal-parameter',
    ],
  ])('%s', (_, blocks, violation) => {
    expect(retry(...blocks).handshake).toMatchObject({ kind: 'violation', violation })
  })

  test('whose ServerHello chooses another suite', () => {
    let turn = 0
    const { handshake } = converse(memoryClient(), sent =>
      record(
        22,
        turn++ === 0
          ? encode(RETRY, [VERSION, group(GROUPS.x448)], sent)
          : encode(new Uint8Array(32), [VERSION, share(GROUPS.x448, 56)], sent, 0x1302),
      ),
    )
    expect(handshake).toMatchObject({
      kind: 'violation',
      violation: 'illegal-parameter',
      detail: 'a ServerHello that departs from its HelloRetryRequest',
    })
  })

  test('for a group that we cannot compute is a valid flight', () => {
    const spec = { ...PLAIN, groups: groups('x25519', 'curveSM2') }
    const { handshake } = converse(memoryClient({ spec }), sent =>
      record(22, encode(RETRY, [VERSION, group(GROUPS.curveSM2)], sent)),
    )
    expect(handshake).toMatchObject({
      kind: 'server-hello',
      server: { retryGroup: GROUPS.curveSM2, version: 0x0304, group: null },
    })
  })

  test('the second hello keeps all but the shares, and echoes the cookie', () => {
    const spec = {
      ...PLAIN,
      grease: true,
      shuffled: true,
      extensions: ['grease', ...PLAIN.extensions, 'encrypted_client_hello', 'grease'] as const,
    }
    const hellos: Uint8Array[] = []
    let draws = 0
    const random = (length: number) => new Uint8Array(length).map(() => draws++ * 37)
    converse(memoryClient({ spec, random }), sent => {
      hellos.push(sent)
      return record(22, encode(RETRY, [VERSION, group(GROUPS.x448), cookie], sent))
    })
    const [before, after] = hellos.map(sent => parts(sent.subarray(sent.indexOf(22))))
    expect(after!.head).toEqual(before!.head)
    const kept = (list: readonly (readonly [number, string])[]) =>
      list.filter(([type]) => type !== EXTENSIONS.key_share && type !== EXTENSIONS.cookie)
    expect(kept(after!.extensions)).toEqual(kept(before!.extensions))
    const body = (type: number) => new Map(after!.extensions).get(type)
    expect(body(EXTENSIONS.cookie)).toBe('00020707')
    // One share alone, of the group asked for: 2 + 2 + 2 + 56 bytes.
    expect(body(EXTENSIONS.key_share)).toMatch(/^003c001e0038[0-9a-f]{112}$/)
  })
})

describe('the dummy ChangeCipherSpec', () => {
  const types = (sent: Uint8Array) => splitRecords(sent).map(([type]) => type)

  test('stands before our second flight in the compatibility mode, and nowhere else', () => {
    // ClientHello, ChangeCipherSpec, Finished, goodbye.
    expect(types(run13({}).sent)).toEqual([22, 20, 23, 23])
    const spec = { ...PLAIN, sessionIdLength: 0 }
    expect(types(run13({}, QUIET, { spec }).sent)).toEqual([22, 23, 23])
    const asked = extension(EXTENSIONS.key_share, Uint8Array.of(0, GROUPS.x448))
    const { sent } = converse(memoryClient(), hello =>
      record(22, encode(RETRY, [VERSION, asked], hello)),
    )
    expect(types(sent)).toEqual([22, 20, 22, 21])
  })
})

describe('what else may come', () => {
  test.each([
    [1, deflateSync],
    [2, brotliCompressSync],
  ] as const)('a compressed chain, algorithm %i', (algorithm, pack) => {
    const body = encodeCertificate([leaf]).subarray(4)
    const { handshake } = run13(packed(algorithm, pack(body), body.length))
    expect(handshake).toMatchObject({
      kind: 'completed',
      server: { certificateCompression: algorithm, chain: [leaf] },
    })
  })

  test('staple and SCT list of the leaf', () => {
    const blocks = concat([
      extension(EXTENSIONS.status_request, Uint8Array.of(1, 0, 0, 2, 7, 8)),
      extension(EXTENSIONS.signed_certificate_timestamp, Uint8Array.of(9)),
    ])
    const { handshake } = run13({ certificate: () => encodeCertificate([leaf], blocks) })
    expect(handshake.server).toMatchObject({
      ocspStaple: Uint8Array.of(7, 8),
      sctList: Uint8Array.of(9),
    })
    const other = run13({ certificate: () => encodeCertificate([leaf, leaf], blocks, 1) })
    expect(other.handshake).toMatchObject({
      kind: 'completed',
      server: { ocspStaple: null, sctList: null, chain: [leaf, leaf] },
    })
  })

  test('a suite that we cannot compute is a valid flight', () => {
    const spec = { ...PLAIN, suites: [SUITES.TLS_AEGIS_256_SHA512[0]] }
    const { handshake } = run13(cipher(SUITES.TLS_AEGIS_256_SHA512[0]), QUIET, { spec })
    expect(handshake).toMatchObject({
      kind: 'server-hello',
      server: { version: 0x0304, cipher: SUITES.TLS_AEGIS_256_SHA512[0], chain: null },
    })
  })

  test('application settings are answered with our own', () => {
    const spec = { ...PLAIN, extensions: [...PLAIN.extensions, 'application_settings' as const] }
    const settings = encrypted(extension(EXTENSIONS.application_settings, Uint8Array.of(1)))
    const plain = run13({}, QUIET, { spec })
    const told = run13(settings, QUIET, { spec })
    expect(told.handshake.kind).toBe('completed')
    // EncryptedExtensions of the client: 4 + 2 + 4 bytes, in a record of its own of 5 + 1 + 16 more.
    expect(told.sent.length).toBe(plain.sent.length + 32)
  })
})

/** A ServerHello with this random, echoing the session id of the hello in `sent`. */
function encode(
  random: Uint8Array,
  blocks: readonly Uint8Array[],
  sent: Uint8Array,
  suite: number = SUITES.TLS_AES_128_GCM_SHA256[0],
): Uint8Array {
  const { sessionId } = parts(sent.subarray(sent.indexOf(22)))
  const body = new Writer()
    .u16(0x0303)
    .push(random)
    .vector(1, w => w.push(sessionId))
  return message(
    SERVER_HELLO,
    body
      .u16(suite)
      .u8(0)
      .push(extensions(...blocks))
      .bytes(),
  )
}

/** A ClientHello in its record: what stands before its extensions, and these as hex. */
function parts(sent: Uint8Array) {
  const reader = new Reader(sent.subarray(9), 'ClientHello')
  reader.take(34)
  const sessionId = reader.vector(1, 'sessionId').rest()
  reader.vector(2, 'suites')
  reader.vector(1, 'compression')
  const head = sent.slice(9, 9 + reader.position)
  const block = reader.vector(2, 'extensions')
  const list: (readonly [number, string])[] = []
  while (!block.done)
    list.push([block.u16(), Buffer.from(block.vector(2, 'body').rest()).toString('hex')])
  return { sessionId, head, extensions: list }
}
