import { expect, it } from 'vitest'
import { DEFAULT_THRESHOLDS, isWithin } from '../../src/facts/thresholds.ts'
import { DAY_MS } from '../../src/text.ts'

const lasting = (days: number) => ({ notBefore: 0, notAfter: days * DAY_MS })

it.each([
  // lifetime, days left, warns, critical
  [90, 23, false, false],
  [90, 22, true, false],
  [90, 8, true, false],
  [90, 6.9, true, true],
  [365, 31, false, false],
  [365, 29, true, false],
  [365, 6.9, true, true],
  [47, 12, false, false],
  [47, 11, true, false],
  [47, 5.9, true, false],
  [47, 5.8, true, true],
  [6, 2, false, false],
  [6, 1.4, true, false],
  [6, 0.7, true, true],
])('%d days, %d left', (days, left, warns, critical) => {
  const at = (days - left) * DAY_MS
  expect(isWithin(DEFAULT_THRESHOLDS.warning, lasting(days), at)).toBe(warns)
  expect(isWithin(DEFAULT_THRESHOLDS.critical, lasting(days), at)).toBe(critical)
})
