import { describe, expect, test } from 'vitest'
import { concat, Writer } from '../../src/bytes.ts'
import {
  CERTIFICATE_REQUEST,
  CERTIFICATE_STATUS,
  HELLO_REQUEST,
  message,
  SERVER_HELLO,
  SERVER_HELLO_DONE,
  SERVER_KEY_EXCHANGE,
} from '../../src/wire/messages.ts'
import { ALERTS, EXTENSIONS, GROUPS, SUITES, type SuiteName, suites } from '../../src/wire/names.ts'
import { identity } from '../helpers/tls-server.ts'
import { OLDER } from './connect.ts'
import { FIN, QUIET } from './drive.ts'
import { extension, record, zeroShare } from './fake-server.ts'
import {
  EMS,
  encodeCertificate12,
  encodeServerHello12,
  RENEGOTIATION,
  run12,
} from './fake-server12.ts'

const empty = new Uint8Array()
const request = message(CERTIFICATE_REQUEST, Uint8Array.of(1, 64, 0, 2, 4, 3, 0, 0))

describe('what a client may meet and go on', () => {
  test('warnings and HelloRequests in the midst of the flight', () => {
    const flight = (honest: Uint8Array) =>
      concat([
        record(21, Uint8Array.of(1, ALERTS.unrecognized_name)),
        record(22, message(HELLO_REQUEST, empty)),
        honest,
      ])
    expect(run12({ flight }).handshake).toMatchObject({
      kind: 'completed',
      server: { warnings: [ALERTS.unrecognized_name] },
    })
  })

  test('a status of one response, or of several', () => {
    const promised = [EMS, RENEGOTIATION, extension(EXTENSIONS.status_request, empty)]
    const single = message(CERTIFICATE_STATUS, Uint8Array.of(1, 0, 0, 2, 7, 8))
    const { handshake } = run12({ extensions: promised, status: single })
    expect(handshake).toMatchObject({ kind: 'completed' })
    expect(handshake.server.ocspStaple).toEqual(Uint8Array.of(7, 8))
    const several = message(CERTIFICATE_STATUS, Uint8Array.of(2, 0, 0, 8, 0, 0, 2, 7, 8, 0, 0, 0))
    expect(run12({ extensions: promised, status: several }).handshake.server.ocspStaple).toEqual(
      Uint8Array.of(7, 8),
    )
    expect(run12({ extensions: promised }).handshake.server.ocspStaple).toBeNull()
  })

  test('an extension that only TLS 1.3 answers is none of them', () => {
    const spec = { ...OLDER, extensions: [...OLDER.extensions, 'compress_certificate' as const] }
    const answer = extension(EXTENSIONS.compress_certificate, Uint8Array.of(2, 0, 1))
    expect(run12({ extensions: [answer] }, QUIET, { spec }).handshake).toMatchObject({
      violation: 'illegal-parameter',
      detail: 'extension compress_certificate before TLS 1.3',
    })
  })

  test('an SCT list, both sentinels', () => {
    const sct = extension(EXTENSIONS.signed_certificate_timestamp, Uint8Array.of(1, 2, 3))
    expect(run12({ extensions: [EMS, sct] }).handshake.server.sctList).toEqual(
      Uint8Array.of(1, 2, 3),
    )
    for (const [last, sentinel] of [
      [1, 'tls12'],
      [0, 'tls11'],
    ] as const) {
      const random = new Uint8Array(32)
      random.set(Buffer.from('DOWNGRD\0'), 24)
      random[31] = last
      const { handshake } = run12({ serverHello: () => encodeServerHello12([], { random }) })
      expect(handshake.server.downgradeSentinel).toBe(sentinel)
    }
  })

  test('a HelloRequest that is not empty is no HelloRequest', () => {
    const flight = () => record(22, Uint8Array.of(0, 0, 0, 1, 0))
    expect(run12({ flight }).handshake).toMatchObject({ kind: 'violation', violation: 'decode' })
  })

  test('a session id of the server, but not ours: nobody has a session', () => {
    const spec = { ...OLDER, sessionIdLength: 32 }
    const withId = (byte: number) => (honest: Uint8Array) => {
      const id = new Uint8Array(33).fill(byte, 1)
      id[0] = 32
      // It stands behind header, version and random; what follows its length of 0 is moved.
      return message(SERVER_HELLO, concat([honest.subarray(4, 38), id, honest.subarray(39)]))
    }
    expect(run12({ serverHello: withId(5) }, QUIET, { spec }).handshake.kind).toBe('completed')
    expect(run12({ serverHello: withId(0) }, QUIET, { spec }).handshake).toMatchObject({
      violation: 'illegal-parameter',
      detail: 'a session resumed that nobody has',
    })
  })

  test('NPN: our protocol is told before Finished', () => {
    const spec = {
      ...OLDER,
      extensions: [...OLDER.extensions, 'next_protocol_negotiation' as const],
    }
    const list = new Writer().vector(1, w => w.push(Buffer.from('spdy/3')))
    list.vector(1, w => w.push(Buffer.from('http/1.1')))
    const npn = extension(EXTENSIONS.next_protocol_negotiation, list.bytes())
    let protocol = ''
    const seen = ([nextProtocol]: readonly Uint8Array[]) => {
      protocol = Buffer.from(nextProtocol!.subarray(5, 13)).toString()
    }
    const { handshake } = run12({ extensions: [EMS, npn], seen }, FIN, { spec })
    expect(handshake).toMatchObject({ kind: 'completed', server: { alpn: 'http/1.1' } })
    expect(protocol).toBe('http/1.1')
    const name = new Writer().vector(2, w => w.vector(1, p => p.push(Buffer.from('h2'))))
    const alpn = extension(EXTENSIONS.application_layer_protocol_negotiation, name.bytes())
    expect(run12({ extensions: [alpn, npn] }, FIN, { spec }).handshake).toMatchObject({
      violation: 'illegal-parameter',
    })
  })
})

describe('a valid flight that is not finished', () => {
  const done = message(SERVER_HELLO_DONE, empty)
  const rsa = encodeCertificate12([identity('rsa-2048').der])
  const flight = (name: SuiteName, parts: object, ...messages: readonly Uint8Array[]) => ({
    flight: () =>
      record(
        22,
        concat([encodeServerHello12([], { cipher: SUITES[name][0], ...parts }), ...messages]),
      ),
  })
  const hint = message(SERVER_KEY_EXCHANGE, Uint8Array.of(0, 0))

  test.each<[SuiteName, object, readonly Uint8Array[]]>([
    ['TLS_RSA_WITH_AES_128_CBC_SHA', { version: 0x0300 }, [rsa, done]],
    ['TLS_RSA_WITH_AES_128_CBC_SHA', { compression: 1 }, [rsa, done]],
    ['TLS_RSA_WITH_RC4_128_MD5', {}, [rsa, done]],
    ['TLS_RSA_EXPORT_WITH_RC4_40_MD5', {}, [rsa, hint, done]],
    ['TLS_ECDH_RSA_WITH_AES_128_CBC_SHA', {}, [rsa, done]],
    ['TLS_PSK_WITH_AES_128_CBC_SHA', {}, [done]],
    ['TLS_PSK_WITH_AES_128_CBC_SHA', {}, [hint, done]],
    ['TLS_KRB5_WITH_3DES_EDE_CBC_SHA', {}, [done]],
    ['TLS_GOSTR341112_256_WITH_28147_CNT_IMIT', {}, [rsa, done]],
  ])('%s %o', (name, parts, messages) => {
    const spec = {
      ...OLDER,
      versions: [0x0303, 0x0300],
      suites: suites(name),
      compressionMethods: [1, 0],
      extensions: [],
    }
    const { handshake } = run12(flight(name, parts, ...messages), QUIET, { spec })
    expect(handshake).toMatchObject({
      kind: 'server-hello',
      server: { cipher: SUITES[name][0], clientAuth: 'not-asked' },
    })
    expect(handshake.server.chain?.length ?? 0).toBe(messages.includes(rsa) ? 1 : 0)
  })

  test('an anonymous server that asks for a certificate is no such flight', () => {
    const name = 'TLS_ECDH_anon_WITH_AES_128_CBC_SHA'
    const spec = { ...OLDER, suites: suites(name) }
    const { publicKey } = zeroShare(GROUPS.x25519)!
    const point = new Writer()
      .u8(3)
      .u16(GROUPS.x25519)
      .vector(1, w => w.push(publicKey))
    const parameters = message(SERVER_KEY_EXCHANGE, point.bytes())
    const run = (...messages: readonly Uint8Array[]) =>
      run12(flight(name, {}, parameters, ...messages), QUIET, { spec }).handshake
    expect(run(done)).toMatchObject({ kind: 'server-hello', server: { group: GROUPS.x25519 } })
    expect(run(request, done)).toMatchObject({ violation: 'unexpected-message' })
  })
})

describe('client certificates', () => {
  test('asked for, and done without', () => {
    expect(run12({ request }).handshake).toMatchObject({
      kind: 'completed',
      server: { clientAuth: 'asked' },
    })
  })

  test('a server that hangs up on the empty one demands it', () => {
    const refuse = { request, changeCipherSpec: () => record(21, Uint8Array.of(2, 40)) }
    expect(run12(refuse).handshake).toMatchObject({
      kind: 'alert',
      description: 40,
      after: 'flight',
      server: { clientAuth: 'required' },
    })
  })

  test('GnuTLS has an alert of its own for that', () => {
    const refuse = { request, second: () => record(21, Uint8Array.of(2, ALERTS.decode_error)) }
    expect(run12(refuse).handshake.server.clientAuth).toBe('required')
  })

  test('a server that falls silent tells nothing', () => {
    expect(run12({ request, second: () => empty }, QUIET).handshake).toMatchObject({
      kind: 'timeout',
      after: 'flight',
      server: { clientAuth: 'asked-unknown' },
    })
  })
})
