import { expect, it } from 'vitest'
import report from '../../src/reports/nagios.ts'
import { parsePlugin } from '../helpers/plugin.ts'
import { draw, judged, project, resultOf, targets } from '../helpers/results.ts'

const { sound, soon, over, gone, aside } = targets

it.each([
  ['OK', [sound]],
  ['OK', [sound, aside]],
  ['CRITICAL', [sound, soon]],
  ['CRITICAL', [over]],
  ['UNKNOWN', [sound, gone]],
  ['CRITICAL', [gone, over]],
  ['CRITICAL', [project]],
  ['OK', []],
])('%s', (state, list) => {
  expect(parsePlugin(draw(report, resultOf(list))).state).toBe(state)
})

it('names the worst first, and counts', () => {
  const { text, data } = parsePlugin(draw(report))
  expect(text).toMatch(
    /^MPCERT CRITICAL - 4 of 6; (?:over|partial)\.example:443: .*; gone\.example:443: gone/,
  )
  expect(data).toMatchObject({
    targets: 6,
    problems: 4,
    'sound.example:443_days': 60,
    'over.example:443_days': -1,
  })
  expect(data).not.toHaveProperty('gone.example:443_days')
})

it('stays below 4 KB, data included, however many and long the targets are', () => {
  const long = judged(`https://long.example/${'a'.repeat(3000)}`, null)
  const many = Array.from({ length: 300 }, (_, index) => ({
    ...over,
    host: `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.host-${index}.example`,
  }))
  const urls = many.map(one => ({ ...one, input: `https://${one.host}/${'p'.repeat(3000)}` }))
  for (const list of [[long], many, urls]) {
    const text = draw(report, resultOf(list))
    expect(Buffer.byteLength(text)).toBeLessThan(4096)
    expect(parsePlugin(text).data).toMatchObject({ problems: list.length })
  }
})
