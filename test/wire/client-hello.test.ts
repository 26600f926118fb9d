import { describe, expect, test } from 'vitest'
import { Reader, toHex } from '../../src/bytes.ts'
import { hellos } from '../../src/hellos/index.ts'
import type { ClientHelloSpec } from '../../src/wire/client-hello.ts'
import { EXTENSIONS, groups, isGrease, schemes, suites } from '../../src/wire/names.ts'
import { encodeClientHello } from '../../src/wire/tls.ts'
import { OLDER, PLAIN } from './connect.ts'

/** Captured hellos: name sent, length of the record, and type and length of each extension; -1 stands for GREASE. */
const CAPTURED = {
  'chrome-101': [
    'testssl.sh',
    517,
    '-1:0 0:15 23:0 65281:1 10:10 11:2 35:0 16:14 5:5 13:18 18:0 51:43 45:2 43:7 27:3 17513:5 -1:1 21:205',
  ],
  'ios-26.4': [
    'testssl.sh',
    1533,
    '-1:0 0:15 23:0 65281:1 10:14 11:2 16:14 5:5 13:22 18:0 51:1263 45:2 43:7 27:3 -1:1',
  ],
  'ios-15.4-17': [
    'testssl.sh',
    517,
    '-1:0 0:15 23:0 65281:1 10:12 11:2 16:14 5:5 13:24 18:0 51:43 45:2 43:11 27:3 -1:1 21:196',
  ],
  'openssl-1.1.1d': ['testssl.sh', 302, '0:15 11:4 10:12 35:0 22:0 23:0 13:42 43:5 45:2 51:38'],
  'android-11-12': [
    'f-droid.org',
    517,
    '0:16 23:0 65281:1 10:8 11:2 35:0 16:11 5:5 13:20 51:38 45:2 43:9 21:237',
  ],
  'android-7.0': ['synod.im', 162, '65281:1 0:13 23:0 35:0 13:22 16:14 11:2 10:4'],
} as const

describe('captured hellos', () => {
  test.each(Object.keys(CAPTURED) as (keyof typeof CAPTURED)[])('%s', async id => {
    const [serverName, length, shape] = CAPTURED[id]
    const record = encodeClientHello(hellos[id].spec, serverName)
    expect(record).toHaveLength(length)
    expect(shapeOf(record)).toBe(shape)
  })

  test('chromium-156, whose extensions come in a new order each time', async () => {
    const orders = new Set<string>()
    const expected =
      '-1:0 45:2 65281:1 17613:5 0:23 43:7 51764:186 18:0 51:1263 5:5 13:26 11:2 35:0 27:3 16:14 10:12 23:0 -1:1'
    for (let count = 0; count < 5; count++) {
      const record = encodeClientHello(hellos['chromium-156'].spec, 'probe.example.test')
      const shape = shapeOf(record).split(' ')
      orders.add(shape.join(' '))
      expect([shape[0], shape.at(-1)]).toEqual(['-1:0', '-1:1'])
      const ech = shape.find(entry => entry.startsWith('65037:'))
      expect(['65037:186', '65037:218', '65037:250', '65037:282']).toContain(ech)
      expect(shape.filter(entry => entry !== ech).sort()).toEqual(expected.split(' ').sort())
      expect(record).toHaveLength(2022 - 282 + Number(ech!.slice(6)))
    }
    expect(orders.size).toBeGreaterThan(1)
  })
})

describe('a ClientHello', () => {
  test('is the same for the same random bytes, key shares included', async () => {
    const random = (length: number) => new Uint8Array(length).fill(5)
    const spec = {
      ...PLAIN,
      grease: true,
      shuffled: true,
      keyShares: groups('x25519', 'secp521r1', 'x448'),
    }
    const first = encodeClientHello(spec, 'a.example', random)
    expect(toHex(encodeClientHello(spec, 'a.example', random))).toBe(toHex(first))
    expect(toHex(encodeClientHello(spec, 'a.example'))).not.toBe(toHex(first))
  })

  test('names no server where none is given', async () => {
    expect(shapeOf(encodeClientHello(OLDER, null))).toMatch(/^10:/)
    expect(shapeOf(encodeClientHello(OLDER, 'a.example'))).toMatch(/^0:14 10:/)
  })

  test('has no extensions at all where none are listed', async () => {
    const spec = { ...OLDER, extensions: [] }
    const record = encodeClientHello(spec, 'a.example')
    expect(record).toHaveLength(5 + 4 + 2 + 32 + 1 + 2 + 2 * spec.suites.length + 2)
  })

  test('leads its lists with GREASE, its extensions with two different ones', async () => {
    for (let count = 0; count < 50; count++) {
      const hello = read(encodeClientHello(hellos['chrome-101'].spec, 'a.example'))
      const body = new Map(hello.extensions)
      const first = (type: number, skip: number) =>
        new Reader(body.get(type)!.subarray(skip), '').u16()
      expect(isGrease(hello.suites[0]!)).toBe(true)
      expect(isGrease(first(EXTENSIONS.supported_groups, 2))).toBe(true)
      expect(isGrease(first(EXTENSIONS.supported_versions, 1))).toBe(true)
      expect(first(EXTENSIONS.key_share, 2)).toBe(first(EXTENSIONS.supported_groups, 2))
      const types = hello.extensions.map(([type]) => type).filter(isGrease)
      expect(new Set(types).size).toBe(2)
    }
  })

  test('draws a value for GREASE among the signature schemes', async () => {
    const spec = { ...OLDER, signatureSchemes: schemes('GREASE', 'mldsa44') }
    const { extensions } = read(encodeClientHello(spec, null))
    const list = new Reader(new Map(extensions).get(EXTENSIONS.signature_algorithms)!, '').vector(
      2,
      '',
    )
    expect([isGrease(list.u16()), list.u16()]).toEqual([true, 0x0904])
  })

  test('is filled up to 512 bytes where it would have 256 to 511, and by a byte at least', async () => {
    for (let length = 1; length < 260; length++) {
      const spec: ClientHelloSpec = {
        ...OLDER,
        extensions: [{ type: 0xabcd, body: new Uint8Array(length) }, 'padding'],
      }
      const plain = encodeClientHello({ ...spec, extensions: spec.extensions.slice(0, 1) }, null)
      const padded = encodeClientHello(spec, null)
      const size = plain.length - 5
      if (size < 256) expect(padded.length).toBe(plain.length)
      else expect(padded.length - 5).toBe(Math.max(512, size + 5))
    }
  })

  test('sends signalling suites as they are listed', async () => {
    const listed = suites(
      'TLS_RSA_WITH_AES_128_CBC_SHA',
      'TLS_EMPTY_RENEGOTIATION_INFO_SCSV',
      'TLS_FALLBACK_SCSV',
    )
    const hello = read(encodeClientHello({ ...OLDER, suites: listed }, null))
    expect(hello.suites).toEqual([0x2f, 0xff, 0x5600])
  })

  test('holds a share of each kind, of the right length', async () => {
    const lengths = {
      x25519: 32,
      x448: 56,
      secp256r1: 65,
      secp384r1: 97,
      secp521r1: 133,
      brainpoolP384r1tls13: 97,
      ffdhe2048: 256,
      X25519MLKEM768: 1216,
      SecP256r1MLKEM768: 1249,
      SecP384r1MLKEM1024: 1665,
    }
    const names = Object.keys(lengths) as (keyof typeof lengths)[]
    const spec = { ...PLAIN, groups: groups(...names), keyShares: groups(...names) }
    const { extensions } = read(encodeClientHello(spec, null))
    const list = new Reader(new Map(extensions).get(EXTENSIONS.key_share)!, '').vector(2, '')
    const seen: number[] = []
    while (!list.done) {
      list.u16()
      seen.push(list.vector(2, '').remaining)
    }
    expect(seen).toEqual(Object.values(lengths))
  })
})

function read(record: Uint8Array) {
  const reader = new Reader(record.subarray(9 + 34), 'ClientHello')
  reader.vector(1, 'sessionId')
  const list = reader.vector(2, 'suites')
  const codes: number[] = []
  while (!list.done) codes.push(list.u16())
  reader.vector(1, 'compression')
  const extensions: (readonly [number, Uint8Array])[] = []
  const block = reader.done ? null : reader.vector(2, 'extensions')
  while (block && !block.done) extensions.push([block.u16(), block.vector(2, 'body').rest()])
  return { suites: codes, extensions }
}

function shapeOf(record: Uint8Array): string {
  const { extensions } = read(record)
  return extensions.map(([type, body]) => `${isGrease(type) ? -1 : type}:${body.length}`).join(' ')
}
