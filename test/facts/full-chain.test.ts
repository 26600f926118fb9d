import { describe, expect, it } from 'vitest'
import { fullChain } from '../../src/facts/full-chain.ts'
import type { Platform } from '../../src/platform.ts'
import { withReplicas } from '../../src/stores/derive.ts'
import { createWorld, type World } from '../../src/world.ts'
import type { Certificate } from '../../src/x509/certificate.ts'
import type { Issued } from '../../src/x509/issue.ts'
import { freshKey, makeCa, makeLeaf, NOW, parsed } from '../helpers/certs.ts'

const R46 = '7bb647a62aeeac88bf257aa522d01ffea395e0ab45c73f93f65654ec38f25a06'
const USERTRUST = 'e793c9b02fd8aa13e21c31228accb08119643b749c898964b1746d46c3d4cbd2'

const newRoot = makeCa('New Root', { key: freshKey() })
const oldRoot = makeCa('Old Root')
const cross = makeCa('New Root', { key: newRoot.key, issuer: oldRoot })
const issuing = makeCa('Issuing CA', { issuer: newRoot })
const stranger = makeCa('Stranger', { issuer: oldRoot })
const leaf = makeLeaf(['full.example'], { issuer: issuing })

const base = createWorld(NOW)
const world: World = {
  ...base,
  stores: withReplicas(base.stores, [
    { certificate: newRoot.der, standsFor: R46 },
    { certificate: oldRoot.der, standsFor: USERTRUST },
  ]),
}
const platform = (id: string) => world.platforms.find(one => one.id === id) as Platform
const certificates = (list: readonly Issued[]): readonly Certificate[] => list.map(parsed)
const repair = (available: readonly Issued[], ...ids: string[]) => {
  const found = fullChain(parsed(leaf), certificates(available), world, ids.map(platform))
  return (
    found && {
      subjects: found.chain.map(({ subject }) => subject.commonName),
      cross: found.chain.some(({ sha256 }) => sha256 === parsed(cross).sha256),
      without: found.without.map(({ id }) => id),
    }
  )
}

describe('the fewest certificates that satisfy every platform asked for', () => {
  const all = [stranger, newRoot, cross, issuing, oldRoot]

  it('leaves the cross-sign out where nobody needs it', () => {
    expect(repair(all, 'ios-18', 'android-15')).toEqual({
      subjects: ['full.example', 'Issuing CA'],
      cross: false,
      without: [],
    })
  })

  it('sends the cross-sign for phones that do not know the new root', () => {
    expect(repair(all, 'ios-16', 'ios-18', 'android-14')).toEqual({
      subjects: ['full.example', 'Issuing CA', 'New Root'],
      cross: true,
      without: [],
    })
  })

  it('names the platforms that no chain at hand satisfies', () => {
    expect(repair([newRoot, issuing], 'ios-16', 'ios-18')).toEqual({
      subjects: ['full.example', 'Issuing CA'],
      cross: false,
      without: ['ios-16'],
    })
  })

  it('gives nothing where nothing leads to a root', () => {
    expect(repair([cross, stranger], 'ios-18', 'android-14')).toBeNull()
  })
})

it('takes the shorter of two ways', () => {
  const middle = makeCa('Middle', { issuer: newRoot })
  const long = makeCa('Issuing CA', { key: issuing.key, issuer: middle })
  expect(repair([long, middle, issuing], 'ios-18')?.subjects).toEqual([
    'full.example',
    'Issuing CA',
  ])
})

it('ends soon, whatever stands at hand', () => {
  const crowd = Array.from({ length: 60 }, (_, index) =>
    makeCa('Issuing CA', { key: issuing.key, issuer: makeCa(`Nobody ${index}`) }),
  )
  expect(repair([...crowd, cross, issuing, newRoot], 'ios-18', 'ios-16')).not.toBeNull()
})
