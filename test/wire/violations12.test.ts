import { expect, test } from 'vitest'
import { concat, Writer } from '../../src/bytes.ts'
import {
  CERTIFICATE_REQUEST,
  CERTIFICATE_STATUS,
  HELLO_REQUEST,
  message,
  SERVER_KEY_EXCHANGE,
} from '../../src/wire/messages.ts'
import { ALERTS, EXTENSIONS, GROUPS, SCHEMES, SUITES } from '../../src/wire/names.ts'
import type { Violation } from '../../src/wire/outcome.ts'
import { identity } from '../helpers/tls-server.ts'
import { lastBit } from './drive.ts'
import { extension, record } from './fake-server.ts'
import {
  EMS,
  encodeCertificate12,
  encodeServerHello12,
  type Mischief12,
  run12,
  splitRecords,
} from './fake-server12.ts'

const empty = new Uint8Array()
const leaf = identity('ed25519').der

test('an honest server of TLS 1.2', () => {
  const { handshake, sent } = run12()
  expect(handshake).toMatchObject({
    kind: 'completed',
    server: { version: 0x0303, extendedMasterSecret: true, clientAuth: 'not-asked' },
  })
  // The goodbye is encrypted: nonce and tag make it longer than the two bytes of an alert.
  const [type, content] = splitRecords(sent).at(-1)!
  expect([type, content.length]).toEqual([21, 26])
  expect(run12({ extensions: [] }).handshake.kind).toBe('completed')
})

const CASES: readonly (readonly [string, Mischief12, Violation, keyof typeof ALERTS])[] = [
  [
    'a version nobody offered',
    hello({ version: 0x0302 }),
    'parameter-not-offered',
    'protocol_version',
  ],
  [
    'a version nobody knows',
    hello({ version: 0x0309 }),
    'parameter-not-offered',
    'protocol_version',
  ],
  [
    'TLS 1.3 without its extension',
    hello({ version: 0x0304 }),
    'parameter-not-offered',
    'protocol_version',
  ],
  [
    'a suite nobody offered',
    hello({ cipher: SUITES.TLS_RSA_WITH_RC4_128_MD5[0] }),
    'parameter-not-offered',
    'illegal_parameter',
  ],
  ['a suite nobody knows', hello({ cipher: 0xabcd }), 'parameter-not-offered', 'illegal_parameter'],
  [
    'a suite of TLS 1.3',
    hello({ cipher: SUITES.TLS_AES_128_GCM_SHA256[0] }),
    'illegal-parameter',
    'illegal_parameter',
  ],
  [
    'compression nobody offered',
    hello({ compression: 1 }),
    'parameter-not-offered',
    'illegal_parameter',
  ],
  [
    'an extension nobody sent',
    { extensions: [extension(EXTENSIONS.heartbeat, Uint8Array.of(1))] },
    'parameter-not-offered',
    'unsupported_extension',
  ],
  ['an extension twice', { extensions: [EMS, EMS] }, 'illegal-parameter', 'illegal_parameter'],
  [
    'an extension that must be empty',
    { extensions: [extension(EXTENSIONS.extended_master_secret, Uint8Array.of(1))] },
    'decode',
    'decode_error',
  ],
  [
    'a server name that says something',
    { extensions: [extension(EXTENSIONS.server_name, Uint8Array.of(0))] },
    'decode',
    'decode_error',
  ],
  [
    'a renegotiation nobody began',
    { extensions: [extension(EXTENSIONS.renegotiation_info, Uint8Array.of(1, 9))] },
    'illegal-parameter',
    'handshake_failure',
  ],
  [
    'point formats without the uncompressed',
    { extensions: [extension(EXTENSIONS.ec_point_formats, Uint8Array.of(1, 1))] },
    'illegal-parameter',
    'illegal_parameter',
  ],
  [
    'a protocol nobody offered',
    { extensions: [alpn('smtp')] },
    'parameter-not-offered',
    'illegal_parameter',
  ],
  ['two protocols', { extensions: [alpn('h2', 'http/1.1')] }, 'decode', 'decode_error'],
  [
    'no certificate',
    { certificate: () => encodeCertificate12([]) },
    'empty-certificate',
    'decode_error',
  ],
  [
    'an empty certificate',
    { certificate: () => encodeCertificate12([leaf, empty]) },
    'decode',
    'decode_error',
  ],
  [
    '101 certificates',
    { certificate: () => encodeCertificate12(Array(101).fill(Uint8Array.of(48))) },
    'over-budget',
    'illegal_parameter',
  ],
  [
    'a leaf that cannot be read',
    { certificate: () => encodeCertificate12([Uint8Array.of(1, 2, 3)]) },
    'key-unsupported',
    'unsupported_certificate',
  ],
  [
    'a leaf of another kind than the suite',
    { certificate: () => encodeCertificate12([identity('rsa-2048').der]) },
    'key-unsupported',
    'illegal_parameter',
  ],
  [
    'a signature of another leaf',
    { certificate: () => encodeCertificate12([identity('ec-p256').der]) },
    'key-unsupported',
    'illegal_parameter',
  ],
  [
    'a status nobody promised',
    { status: message(CERTIFICATE_STATUS, Uint8Array.of(1, 0, 0, 1, 0)) },
    'unexpected-message',
    'unexpected_message',
  ],
  [
    'no ServerKeyExchange',
    { serverKeyExchange: () => empty },
    'unexpected-message',
    'unexpected_message',
  ],
  [
    'a curve nobody offered',
    exchange([3, 0, GROUPS.sect571r1, 1, 4]),
    'parameter-not-offered',
    'illegal_parameter',
  ],
  ['a curve spelled out', exchange([1, 0, 0]), 'parameter-not-offered', 'illegal_parameter'],
  [
    'a signature scheme nobody offered',
    scheme(SCHEMES.mldsa44),
    'parameter-not-offered',
    'illegal_parameter',
  ],
  [
    'a signature scheme for another key',
    scheme(SCHEMES.rsa_pkcs1_sha256),
    'key-unsupported',
    'illegal_parameter',
  ],
  ['a wrong signature', { serverKeyExchange: lastBit }, 'bad-signature', 'decrypt_error'],
  [
    'a ServerHelloDone that holds something',
    { serverHelloDone: () => Uint8Array.of(14, 0, 0, 1, 0) },
    'decode',
    'decode_error',
  ],
  [
    'another message at the end',
    { serverHelloDone: () => message(CERTIFICATE_STATUS, empty) },
    'unexpected-message',
    'unexpected_message',
  ],
  [
    'a request that cannot be read',
    { request: message(CERTIFICATE_REQUEST, Uint8Array.of(9)) },
    'decode',
    'decode_error',
  ],
  [
    'a message over 256 KiB',
    { flight: () => record(22, Uint8Array.of(11, 4, 0, 1)) },
    'over-budget',
    'illegal_parameter',
  ],
  [
    'a record too long',
    { flight: () => Uint8Array.of(22, 3, 3, 0x40, 1) },
    'bad-record',
    'record_overflow',
  ],
  [
    'application data in the clear',
    { flight: honest => concat([record(23, Uint8Array.of(1)), honest]) },
    'unexpected-message',
    'unexpected_message',
  ],
  [
    'a heartbeat',
    { flight: () => record(24, Uint8Array.of(1)) },
    'unexpected-message',
    'unexpected_message',
  ],
  [
    'our own hello',
    { flight: () => record(22, message(1, new Uint8Array(40))) },
    'unexpected-message',
    'unexpected_message',
  ],
  [
    'endless empty records',
    { flight: () => repeated(record(22, empty)) },
    'over-budget',
    'unexpected_message',
  ],
  [
    'endless warnings',
    { flight: () => repeated(record(21, Uint8Array.of(1, 112))) },
    'over-budget',
    'unexpected_message',
  ],
  [
    'endless HelloRequests',
    { flight: () => repeated(record(22, message(HELLO_REQUEST, empty))) },
    'over-budget',
    'unexpected_message',
  ],
  [
    'an alert of one byte',
    { flight: () => record(21, Uint8Array.of(2)) },
    'decode',
    'decode_error',
  ],
  [
    'ChangeCipherSpec at once',
    { flight: () => record(20, Uint8Array.of(1)) },
    'unexpected-message',
    'unexpected_message',
  ],
  [
    'ChangeCipherSpec in the midst of a message',
    { flight: midst },
    'unexpected-message',
    'unexpected_message',
  ],
  [
    'a ChangeCipherSpec that is none',
    { changeCipherSpec: () => record(20, Uint8Array.of(2)) },
    'unexpected-message',
    'unexpected_message',
  ],
  [
    'no ChangeCipherSpec',
    { changeCipherSpec: () => empty },
    'unexpected-message',
    'unexpected_message',
  ],
  [
    'a message across the change of keys',
    { changeCipherSpec: honest => concat([record(22, Uint8Array.of(20)), honest]) },
    'unexpected-message',
    'unexpected_message',
  ],
  [
    'a Finished in the clear',
    {
      finished: honest => honest,
      changeCipherSpec: honest => concat([honest, record(22, message(20, new Uint8Array(12)))]),
    },
    'bad-record',
    'bad_record_mac',
  ],
  ['a wrong Finished', { finished: lastBit }, 'bad-finished', 'decrypt_error'],
  [
    'a Finished too short',
    { finished: () => message(20, new Uint8Array(11)) },
    'bad-finished',
    'decrypt_error',
  ],
  [
    'records of another version',
    { changeCipherSpec: () => record(20, Uint8Array.of(1), 0x0301) },
    'bad-record',
    'protocol_version',
  ],
]

test.each(CASES)('%s', (_, mischief, violation, alert) => {
  const { handshake, sent } = run12(mischief)
  expect(handshake).toMatchObject({ kind: 'violation', violation })
  const records = splitRecords(sent)
  const encrypted = records.some(([type]) => type === 20)
  const [type, content] = records.at(-1)!
  expect(type).toBe(21)
  if (encrypted) expect(content).toHaveLength(26)
  else expect([...content]).toEqual([2, ALERTS[alert]])
})

function hello(parts: Parameters<typeof encodeServerHello12>[1]): Mischief12 {
  return { serverHello: () => encodeServerHello12([], parts) }
}

function exchange(bytes: readonly number[]): Mischief12 {
  return { serverKeyExchange: () => message(SERVER_KEY_EXCHANGE, Uint8Array.from(bytes)) }
}

/** The signature's scheme stands after type, curve and point of X25519: 4 + 4 + 32 bytes. */
function scheme(code: number): Mischief12 {
  return {
    serverKeyExchange: honest => {
      const changed = honest.slice()
      changed.set([code >> 8, code & 0xff], 40)
      return changed
    },
  }
}

function alpn(...protocols: readonly string[]): Uint8Array {
  const list = new Writer()
  for (const protocol of protocols) list.vector(1, w => w.push(Buffer.from(protocol)))
  const body = new Writer().vector(2, w => w.push(list.bytes())).bytes()
  return extension(EXTENSIONS.application_layer_protocol_negotiation, body)
}

function repeated(bytes: Uint8Array): Uint8Array {
  return concat(Array<Uint8Array>(100).fill(bytes))
}

/** The first ten bytes of the flight, then a ChangeCipherSpec. */
function midst(honest: Uint8Array): Uint8Array {
  return concat([record(22, honest.subarray(5, 15)), record(20, Uint8Array.of(1))])
}
