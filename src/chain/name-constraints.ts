/** Name constraints of a CA against the names of a certificate below it (RFC 5280 §6.1.3 b, c). */
import type { Certificate, GeneralName, NameConstraints } from '../x509/certificate.ts'
import { formatIp } from '../x509/ip-address.ts'
import { EMAIL_ADDRESS_OID } from '../x509/oids.ts'
import type { Budget } from './limits.ts'
import { type Flaw, flaw } from './path-error.ts'
import {
  type Base,
  baseFault,
  type Constrainable,
  isConstrainable,
  type Locate,
  locator,
  readBase,
} from './subtree.ts'

/** What is wrong with the constraints themselves, whatever they are applied to. */
export function constraintsFlaw(constraints: NameConstraints, strict: boolean): Flaw | null {
  const { permitted, excluded } = constraints
  const malformed = (detail: string) => flaw('constraint-malformed', { detail })
  if (!permitted && !excluded) return malformed('neither permitted nor excluded subtrees')
  if (permitted?.length === 0 || excluded?.length === 0) return malformed('no subtree')
  for (const base of [...(permitted ?? []), ...(excluded ?? [])]) {
    const fault = isConstrainable(base) ? baseFault(base, strict) : null
    if (fault !== null) return malformed(fault)
  }
  return null
}

/** The first name of `certificate` that the constraints do not allow. Comparisons are counted. */
export function violation(
  constraints: NameConstraints,
  certificate: Certificate,
  budget: Budget,
): Flaw | null {
  const names = namesByType(certificate)
  for (const [form, { permitted, excluded }] of basesByType(constraints))
    for (const name of names.get(form) ?? []) {
      if (!name) return flaw('constraint-unsupported', { form })
      const found = findExcluded(name, excluded, budget) ?? findUnpermitted(name, permitted, budget)
      if (found) return found
    }
  return null
}

function findExcluded(name: LocatedName, bases: readonly Base[], budget: Budget): Flaw | null {
  for (const base of bases) {
    budget.spend('ncComparisons')
    const position = name.locate(base)
    if (position === 'unreadable') return flaw('name-unreadable', { name: describe(name.name) })
    if (position !== 'outside') return flaw('name-excluded', { name: describe(name.name) })
  }
  return null
}

function findUnpermitted(name: LocatedName, bases: readonly Base[], budget: Budget): Flaw | null {
  if (bases.length === 0) return null
  for (const base of bases) {
    budget.spend('ncComparisons')
    const position = name.locate(base)
    if (position === 'unreadable') return flaw('name-unreadable', { name: describe(name.name) })
    if (position === 'inside') return null
  }
  return flaw('name-not-permitted', { name: describe(name.name) })
}

interface Bases {
  readonly permitted: Base[]
  readonly excluded: Base[]
}

interface LocatedName {
  readonly name: Constrainable
  readonly locate: Locate
}

type Form = GeneralName['type']

/** One CA's constraints meet many certificates, and one certificate many CAs: both are read once. */
const sortedBases = new WeakMap<NameConstraints, ReadonlyMap<Form, Bases>>()
const sortedNames = new WeakMap<Certificate, ReadonlyMap<Form, readonly (LocatedName | null)[]>>()

function basesByType(constraints: NameConstraints): ReadonlyMap<Form, Bases> {
  const known = sortedBases.get(constraints)
  if (known) return known
  const groups = new Map<Form, Bases>()
  for (const side of ['permitted', 'excluded'] as const)
    for (const base of constraints[side] ?? []) {
      const group = groups.get(base.type) ?? { permitted: [], excluded: [] }
      groups.set(base.type, group)
      if (isConstrainable(base)) group[side].push(readBase(base))
    }
  sortedBases.set(constraints, groups)
  return groups
}

/** Null stands for a name that nobody can compare. */
function namesByType(certificate: Certificate): ReadonlyMap<Form, readonly (LocatedName | null)[]> {
  const known = sortedNames.get(certificate)
  if (known) return known
  const groups = new Map<Form, (LocatedName | null)[]>()
  for (const name of namesOf(certificate)) {
    const located = isConstrainable(name) ? { name, locate: locator(name) } : null
    const group = groups.get(name.type)
    if (group) group.push(located)
    else groups.set(name.type, [located])
  }
  sortedNames.set(certificate, groups)
  return groups
}

/** The subject, unless it is empty, and all alternative names; mailboxes of the subject only where there are none. */
function* namesOf({ subject, subjectAltName }: Certificate): Generator<GeneralName> {
  if (subject.rdns.length > 0) yield { type: 'directory', value: subject }
  yield* subjectAltName ?? []
  if (subjectAltName) return
  for (const { oid, value } of subject.attributes)
    if (oid === EMAIL_ADDRESS_OID) yield { type: 'email', value }
}

function describe(name: Constrainable): string {
  if (name.type === 'ip') return formatIp(name.value)
  return name.type === 'directory' ? name.value.text : name.value
}
