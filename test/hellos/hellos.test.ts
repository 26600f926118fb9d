import { describe, expect, it } from 'vitest'
import type { Hello } from '../../src/hello.ts'
import chromium156 from '../../src/hellos/chromium-156.ts'
import { hellos } from '../../src/hellos/index.ts'
import { drawHello, encodeHello, greaseShares } from '../../src/wire/client-hello.ts'
import { GROUPS, SUITES } from '../../src/wire/names.ts'
import { isWeak, suiteOf } from '../../src/wire/suite.ts'
import { decodeShape } from './decode.ts'
import { SHAPES, type Shape } from './shapes.ts'

/** Octets of a client's key share. RFC 8446 §4.2.8.2, RFC 7748 §5, and the hybrid: ML-KEM-768 key and X25519. */
const SHARE_BYTES: Readonly<Record<number, number>> = {
  [GROUPS.x25519]: 32,
  [GROUPS.secp256r1]: 65,
  [GROUPS.X25519MLKEM768]: 1184 + 32,
}

/** So long that a hello of TLS 1.2 needs padding. */
const LONG_NAME = `${'long.'.repeat(15)}example.com`

const ENCRYPTED_CLIENT_HELLO = /65037:(\d+)/

it('offers every weak suite that a web server may have', () => {
  const weak = Object.values(SUITES)
    .flatMap(([code]) => suiteOf(code) ?? [])
    .filter(suite => isWeak(suite) && /^(?:RSA|(?:EC)?DHE?)$/.test(suite.keyExchange))
    .map(({ code }) => code)
  const scsv = SUITES.TLS_EMPTY_RENEGOTIATION_INFO_SCSV[0]
  expect(new Set(hellos['weak-suites'].spec.suites)).toEqual(new Set([...weak, scsv]))
})

describe.each(Object.entries(SHAPES))('hello %s', (id, shape) => {
  const hello = hellos[(shape.sentAs ?? id) as keyof typeof hellos]

  it('is, byte for byte, of the shape that was seen', () => {
    const sent = send(hello.spec, shape.serverName ?? LONG_NAME)
    expect(comparable(sent)).toEqual(comparable(expected(shape, sent)))
  })

  it('accepts the versions that were offered, in the hello or by the documentation', () => {
    expect(hello.spec.versions.map(version => `0${version.toString(16)}`).join(' ')).toBe(
      shape.versions,
    )
  })

  it('keeps what never varies', () => {
    expect(hello.spec.recordVersion).toBe(Number.parseInt(shape.record ?? '0301', 16))
    expect(hello.spec.legacyVersion).toBe(0x0303)
    expect(hello.spec.compressionMethods).toEqual([0])
    expect(hello.evidence).toBe(shape.bytes === null ? 'described' : 'captured')
  })
})

it('has a shape for every hello that was captured', () => {
  const captured = Object.values(hellos).filter(({ evidence }) => evidence === 'captured')
  const shown = Object.entries(SHAPES).map(([id, { sentAs }]) => sentAs ?? id)
  for (const { id } of captured) expect(shown).toContain(id)
})

it('keeps a shuffled hello’s extensions, all of them, wherever they stand', () => {
  const orders = new Set(
    Array.from({ length: 8 }, (_, seed) => send(chromium156.spec, 'example.com', seed).extensions),
  )
  expect(orders.size).toBeGreaterThan(1)
  for (const order of orders) expect(order).toMatch(/^grease:0 .* grease:1$/)
})

it('fits the stand-in trust anchors into the captured length, as a list that decodes', () => {
  const extension = chromium156.spec.extensions.find(entry => typeof entry === 'object')
  expect(extension).toMatchObject({ type: 51764 })
  expect(extension?.body).toHaveLength(186)
})

it('has no two hellos of equal content', () => {
  const contents = Object.values<Hello>(hellos).map(({ spec, aside }) =>
    JSON.stringify([spec, aside]),
  )
  expect(new Set(contents).size).toBe(contents.length)
})

it('has no text without its translation, and no empty one', () => {
  for (const { title, doubts } of Object.values(hellos))
    for (const text of [title, ...doubts])
      for (const words of [text.en, text['zh-CN']]) expect(words.trim()).not.toBe('')
})

function send(spec: (typeof chromium156)['spec'], serverName: string, seed = 0): Shape {
  const random = (length: number) =>
    Uint8Array.from({ length }, (_, at) => (at * 37 + seed * 101 + length) & 0xff)
  const drawn = drawHello(spec, serverName, random)
  const shares = spec.keyShares.map(group => ({
    group,
    publicKey: new Uint8Array(SHARE_BYTES[group] ?? Number.NaN),
  }))
  return decodeShape(encodeHello(drawn, [...greaseShares(drawn), ...shares], null))
}

/** What was seen; where only a mimic was, its extensions have no lengths: those that were sent stand in. */
function expected(shape: Shape, sent: Shape): Shape {
  const { bytes, serverName, sentAs: _, record: __, ...seen } = shape
  // Without supported_versions the hello names its newest version alone.
  const versions = /(^| )43:/.test(sent.extensions) ? shape.versions : ''
  if (bytes !== null) return { ...seen, bytes, serverName, versions }
  const extensions =
    types(sent.extensions) === types(shape.extensions) ? sent.extensions : shape.extensions
  return {
    ...seen,
    versions,
    extensions,
    bytes: sent.bytes,
    serverName: serverName ?? sent.serverName,
  }
}

/** In order, but for newer Chromium, which shuffles. */
function types(extensions: string): string {
  const list = extensions.replaceAll(/:\d+/g, '').split(' ')
  return (list.includes('65037') ? list.sort() : list).join(' ')
}

/** The payload of a GREASE ECH has one of four lengths, and newer Chromium shuffles: both apart, all must agree. */
function comparable(shape: Shape): Shape {
  const ech = Number(ENCRYPTED_CLIENT_HELLO.exec(shape.extensions)?.[1] ?? 0)
  const extensions = shape.extensions.replace(ENCRYPTED_CLIENT_HELLO, '65037')
  if (ech === 0) return shape
  return {
    ...shape,
    bytes: (shape.bytes ?? 0) - ech,
    extensions: extensions.split(' ').sort().join(' '),
  }
}
