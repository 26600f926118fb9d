import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equal, fromHex, toHex } from '../../src/bytes.ts'
import { DecodeError } from '../../src/errors.ts'
import { type DerNode, readDer, TAG } from '../../src/x509/der.ts'
import {
  bitString,
  boolean,
  element,
  explicit,
  generalizedTime,
  integer,
  namedBits,
  octetString,
  oid,
  sequence,
  setOf,
  time,
} from '../../src/x509/der-writer.ts'

function fault(read: () => unknown): DecodeError {
  try {
    read()
  } catch (error) {
    if (error instanceof DecodeError) return error
    throw error
  }
  throw new Error('nothing was wrong')
}

describe('readDer refuses', () => {
  it.each([
    ['', 'missing'],
    ['30', 'truncated'],
    ['3080', 'indefinite length'],
    ['308100', 'length is not minimal'],
    ['30817f', 'length is not minimal'],
    ['30820080', 'length is not minimal'],
    ['3085', 'length of 5 octets'],
    ['3082', 'truncated'],
    ['300500', '5 bytes of content expected, 1 left'],
    ['1f8101', 'tag number above 30'],
    ['1000', 'SEQUENCE is not constructed'],
    ['2400', 'OCTET STRING is constructed'],
    ['2c00', 'UTF8String is constructed'],
    ['0000', 'end-of-contents octets'],
    ['300000', '1 bytes too many'],
  ])('%s: %s', (hex, reason) => {
    expect(fault(() => readDer(fromHex(hex), 'value')).reason).toBe(reason)
  })

  it.each([
    ['0200', 'INTEGER without content'],
    ['02020001', 'INTEGER is padded'],
    ['0202ff80', 'INTEGER is padded'],
  ])('as INTEGER %s: %s', (hex, reason) => {
    const node = readDer(fromHex(hex), 'value')
    expect(fault(() => node.integer()).reason).toBe(reason)
  })

  it.each([
    ['010101', 'BOOLEAN must be 00 or FF'],
    ['01020000', 'BOOLEAN must be 00 or FF'],
  ])('as BOOLEAN %s: %s', (hex, reason) => {
    const node = readDer(fromHex(hex), 'value')
    expect(fault(() => node.boolean()).reason).toBe(reason)
  })

  it.each([
    ['0600', 'OBJECT IDENTIFIER without content'],
    ['060181', 'OBJECT IDENTIFIER is cut off'],
    ['06032a8001', 'arc of the OBJECT IDENTIFIER is padded'],
  ])('as OBJECT IDENTIFIER %s: %s', (hex, reason) => {
    const node = readDer(fromHex(hex), 'value')
    expect(fault(() => node.oid()).reason).toBe(reason)
  })

  it.each([
    ['0300', 'BIT STRING without content'],
    ['030108', 'number of unused bits is impossible'],
    ['030101', 'number of unused bits is impossible'],
    ['03020101', 'unused bits are not zero'],
  ])('as BIT STRING %s: %s', (hex, reason) => {
    const node = readDer(fromHex(hex), 'value')
    expect(fault(() => node.bitString()).reason).toBe(reason)
  })

  it('names the place: path and byte', () => {
    const bytes = sequence(integer(1), sequence(integer(2), element(TAG.integer)))
    const outer = readDer(bytes, 'outer').children()
    outer.next('first')
    const inner = outer.next('inner').children()
    inner.next('second')
    const error = fault(() => inner.next('third').integer())
    expect(error).toMatchObject({ path: 'outer.inner.third', offset: bytes.length - 2 })
    expect(error.message).toBe('outer.inner.third: INTEGER without content at byte 10')
  })

  it('what is nested too deeply', () => {
    let bytes = sequence()
    for (let depth = 0; depth < 40; depth++) bytes = sequence(bytes)
    const descend = (node: DerNode): DerNode => descend(node.children().next('x'))
    expect(fault(() => descend(readDer(bytes, 'value'))).reason).toBe('nested too deeply')
  })
})

describe('the writer and the reader agree', () => {
  it('on identifiers', () => {
    const dotted = ['2.5.4.3', '1.2.840.113549.1.1.11', '0.9.2342.19200300.100.1.25', '2.999.1']
    dotted.push('2.25.329800735698586629295641978511506172918', '1.3.6.1.4.1.4294967296')
    for (const text of dotted) expect(readDer(oid(text), 'oid').oid()).toBe(text)
    expect(toHex(oid('1.2.840.113549'))).toBe('06062a864886f70d')
  })

  it('on any identifier', () => {
    const arc = fc.bigInt({ min: 0n, max: 1n << 130n })
    const dotted = fc
      .tuple(
        fc.integer({ min: 0, max: 2 }),
        fc.bigInt({ min: 0n, max: 39n }),
        fc.array(arc, { maxLength: 3 }),
      )
      .map(([root, second, rest]) => [root, second, ...rest].join('.'))
    fc.assert(fc.property(dotted, text => readDer(oid(text), 'oid').oid() === text))
  })

  it('on numbers', () => {
    for (const value of [0, 1, 127, 128, 255, 256, 65_535, 2 ** 32, 2 ** 47])
      expect(readDer(integer(value), 'n').smallInteger()).toBe(value)
    expect(toHex(integer(Uint8Array.of(0, 0, 0x80)))).toBe('02020080')
    expect(fault(() => readDer(fromHex('0201ff'), 'n').smallInteger()).reason).toContain('negative')
  })

  it('on lengths', () => {
    for (const length of [0, 127, 128, 255, 256, 65_535, 65_536]) {
      const content = new Uint8Array(length).fill(7)
      expect(equal(readDer(octetString(content), 'o').content, content)).toBe(true)
    }
  })

  it('on bits, booleans, tags', () => {
    expect(toHex(namedBits([0, 5, 6]))).toBe('03020186')
    expect(toHex(namedBits([8]))).toBe('0303070080')
    expect(toHex(namedBits([]))).toBe('030100')
    expect(readDer(boolean(true), 'b').boolean()).toBe(true)
    expect(readDer(bitString(Uint8Array.of(1, 2)), 'b').bitStringOctets()).toEqual(
      Uint8Array.of(1, 2),
    )
    expect(
      readDer(explicit(3, integer(5)), 'e')
        .inner('n')
        .smallInteger(),
    ).toBe(5)
    expect(toHex(setOf(integer(3), integer(1)))).toBe('3106020101020103')
  })

  it('on times: UTCTime to 2049, GeneralizedTime from 2050', () => {
    const year = (bytes: Uint8Array) => Buffer.from(bytes.subarray(2)).toString()
    expect(year(time(Date.UTC(2049, 11, 31, 23, 59, 59)))).toBe('491231235959Z')
    expect(year(time(Date.UTC(2050, 0, 1)))).toBe('20500101000000Z')
    expect(year(generalizedTime(Date.UTC(2026, 0, 2)))).toBe('20260102000000Z')
  })
})

describe('any bytes', () => {
  it('give a value or a DecodeError', () => {
    const walk = (node: DerNode): void => {
      attempt(() => node.integer())
      attempt(() => node.smallInteger())
      attempt(() => node.oid())
      attempt(() => node.boolean())
      attempt(() => node.bitString())
      attempt(() => {
        for (const child of node.children().rest()) walk(child)
      })
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), bytes => {
        attempt(() => walk(readDer(bytes, 'value')))
      }),
      { numRuns: 2000 },
    )
  })
})

function attempt(read: () => unknown): void {
  try {
    read()
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
  }
}
