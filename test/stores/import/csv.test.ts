import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DecodeError } from '../../../src/errors.ts'
import { parseCsv } from '../../../src/stores/import/csv.ts'

describe('parseCsv', () => {
  it('reads quoted fields with commas, quotes and line breaks, and says on which line a row begins', () => {
    const csv = parseCsv('\ufeff"Name","PEM"\r\n"a ""b"", c","x\ny\nz"\r\n\r\nplain,\n')
    expect(csv.columns).toEqual(['Name', 'PEM'])
    expect(csv.rows.map(row => [row.line, row.field('name'), row.field('PEM')])).toEqual([
      [2, 'a "b", c', 'x\ny\nz'],
      [6, 'plain', ''],
    ])
    expect(csv.rows[0]?.field('Other')).toBe('')
  })

  it.each([
    ['', 'csv', /empty/],
    ['a,b\n"never closed', 'csv line 2', /never closed/],
    ['a,b\n1,2,3', 'csv line 2', /3 fields for 2 columns/],
    ['a\n"x"y', 'csv line 2', /after a closing quote/],
    ['a\n"x\ny"z', 'csv line 3', /after a closing quote/],
  ])('refuses %j and names the line', (text, place, reason) => {
    expect(() => parseCsv(text)).toThrow(DecodeError)
    expect(() => parseCsv(text)).toThrow(reason)
    expect(() => parseCsv(text)).toThrow(place)
  })

  it('gives back what was written, whatever it is', () => {
    const cell = fc.string().filter(text => text.trim() === text && !text.includes('\ufeff'))
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), rows => {
        const quote = (text: string) => `"${text.replaceAll('"', '""')}"`
        const csv = parseCsv(['x,y', ...rows.map(row => row.map(quote).join(','))].join('\n'))
        expect(csv.rows.map(row => [row.field('x'), row.field('y')])).toEqual(rows)
      }),
    )
  })

  it('reads anything or throws a DecodeError', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r') }), text => {
        try {
          parseCsv(text)
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError)
        }
      }),
    )
  })
})
