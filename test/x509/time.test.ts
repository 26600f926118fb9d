import { describe, expect, it } from 'vitest'
import { utf8 } from '../../src/bytes.ts'
import { readDer, TAG } from '../../src/x509/der.ts'
import { element } from '../../src/x509/der-writer.ts'
import { decodeTime } from '../../src/x509/time.ts'

function read(tag: number, text: string): { iso: string; faults: string[] } {
  const faults: string[] = []
  const ms = decodeTime(readDer(element(tag, utf8(text)), 'time'), fault =>
    faults.push(fault.reason),
  )
  return { iso: new Date(ms).toISOString(), faults }
}

describe('decodeTime', () => {
  it.each([
    [TAG.utcTime, '500101000000Z', '1950-01-01T00:00:00.000Z'],
    [TAG.utcTime, '491231235959Z', '2049-12-31T23:59:59.000Z'],
    [TAG.utcTime, '240229120000Z', '2024-02-29T12:00:00.000Z'],
    [TAG.generalizedTime, '20500101000000Z', '2050-01-01T00:00:00.000Z'],
    [TAG.generalizedTime, '99991231235959Z', '9999-12-31T23:59:59.000Z'],
  ])('%i %s', (tag, text, iso) => {
    expect(read(tag, text)).toEqual({ iso, faults: [] })
  })

  it.each([
    [TAG.utcTime, '2401010000Z', '2024-01-01T00:00:00.000Z', 'time without seconds'],
    [TAG.utcTime, '240101080000+0800', '2024-01-01T00:00:00.000Z', 'time that is not Zulu'],
    [TAG.utcTime, '231231190000-0500', '2024-01-01T00:00:00.000Z', 'time that is not Zulu'],
    [
      TAG.generalizedTime,
      '20240101000000Z',
      '2024-01-01T00:00:00.000Z',
      'GeneralizedTime before 2050',
    ],
    [
      TAG.generalizedTime,
      '20500101000000.5Z',
      '2050-01-01T00:00:00.000Z',
      'time with a fraction of a second',
    ],
    [
      TAG.generalizedTime,
      '00010101000000Z',
      '0001-01-01T00:00:00.000Z',
      'GeneralizedTime before 2050',
    ],
  ])('reads and notes %i %s', (tag, text, iso, reason) => {
    expect(read(tag, text)).toEqual({ iso, faults: [reason] })
  })

  it.each([
    [TAG.utcTime, ''],
    [TAG.utcTime, '20240101000000Z'],
    [TAG.utcTime, '240101000000'],
    [TAG.utcTime, '24010100000Z'],
    [TAG.utcTime, '240230000000Z'],
    [TAG.utcTime, '241301000000Z'],
    [TAG.utcTime, '240101240000Z'],
    [TAG.utcTime, '240101006000Z'],
    [TAG.utcTime, '240101000060Z'],
    [TAG.utcTime, '240101000000+2400'],
    [TAG.generalizedTime, '240101000000Z'],
    [TAG.integer, '240101000000Z'],
  ])('refuses %i "%s"', (tag, text) => {
    expect(() => read(tag, text)).toThrow(/time: /)
  })
})
