import { expect, it } from 'vitest'
import { Flags } from '../../src/cli/invocation.ts'
import { judgeOptionsFrom } from '../../src/cli/setup.ts'
import { createWorld } from '../../src/world.ts'
import { NOW } from '../helpers/certs.ts'

const world = createWorld(NOW)
const named = (...platforms: string[]) =>
  judgeOptionsFrom(new Flags({ platforms }), world).platforms ?? null
const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)

it('names no platform where none is named', () => {
  expect(named()).toBeNull()
})

it('takes references by id, by tier, and with all', () => {
  expect(named('openssl-3.0', 'java-17')).toEqual(['openssl-3.0', 'java-17'])
  expect(named('reference')).toEqual(ids(world.references))
  expect(named('all')).toEqual(ids([...world.platforms, ...world.references]))
})

it('takes a release before the platforms for the old phone that stands for it', () => {
  expect(named('ios-12.1.4', 'ios-11.3', 'android-6', 'ios-12.4')).toEqual([
    ...['ios-12', 'ios-11', 'android-6.0', 'ios-12.2'],
  ])
})

it('takes no reference for a system or for another tier', () => {
  for (const name of ['ios', 'android', 'old', 'current'])
    for (const id of named(name) ?? []) expect(ids(world.references)).not.toContain(id)
})
