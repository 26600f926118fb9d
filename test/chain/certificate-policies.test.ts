import { describe, expect, it } from 'vitest'
import { policyProblem } from '../../src/chain/certificate-policies.ts'
import { Budget, DEFAULT_LIMITS } from '../../src/chain/limits.ts'
import {
  certificatePolicies,
  inhibitAnyPolicy,
  type NewExtension,
  policyConstraints,
  policyMappings,
} from '../../src/x509/extension-builders.ts'
import type { Issued } from '../../src/x509/issue.ts'
import { makeCa, makeLeaf, parsed } from '../helpers/certs.ts'

const ANY = '2.5.29.32.0'
const [P1, P2, P3] = ['1.2.1', '1.2.2', '1.2.3']

/** Depth and reason of the problem with a path whose certificates below the root carry these, from the top down. */
function problem(...levels: (NewExtension[] | { selfIssued: NewExtension[] })[]): string | null {
  const root = makeCa('Root')
  const chain: Issued[] = [root]
  for (const [index, level] of levels.entries()) {
    const extensions = 'selfIssued' in level ? level.selfIssued : level
    const issuer = chain[0]!
    const isLeaf = index === levels.length - 1
    const name = 'selfIssued' in level ? issuer.subject : `CA ${index}`
    chain.unshift(
      isLeaf ? makeLeaf(['leaf'], { issuer, extensions }) : makeCa(name, { issuer, extensions }),
    )
  }
  const found = policyProblem(chain.map(parsed), new Budget(DEFAULT_LIMITS))
  return found && `${found.reason} ${found.depth}`
}

const policies = (...oids: string[]) => certificatePolicies(...oids)
const explicit = (skip = 0) => policyConstraints({ requireExplicitPolicy: skip })

describe('policies', () => {
  it('are no matter where none is demanded', () => {
    expect(problem([], [])).toBeNull()
    expect(problem([policies(P1)], [policies(P2)])).toBeNull()
    expect(problem([policies(P1), inhibitAnyPolicy(0)], [policies(ANY)])).toBeNull()
  })

  it('must run through the whole path where one is demanded', () => {
    expect(problem([explicit(), policies(P1)], [policies(P1)])).toBeNull()
    expect(problem([explicit(), policies(P1, P2)], [policies(P2, P3)])).toBeNull()
    expect(problem([explicit(), policies(P1)], [policies(P2)])).toBe('policy-missing 0')
    expect(problem([explicit(), policies(P1)], [])).toBe('policy-missing 0')
    expect(problem([explicit(0)], [policies(P1)])).toBe('policy-missing 0')
    expect(problem([policies(P1), explicit()], [policies(P2)], [policies(P1)])).toBe(
      'policy-missing 1',
    )
  })

  it('may be demanded later, and by the leaf itself', () => {
    expect(problem([explicit(1), policies(P1)], [policies(P1)], [])).toBe('policy-missing 0')
    expect(problem([explicit(3), policies(P1)], [policies(P1)], [])).toBeNull()
    expect(problem([policies(P1)], [explicit(0)])).toBe('policy-missing 0')
    expect(problem([policies(P1)], [explicit(1)])).toBeNull()
    expect(problem([explicit(5)], [explicit(0)], [])).toBe('policy-missing 0')
  })

  it('any stands for every one, until it is inhibited', () => {
    expect(problem([explicit(), policies(ANY)], [policies(P1)])).toBeNull()
    expect(problem([explicit(), policies(P1)], [policies(ANY)])).toBeNull()
    expect(problem([explicit(), policies(P1), inhibitAnyPolicy(0)], [policies(ANY)])).toBe(
      'policy-missing 0',
    )
    expect(
      problem([explicit(), policies(P1), inhibitAnyPolicy(1)], [policies(ANY)], [policies(P1)]),
    ).toBeNull()
    expect(
      problem([explicit(), policies(P1), inhibitAnyPolicy(1)], [policies(ANY)], [policies(ANY)]),
    ).toBe('policy-missing 0')
  })

  it('any counts in a self-issued intermediate all the same, and that one uses up nothing', () => {
    const top = [explicit(), policies(P1), inhibitAnyPolicy(0)]
    expect(problem(top, { selfIssued: [policies(ANY)] }, [policies(P1)])).toBeNull()
    const later = [explicit(2), policies(P1)]
    expect(problem(later, { selfIssued: [policies(P1)] }, [])).toBeNull()
    expect(problem(later, [policies(P1)], [])).toBe('policy-missing 0')
  })

  it('can be mapped', () => {
    const mapped = [explicit(), policies(P1), policyMappings([P1, P2])]
    expect(problem(mapped, [policies(P2)])).toBeNull()
    expect(problem(mapped, [policies(P1)])).toBe('policy-missing 0')
    expect(
      problem([explicit(), policies(ANY), policyMappings([P1, P2])], [policies(P2)]),
    ).toBeNull()
    expect(
      problem([explicit(), policies(P1), policyMappings([P1, P2], [P1, P3])], [policies(P3)]),
    ).toBeNull()
  })

  it('can be kept from being mapped', () => {
    const constraint = policyConstraints({ requireExplicitPolicy: 0, inhibitPolicyMapping: 0 })
    const top = [constraint, policies(P1, P3)]
    expect(problem(top, [policies(P1), policyMappings([P1, P2])], [policies(P2)])).toBe(
      'policy-missing 0',
    )
    expect(problem(top, [policies(P1, P3), policyMappings([P1, P2])], [policies(P3)])).toBeNull()
  })

  it('any is never mapped', () => {
    expect(problem([policies(P1), policyMappings([ANY, P1])], [])).toBe('policy-mapping-any 1')
    expect(problem([policies(P1), policyMappings([P1, ANY])], [])).toBe('policy-mapping-any 1')
  })
})
