/** Every combination of constraints on DNS names and addresses with names in a leaf, against a rule of three lines. */
import { describe, expect, it } from 'vitest'
import { type ExpectedName, verifyChain } from '../../src/chain/verify-chain.ts'
import { type NewGeneralName, nameConstraints } from '../../src/x509/extension-builders.ts'
import type { Issued } from '../../src/x509/issue.ts'
import { makeCa, makeLeaf, NOW, testKey } from '../helpers/certs.ts'

type Reach = 'none' | 'around' | 'beside'

const REACHES: readonly Reach[] = ['none', 'around', 'beside']
const HOST = 'a.host.example'
const ADDRESS = '192.0.2.1'

/** Subtrees by whether the name lies within. */
const SUBTREES = {
  dns: { around: 'host.example', beside: 'other.example' },
  ip: { around: range(192, 0, 2, 0), beside: range(198, 51, 100, 0) },
} as const

function range(...network: number[]): NewGeneralName {
  return { type: 'ip', value: Uint8Array.of(...network, 255, 255, 255, 0) }
}

interface Constraints {
  readonly permitted: Readonly<Record<'dns' | 'ip', Reach>>
  readonly excluded: Readonly<Record<'dns' | 'ip', Reach>>
}

const constraints: readonly Constraints[] = REACHES.flatMap(permittedDns =>
  REACHES.flatMap(permittedIp =>
    REACHES.flatMap(excludedDns =>
      REACHES.map(excludedIp => ({
        permitted: { dns: permittedDns, ip: permittedIp },
        excluded: { dns: excludedDns, ip: excludedIp },
      })),
    ),
  ),
)

/** A name of a form is allowed where no excluded subtree is around it, and one that permits is, if any is there. */
const allows = ({ permitted, excluded }: Constraints, form: 'dns' | 'ip') =>
  excluded[form] !== 'around' && permitted[form] !== 'beside'

function extensionsOf({ permitted, excluded }: Constraints) {
  const bases = (reaches: Constraints['permitted']) =>
    (['dns', 'ip'] as const).flatMap(form => {
      const reach = reaches[form]
      return reach === 'none' ? [] : [SUBTREES[form][reach]]
    })
  const [inside, outside] = [bases(permitted), bases(excluded)]
  if (inside.length + outside.length === 0) return []
  return [
    nameConstraints({
      ...(inside.length > 0 ? { permitted: inside } : {}),
      ...(outside.length > 0 ? { excluded: outside } : {}),
    }),
  ]
}

function isGood(leaf: Issued, pool: readonly Issued[], anchor: Issued, name: ExpectedName) {
  return verifyChain({
    leaf: leaf.der,
    intermediates: pool.map(({ der }) => der),
    anchors: [anchor.der],
    name,
    time: NOW,
    purpose: 'serverAuth',
  }).ok
}

const rootKey = testKey('ec-p256', 1)
const midKey = testKey('ec-p256', 2)
const plainRoot = makeCa('Root', { key: rootKey })
const plainMid = makeCa('Mid', { key: midKey, issuer: plainRoot })

describe.each([
  ['both kinds', [HOST, ADDRESS]],
  ['a host', [HOST]],
  ['an address', [ADDRESS]],
])('a leaf with %s', (_, names) => {
  it.each([
    ['no common name', { O: 'Someone' }],
    ['the host as common name', HOST],
    ['a stranger as common name', 'a.other.example'],
  ])('and %s', (_, subject) => {
    const leaf = makeLeaf(names, { issuer: plainMid, subject })
    for (const given of constraints) {
      const extensions = extensionsOf(given)
      const root = makeCa('Root', { key: rootKey, extensions })
      const mid = makeCa('Mid', { key: midKey, issuer: plainRoot, extensions })
      const kept = ['dns', 'ip'] as const
      const within = kept.every(
        form => !names.includes(form === 'dns' ? HOST : ADDRESS) || allows(given, form),
      )
      for (const form of kept) {
        const name = { type: form, value: form === 'dns' ? HOST : ADDRESS }
        const expected = within && names.includes(name.value)
        const about = JSON.stringify({ ...given, form })
        expect(isGood(leaf, [mid], plainRoot, name), `intermediate ${about}`).toBe(expected)
        expect(isGood(leaf, [plainMid], root, name), `root ${about}`).toBe(expected)
      }
    }
  })
})

it('a common name alone names nothing', () => {
  const leaf = makeLeaf([], { issuer: plainMid, subject: HOST, without: ['subjectAltName'] })
  expect(isGood(leaf, [plainMid], plainRoot, { type: 'dns', value: HOST })).toBe(false)
})
