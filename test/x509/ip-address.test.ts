import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '../../src/bytes.ts'
import { formatIp, parseIp } from '../../src/x509/ip-address.ts'

describe('addresses', () => {
  it.each([
    ['192.0.2.1', 'c0000201'],
    ['0.0.0.0', '00000000'],
    ['::', '0'.repeat(32)],
    ['::1', `${'0'.repeat(31)}1`],
    ['2001:db8::1', '20010db8000000000000000000000001'],
    ['2001:db8:0:1:1:1:1:1', '20010db8000000010001000100010001'],
    ['2001:0:0:1::1', '20010000000000010000000000000001'],
    ['::ffff:c000:201', '00000000000000000000ffffc0000201'],
  ])('%s in octets and back', (text, hex) => {
    const octets = parseIp(text)
    expect(octets && toHex(octets)).toBe(hex)
    expect(octets && formatIp(octets)).toBe(text)
  })

  it.each(['::ffff:192.0.2.1', '1:2:3:4:5:6:7::', '::2:3:4:5:6:7:8', 'FE80::A'])(
    '%s is one',
    text => {
      expect(parseIp(text)).toHaveLength(16)
    },
  )

  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '0x1.2.3.4',
    '1.2.3.4 ',
    '1.2.3.-4',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '12345::',
    'fe80::1%eth0',
    '::1.2.3',
    'example.com',
  ])('"%s" is none', text => {
    expect(parseIp(text)).toBeNull()
  })

  it('agree with node:net on what is written', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), text => {
        expect(parseIp(text) !== null).toBe(isIP(text) !== 0 && !text.includes('%'))
      }),
    )
  })

  it('survive the way to text and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), octets => {
        expect(parseIp(formatIp(octets))).toEqual(octets)
      }),
    )
  })

  it('of no length that exists are shown as they are', () => {
    expect(formatIp(Uint8Array.of(10, 0, 0))).toBe('0a0000')
  })
})
