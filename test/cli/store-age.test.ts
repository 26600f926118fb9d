import { expect, it } from 'vitest'
import { Flags } from '../../src/cli/invocation.ts'
import { hintAboutAge } from '../../src/cli/store-age.ts'
import type { Text } from '../../src/text.ts'
import { createWorld } from '../../src/world.ts'
import { DAY_MS } from '../helpers/certs.ts'

const base = createWorld(0)
const VERIFIED = Date.UTC(2026, 10, 22)

/** Android's list verified that day, all others long after. */
const world = {
  ...base,
  stores: {
    ...base.stores,
    tables: base.stores.tables.map(table => ({
      ...table,
      verified: table.name === 'android' ? '2026-11-22' : '2030-01-01',
    })),
  },
}

function hints(days: number, judged?: readonly string[], flags = {}): readonly Text[] {
  const said: Text[] = []
  const invocation = { flags: new Flags(flags), hint: (text: Text) => void said.push(text) }
  hintAboutAge(invocation, world, judged, VERIFIED + days * DAY_MS)
  return said
}

it('names the stores that nobody has verified for 180 days', () => {
  expect(hints(180)).toEqual([])
  const [hint, ...more] = hints(181)
  expect(more).toEqual([])
  expect(hint?.en).toMatch(/android \(2026-11-22\);/)
  expect(hint?.['zh-CN']).toContain('android (2026-11-22)')
  expect(hint?.en).not.toContain('apple')
})

it('minds no store that nobody asked about', () => {
  expect(hints(181, ['ios-18'])).toEqual([])
  expect(hints(181, ['ios-18', 'android-17'])).toHaveLength(1)
  expect(hints(181, undefined, { onlyCacert: true })).toEqual([])
})
