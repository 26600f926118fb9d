import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat, fromHex, Writer } from '../../src/bytes.ts'
import { DecodeError } from '../../src/errors.ts'
import type { Hello } from '../../src/hello.ts'
import { hellos } from '../../src/hellos/index.ts'
import type { ClientHelloSpec } from '../../src/wire/client-hello.ts'
import { EXTENSIONS, GROUPS, groups, isGrease, VERSIONS, versions } from '../../src/wire/names.ts'
import { parseClientHello, readFirstFlight } from '../../src/wire/parse-client-hello.ts'
import { toSpec } from '../../src/wire/replay-hello.ts'
import { encodeClientHello } from '../../src/wire/tls.ts'
import { OLDER, PLAIN } from './connect.ts'
import { flipped } from './drive.ts'

/** Not all zero: GREASE in its various places must differ. */
const random = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 53 + length) & 0xff)
const encode = (spec: ClientHelloSpec, name: string | null = 'a.example') =>
  encodeClientHello(spec, name, random)

/** One without a name is sent again with the target's. */
const named = Object.values(hellos).filter(({ spec }) => spec.extensions.includes('server_name'))

describe.each(named.map(hello => [hello.id, hello] as const))('%s', (_, hello) => {
  it('gives its spec back when it is sent and parsed', async () => {
    const record = await encode(hello.spec)
    const spec = toSpec(parseClientHello(record))
    expect(spec).toEqual({ ...visible(hello, record.length), extensions: expect.anything() })
    const [sent, seen] = [visible(hello, record.length), spec].map(comparable)
    expect(seen?.toSorted(byName)).toEqual(sent?.toSorted(byName))
    if (!hello.spec.shuffled) expect(seen).toEqual(sent)
  })

  it('is a value or a DecodeError after every prefix', async () => {
    const record = await encode(hello.spec)
    for (let length = 0; length < record.length; length++) {
      expect(() => parseClientHello(record.subarray(0, length))).toThrow(DecodeError)
      expect(readFirstFlight(record.subarray(0, length))).toBeNull()
    }
  })
})

/** As few as hold every extension, the long ones first: what is read by the same code need not be flipped again. */
const diverse = named
  .toSorted((a, b) => b.spec.extensions.length - a.spec.extensions.length)
  .filter(({ spec }, at, all) =>
    spec.extensions.some(
      one => !all.slice(0, at).some(before => before.spec.extensions.includes(one)),
    ),
  )

it.each(diverse.map(({ id, spec }) => [id, spec] as const))(
  '%s is a value or a DecodeError after every flip of a bit',
  async (_, spec) => {
    const record = await encode(spec)
    let values = 0
    for (let bit = 0; bit < record.length * 8; bit++) if (replays(flipped(record, bit))) values++
    expect(values).toBeGreaterThan(0)
  },
)

/** What a hello shows of its spec: no order to come, no padding it did not need, no list without its extension. */
function visible({ spec }: Hello, bytes: number): ClientHelloSpec {
  const padded = bytes === 5 + 512
  const lists = Object.entries(LISTS).filter(([name]) => !spec.extensions.includes(name as never))
  const newest = spec.versions[0] ?? 0
  return {
    ...spec,
    ...Object.fromEntries(lists.map(([, list]) => [list, []])),
    shuffled: false,
    versions: spec.extensions.includes('supported_versions')
      ? spec.versions
      : VERSIONS_DOWN.filter(version => version <= newest),
    extensions: spec.extensions.filter(extension => extension !== 'padding' || padded),
  }
}

const LISTS = {
  supported_groups: 'groups',
  key_share: 'keyShares',
  signature_algorithms: 'signatureSchemes',
  application_layer_protocol_negotiation: 'alpn',
  ec_point_formats: 'pointFormats',
  psk_key_exchange_modes: 'pskModes',
  compress_certificate: 'certificateCompression',
} as const

/** An ECH of no drawn form is filled anew: its length alone stays. */
function comparable({ extensions }: ClientHelloSpec): readonly unknown[] {
  return extensions.map(extension =>
    typeof extension !== 'string' && extension.type === EXTENSIONS.encrypted_client_hello
      ? { ...extension, body: extension.body.length }
      : extension,
  )
}

const VERSIONS_DOWN = versions('TLS 1.2', 'TLS 1.1', 'TLS 1.0')

function byName(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1
}

function replays(bytes: Uint8Array): boolean {
  try {
    toSpec(parseClientHello(bytes))
    return true
  } catch (error) {
    expect(error).toBeInstanceOf(DecodeError)
    return false
  }
}

describe('a ClientHello', () => {
  it('is read with and without its record, and whatever follows it', async () => {
    const record = await encode(PLAIN)
    const parsed = parseClientHello(record)
    expect(parseClientHello(record.subarray(5))).toEqual({ ...parsed, recordVersion: null })
    expect(parseClientHello(concat([record, Uint8Array.of(20, 3, 3, 0, 1, 1)]))).toEqual(parsed)
    expect(readFirstFlight(concat([record, random(99)]))?.length).toBe(record.length)
  })

  it('is read over as many records as it is sent in', async () => {
    const record = await encode(PLAIN)
    const parsed = parseClientHello(record)
    for (const size of [1, 3, 4, 5, 100].filter(size => record.length / size < 64)) {
      const split = inRecords(record.subarray(5), size)
      expect(parseClientHello(split)).toEqual(parsed)
      for (let length = 0; length < split.length; length++)
        expect(readFirstFlight(split.subarray(0, length))).toBeNull()
    }
    expect(() => parseClientHello(inRecords(record.subarray(5), 1))).toThrow('over 64 records')
  })

  it.each([
    ['an SSL 2.0 hello', '802e0100020015001000000010', 'SSL 2.0'],
    ['an SSL 2.0 hello for TLS', '802e0103010015000000100100', 'SSL 2.0'],
    ['an alert', '15030300020228', 'no TLS handshake'],
    ['HTTP', '474554202f20485454502f312e310d0a', 'no TLS handshake'],
    ['a ServerHello', '160303000402000000', 'no ClientHello'],
    ['an empty record', '1603030000', 'empty'],
    ['a huge message', '160303000401ffffff', '16777219 bytes'],
    ['nothing', '', 'cut short'],
  ])('%s is refused by name', (_, hex, reason) => {
    expect(() => parseClientHello(fromHex(hex))).toThrow(DecodeError)
    expect(() => parseClientHello(fromHex(hex))).toThrow(reason)
  })

  it.each<[string, (list: Writer) => void]>([
    ['an extension twice', list => list.u16(23).u16(0).u16(23).u16(0)],
    ['a list of half a code', list => list.u16(10).vector(2, w => w.vector(2, v => v.u8(1)))],
    ['bytes after a list', list => list.u16(43).vector(2, w => w.vector(1, v => v.u16(772)).u8(0))],
    ['an empty host name', list => list.u16(0).vector(2, w => w.vector(2, v => v.u8(0).u16(0)))],
    ['an extension beyond the block', list => list.u16(23).u16(9)],
  ])('with %s is none', (_, write) => {
    expect(() => parseClientHello(bare(write))).toThrow(DecodeError)
  })

  it('of random bytes is a value or a DecodeError', () => {
    const start = fc.constantFrom([22, 3, 1], [1, 0, 0], [128, 46, 1])
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), (head, rest) => {
        replays(concat([Uint8Array.from(head), rest]))
      }),
    )
  })
})

describe('its replay', () => {
  const extensionsOf = (write: (list: Writer) => void) => toSpec(parseClientHello(bare(write)))
  const named = (type: number, hex: string) => (list: Writer) =>
    list.u16(type).vector(2, w => w.push(fromHex(hex)))

  it('sends unknown extensions and strange bodies as they were', () => {
    for (const [type, hex] of [
      [0xabcd, '0102'],
      [EXTENSIONS.record_size_limit, '0200'],
      [EXTENSIONS.status_request, '0100000000ff'],
      [EXTENSIONS.padding, '000000'],
    ] as const)
      expect(extensionsOf(named(type, hex)).extensions).toEqual([
        'server_name',
        { type, body: fromHex(hex) },
      ])
  })

  it('drops what belongs to another connection, tickets too', () => {
    const { extensions } = extensionsOf(list => {
      named(EXTENSIONS.session_ticket, 'aabbcc')(list)
      named(EXTENSIONS.early_data, '')(list)
      named(EXTENSIONS.cookie, '000199')(list)
      named(EXTENSIONS.pre_shared_key, 'ff')(list)
    })
    expect(extensions).toEqual(['server_name', 'session_ticket'])
  })

  it('keeps a group that cannot be computed, and drops its share', async () => {
    const draft = GROUPS.X25519Kyber768Draft00
    const spec = extensionsOf(list => {
      named(EXTENSIONS.supported_groups, '00046399001d')(list)
      named(EXTENSIONS.key_share, `000a639900020102001d000001`.slice(0, 24))(list)
    })
    expect(spec).toMatchObject({ groups: [draft, GROUPS.x25519], keyShares: groups('x25519') })
    expect(parseClientHello(await encode(spec)).keyShares).toMatchObject([{ group: GROUPS.x25519 }])
  })

  it('leaves GREASE where it is, drawn anew where all lists are led by it', async () => {
    const odd: ClientHelloSpec = { ...PLAIN, suites: [...PLAIN.suites, 0x3a3a] }
    expect(toSpec(parseClientHello(await encode(odd)))).toMatchObject({
      suites: odd.suites,
      grease: false,
    })
    const { spec } = hellos['chrome-101']
    const drawn = parseClientHello(
      encodeClientHello(toSpec(parseClientHello(await encode(spec))), 'b'),
    )
    expect(
      [drawn.suites, drawn.groups, drawn.versions].map(([first = 0]) => isGrease(first)),
    ).toEqual([true, true, true])
    expect(drawn.extensions.map(({ type }) => isGrease(type)).filter(Boolean)).toHaveLength(2)
  })

  it('sends no ECH that a server could open, and one of the same length', () => {
    const body = `00000100030a${'0020'}${'11'.repeat(32)}0064${'22'.repeat(100)}`
    const [, ech] = extensionsOf(named(EXTENSIONS.encrypted_client_hello, body)).extensions
    expect(ech).toMatchObject({ type: EXTENSIONS.encrypted_client_hello })
    const sent = ech as { body: Uint8Array }
    expect(sent.body).toHaveLength(fromHex(body).length)
    expect(sent.body.slice(0, 5)).toEqual(fromHex(body).slice(0, 5))
    expect(sent.body.slice(-100)).not.toEqual(fromHex(body).slice(-100))
  })

  it('accepts what an older hello leaves open, back to TLS 1.0', async () => {
    const parsed = parseClientHello(await encode(OLDER))
    expect(toSpec(parsed).versions).toEqual(VERSIONS_DOWN)
    const ssl3 = { ...parsed, legacyVersion: VERSIONS['SSL 3.0'] }
    expect(toSpec(ssl3).versions).toEqual(versions('SSL 3.0'))
  })
})

function inRecords(message: Uint8Array, size: number): Uint8Array {
  const out = new Writer()
  for (let from = 0; from < message.length; from += size)
    out
      .u8(22)
      .u16(0x0301)
      .vector(2, w => w.push(message.subarray(from, from + size)))
  return out.bytes()
}

/** A bare ClientHello with these extensions. */
function bare(write: (list: Writer) => void): Uint8Array {
  const body = new Writer().u16(0x0303).push(random(32)).u8(0)
  body
    .vector(2, w => w.u16(0x1301))
    .vector(1, w => w.u8(0))
    .vector(2, write)
  return new Writer()
    .u8(1)
    .vector(3, w => w.push(body.bytes()))
    .bytes()
}
