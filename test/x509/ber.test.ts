// What BER leaves open, DER settles: whatever way a value was written, the same comes out.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat } from '../../src/bytes.ts'
import { DecodeError } from '../../src/errors.ts'
import { berToDer, isIndefinite } from '../../src/x509/ber.ts'
import { readCertificates } from '../../src/x509/container.ts'
import { TAG } from '../../src/x509/der.ts'
import { element } from '../../src/x509/der-writer.ts'
import { encodeSignedData } from '../../src/x509/pkcs7.ts'
import { makeCa, makeLeaf } from '../helpers/certs.ts'

interface Tree {
  readonly tag: number
  readonly content: Uint8Array | readonly Tree[]
}

const { tree } = fc.letrec<{ tree: Tree; leaf: Tree; branch: Tree }>(tie => ({
  tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('leaf'), tie('branch')),
  leaf: fc.record({
    tag: fc.constantFrom(TAG.integer, TAG.octetString, TAG.utf8String, 0x80),
    content: fc.uint8Array({ maxLength: 300 }),
  }),
  branch: fc.record({
    tag: fc.constantFrom(TAG.sequence, TAG.set, 0xa0),
    content: fc.array(tie('tree'), { maxLength: 4 }),
  }),
}))

function toDer({ tag, content }: Tree): Uint8Array {
  return content instanceof Uint8Array ? element(tag, content) : element(tag, ...content.map(toDer))
}

/** One of the many ways that BER allows; `choose` gives a number below its argument. */
function toBer({ tag, content }: Tree, choose: (below: number) => number): Uint8Array {
  if (!(content instanceof Uint8Array)) {
    const parts = content.map(part => toBer(part, choose))
    return construct(tag, parts, choose)
  }
  if (tag !== TAG.octetString || choose(2) === 0) return withLength(tag, content, choose)
  const cut = choose(content.length + 1)
  const pieces = [content.subarray(0, cut), content.subarray(cut)].map(piece =>
    withLength(tag, piece, choose),
  )
  return construct(tag | 0x20, pieces, choose)
}

function construct(
  tag: number,
  parts: readonly Uint8Array[],
  choose: (below: number) => number,
): Uint8Array {
  if (choose(2) === 0) return withLength(tag, concat(parts), choose)
  return concat([Uint8Array.of(tag, 0x80), ...parts, Uint8Array.of(0, 0)])
}

/** The length in up to four octets, needed or not. */
function withLength(tag: number, content: Uint8Array, choose: (below: number) => number) {
  const octets = [24, 16, 8, 0].map(shift => (content.length >>> shift) & 0xff)
  const fewest =
    octets.length -
    Math.max(
      0,
      octets.findIndex(octet => octet !== 0),
    )
  const spare = octets.slice(choose(5 - fewest))
  return concat([Uint8Array.of(tag, 0x80 | spare.length, ...spare), content])
}

it('gives the DER of a value, whatever way of BER it came', () => {
  fc.assert(
    fc.property(tree, fc.array(fc.nat(), { minLength: 1, maxLength: 50 }), (value, numbers) => {
      let at = 0
      const choose = (below: number) => (numbers[at++ % numbers.length] ?? 0) % below
      expect(berToDer(toBer(value, choose), 'value')).toEqual(toDer(value))
      expect(berToDer(toDer(value), 'value')).toEqual(toDer(value))
    }),
    { numRuns: 300 },
  )
})

it('reads PKCS#7 in BER, its certificates octet for octet', () => {
  const certificates = [makeLeaf(['a.example']).der, makeCa('Root').der]
  const der = encodeSignedData(certificates)
  const header = 2 + ((der[1] ?? 0) & 0x7f)
  const ber = concat([Uint8Array.of(0x30, 0x80), der.subarray(header), Uint8Array.of(0, 0)])
  expect(isIndefinite(ber)).toBe(true)
  expect(readCertificates(ber)).toEqual(certificates)
})

describe('what is no BER', () => {
  it.each([
    ['', /1 byte|missing|truncated|left/],
    ['30', /left|truncated|byte/],
    ['3080', /left|truncated|byte/],
    ['308002', /left|truncated|byte/],
    ['0480', /a primitive value without a length/],
    ['3003020100 00', /1 bytes too many/],
    ['3005 020100', /content expected/],
    ['3085 0000000000', /more than 4 bytes/],
    ['2403 020100', /an octet string of something else/],
    ['3080'.repeat(40), /nested too deeply/],
  ])('%s', (hex, reason) => {
    const bytes = new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
    expect(() => berToDer(bytes, 'value')).toThrow(DecodeError)
    expect(() => berToDer(bytes, 'value')).toThrow(reason)
  })

  it('has a limit of elements', () => {
    const bytes = element(
      TAG.sequence,
      new Uint8Array(1_000_002).fill(5).map((_, at) => (at % 2 ? 0 : 5)),
    )
    expect(() => berToDer(bytes, 'value')).toThrow(/more than 500000 elements/)
  })

  it('ends in a value or a DecodeError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
        try {
          berToDer(concat([Uint8Array.of(0x30, 0x80), bytes]), 'value')
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError)
        }
      }),
    )
  })
})
