import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { displayWidth, padEnd, wrap } from '../../src/reports/text/layout.ts'

it('counts what a terminal shows', () => {
  expect(displayWidth('abc')).toBe(3)
  expect(displayWidth('证书')).toBe(4)
  expect(displayWidth('，')).toBe(2)
  expect(displayWidth('é')).toBe(1)
  expect(displayWidth('e\u0301')).toBe(1)
  expect(displayWidth('✓ ° –')).toBe(5)
  expect(displayWidth('한글')).toBe(4)
  expect(displayWidth('')).toBe(0)
})

it('pads by columns', () => {
  expect(padEnd('证书', 6)).toBe('证书  ')
  expect(padEnd('long', 2)).toBe('long')
})

describe('wrap', () => {
  it('breaks at blanks', () => {
    expect(wrap('the quick brown fox', 10)).toEqual(['the quick', 'brown fox'])
  })

  it('breaks beside Chinese characters, never before punctuation', () => {
    expect(wrap('证书链不完整，请部署完整证书链', 14)).toEqual([
      '证书链不完整，',
      '请部署完整证书',
      '链',
    ])
    for (const line of wrap('证书链不完整，请部署完整证书链。完', 12))
      expect(line).not.toMatch(/^[，。]/)
  })

  it('breaks words that fit no line', () => {
    expect(wrap('aaaaaaaaaaaaaaaaaaaa', 8)).toEqual(['aaaaaaaa', 'aaaaaaaa', 'aaaa'])
  })

  it('keeps lines', () => {
    expect(wrap('a\nb', 10)).toEqual(['a', 'b'])
  })

  it('loses nothing and fits, whatever the text', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', '证', '书', '，', '-', '.', '✓'),
      maxLength: 80,
    })
    fc.assert(
      fc.property(text, fc.integer({ min: 8, max: 40 }), (input, width) => {
        const lines = wrap(input, width)
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width)
        expect(lines.join('').replace(/\s/g, '')).toBe(input.replace(/\s/g, ''))
      }),
    )
  })
})
