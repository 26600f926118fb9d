import { describe, expect, it } from 'vitest'
import {
  CAPTURE,
  COMMON,
  CONNECT,
  OUTPUT,
  PACE,
  SCAN_OUTPUT,
  SCOPE,
  TRUST,
  VERDICT,
} from '../../src/cli/options.ts'
import { parseDate, parseDuration, parseThreshold } from '../../src/cli/values.ts'
import { UsageError } from '../../src/errors.ts'

describe('times', () => {
  it.each([
    ['10', 10_000],
    ['10s', 10_000],
    ['0.5s', 500],
    ['500ms', 500],
    ['2m', 120_000],
  ])('%s', (text, ms) => expect(parseDuration(text)).toBe(ms))

  it.each(['', '0', '-1', '10h', 'ten', '1e3', '99999m', '0.0001ms'])('%j is none', text =>
    expect(() => parseDuration(text)).toThrow(UsageError),
  )
})

describe('dates', () => {
  it.each([
    ['2027-03-15', '2027-03-15T00:00:00.000Z'],
    ['2027-03-15T08:30Z', '2027-03-15T08:30:00.000Z'],
    ['2027-03-15T08:30:15+08:00', '2027-03-15T00:30:15.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ])('%s', (text, iso) => expect(new Date(parseDate(text)).toISOString()).toBe(iso))

  it.each([
    '',
    'tomorrow',
    '2027',
    '2027-3-5',
    '2027-13-01',
    '2027-02-31',
    '2025-02-29',
    '15/03/2027',
  ])('%j is none', text => expect(() => parseDate(text)).toThrow(UsageError))
})

describe('limits', () => {
  it.each([
    ['30d', { days: 30 }],
    ['12h', { days: 0.5 }],
    ['25%', { part: 0.25 }],
  ])('%s', (text, limit) => expect(parseThreshold(text)).toEqual(limit))

  it.each(['', '30', '101%', 'd', '-5d'])('%j is none', text =>
    expect(() => parseThreshold(text)).toThrow(UsageError),
  )
})

it('words every flag in both languages, long ones in kebab-case', () => {
  for (const { form, text } of [
    COMMON,
    CONNECT,
    PACE,
    TRUST,
    SCOPE,
    VERDICT,
    OUTPUT,
    CAPTURE,
    SCAN_OUTPUT,
  ].flat()) {
    expect(text.en.length, form).toBeGreaterThan(5)
    expect(text['zh-CN'], form).toMatch(/[\u4e00-\u9fff]/)
    expect(form).toMatch(/^(?:-\w, )?(?:--[a-z]+(?:-[a-z]+)*|-\d)(?: <[a-z:]+>)?$/)
  }
})
