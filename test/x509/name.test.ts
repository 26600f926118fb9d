import { describe, expect, it } from 'vitest'
import { fromHex, utf8 } from '../../src/bytes.ts'
import { readDer, TAG } from '../../src/x509/der.ts'
import { element, oid, sequence, setOf } from '../../src/x509/der-writer.ts'
import { encodeName } from '../../src/x509/issue.ts'
import { decodeName, type Name } from '../../src/x509/name.ts'

function nameOf(der: Uint8Array): Name & { readonly faults: readonly string[] } {
  const faults: string[] = []
  const name = decodeName(readDer(der, 'name'), fault => faults.push(fault.reason))
  const { raw, key, rdns, text, commonName, attributes } = name
  return { raw, key, rdns, text, commonName, attributes, faults }
}

function commonName(tag: number, content: Uint8Array): Uint8Array {
  return sequence(setOf(sequence(oid('2.5.4.3'), element(tag, content))))
}

describe('a distinguished name', () => {
  it('reads as people write it', () => {
    const name = nameOf(encodeName({ C: 'CN', O: 'Acme, Inc.', CN: 'api.example.com' }))
    expect(name.text).toBe('CN=api.example.com, O=Acme\\, Inc., C=CN')
    expect(name.commonName).toBe('api.example.com')
    expect(name.attributes.map(({ oid, value }) => [oid, value])).toEqual([
      ['2.5.4.6', 'CN'],
      ['2.5.4.10', 'Acme, Inc.'],
      ['2.5.4.3', 'api.example.com'],
    ])
    expect(name.faults).toEqual([])
  })

  it('escapes what would mislead', () => {
    expect(nameOf(encodeName({ CN: '#a "b"\n<c>;\\ ' })).text).toBe(
      'CN=\\#a \\"b\\"\\0a\\<c\\>\\;\\\\\\ ',
    )
    expect(nameOf(encodeName({ '1.2.3': 'x' })).text).toBe('1.2.3=x')
  })

  it('may be empty', () => {
    expect(nameOf(encodeName({}))).toMatchObject({ text: '', key: '', rdns: [], commonName: null })
  })

  it.each([
    ['UTF8String', TAG.utf8String, utf8('证书')],
    ['BMPString', TAG.bmpString, fromHex('8bc14e66')],
    ['UniversalString', TAG.universalString, fromHex('00008bc100004e66')],
  ])('reads a %s', (_, tag, content) => {
    expect(nameOf(commonName(tag, content)).commonName).toBe('证书')
  })

  it.each([
    ['PrintableString', TAG.printableString],
    ['TeletexString', TAG.teletexString],
    ['IA5String', TAG.ia5String],
    ['VisibleString', TAG.visibleString],
  ])('reads a %s', (_, tag) => {
    expect(nameOf(commonName(tag, utf8('Acme'))).commonName).toBe('Acme')
  })

  it.each([
    ['bytes that are no UTF-8', TAG.utf8String, 'c328', 'not UTF-8', 'Ã('],
    ['half a BMP character', TAG.bmpString, '004142', 'BMPString of odd length', '#1e03004142'],
    [
      'a character beyond Unicode',
      TAG.universalString,
      '00110000',
      'no character of Unicode',
      '#1c0400110000',
    ],
    ['octets above 127', TAG.printableString, 'e9', 'not ASCII', 'é'],
  ])('shows %s and notes them', (_, tag, hex, reason, text) => {
    expect(nameOf(commonName(tag, fromHex(hex)))).toMatchObject({
      commonName: text,
      faults: [reason],
    })
  })

  it('notes a SET that is empty or out of order', () => {
    const [a, b] = ['2.5.4.3', '2.5.4.10'].map(type =>
      sequence(oid(type), element(TAG.utf8String, utf8('x'))),
    )
    expect(nameOf(sequence(element(TAG.set, b!, a!))).faults).toEqual(['SET OF is not in order'])
    expect(nameOf(sequence(element(TAG.set))).faults).toHaveLength(1)
  })
})

describe('names match', () => {
  const key = (text: string, tag: number = TAG.utf8String) =>
    nameOf(commonName(tag, utf8(text))).key

  it.each([
    ['case', 'EXAMPLE ca', 'Example CA'],
    ['white space', '  Example   CA ', 'Example CA'],
    ['width', 'Ｅｘａｍｐｌｅ', 'example'],
    ['composition', 'e\u0301', '\u00e9'],
    ['no-break space', 'Example\u00a0CA', 'Example CA'],
    ['soft hyphens', 'Exam\u00adple', 'Example'],
  ])('whatever the %s', (_, a, b) => {
    expect(key(a)).toBe(key(b))
  })

  it('whatever the string type', () => {
    expect(key('Example', TAG.printableString)).toBe(key('Example', TAG.utf8String))
    expect(nameOf(commonName(TAG.bmpString, fromHex('00410062'))).key).toBe(key('ab'))
  })

  it('only if every attribute does', () => {
    expect(key('Example')).not.toBe(key('Example2'))
    const keyOf = (attributes: Record<string, string>) => nameOf(encodeName(attributes)).key
    expect(keyOf({ O: 'a', CN: 'b' })).not.toBe(keyOf({ CN: 'b', O: 'a' }))
    expect(keyOf({ O: 'a' })).not.toBe(keyOf({ OU: 'a' }))
    expect(keyOf({ O: 'a', CN: 'b' })).not.toBe(keyOf({ O: 'a' }))
  })

  it('and a value cannot pass for two', () => {
    const keyOf = (attributes: Record<string, string>) => nameOf(encodeName(attributes)).key
    const wanted = keyOf({ O: 'a', CN: 'b' })
    const forged = wanted.slice(wanted.indexOf(':') + 1, -1)
    expect(forged).toContain('a;')
    expect(keyOf({ O: forged })).not.toBe(wanted)
  })

  it('whatever the order inside one relative name', () => {
    const [a, b] = ['2.5.4.3', '2.5.4.10'].map(type =>
      sequence(oid(type), element(TAG.utf8String, utf8('x'))),
    )
    expect(nameOf(sequence(element(TAG.set, b!, a!))).key).toBe(nameOf(sequence(setOf(a!, b!))).key)
  })
})
