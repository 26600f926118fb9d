import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareVersions } from '../../src/stores/version.ts'

it('counts number by number', () => {
  const ordered = [
    '7.0',
    '7.1.1',
    '8',
    '8.1',
    '9',
    '10',
    '13',
    '13-qpr3',
    '14',
    '14-r61',
    '15',
    '16',
    '16-r4',
    '17',
  ]
  expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered)
  expect(compareVersions('8', '8.0')).toBe(0)
  expect(compareVersions('3.123', '2026-06-14')).toBeLessThan(0)
})

it('is an order', () => {
  const version = fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }).map(parts => parts.join('.'))
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      expect(Math.sign(compareVersions(a, b))).toBe(0 - Math.sign(compareVersions(b, a)))
      if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
        expect(compareVersions(a, c)).toBeLessThanOrEqual(0)
    }),
  )
})
