/** Name constraints of a CA against the names of a certificate below it (RFC 5280 §6.1.3 b, c). */
import type { Certificate, GeneralName, NameConstraints } from '../x509/certificate.ts'
import { formatIp } from '../x509/ip-address.ts'
import { EMAIL_ADDRESS_OID } from '../x509/oids.ts'
import type { Budget } from './limits.ts'
import { type Flaw, flaw } from './path-error.ts'
import { baseFault, type Constrainable, isConstrainable, locate, type Position } from './subtree.ts'

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
  const { permitted, excluded } = basesByType(constraints)
  for (const name of namesOf(certificate)) {
    const forbidding = excluded.get(name.type) ?? []
    const permitting = permitted.get(name.type) ?? []
    if (forbidding.length + permitting.length === 0) continue
    if (!isConstrainable(name)) return flaw('constraint-unsupported', { form: name.type })
    const found =
      findExcluded(name, forbidding, budget) ?? findUnpermitted(name, permitting, budget)
    if (found) return found
  }
  return null
}

function findExcluded(
  name: Constrainable,
  bases: readonly GeneralName[],
  budget: Budget,
): Flaw | null {
  for (const base of bases) {
    const position = compare(name, base, budget)
    if (position === 'unreadable') return flaw('name-unreadable', { name: describe(name) })
    if (position !== 'outside') return flaw('name-excluded', { name: describe(name) })
  }
  return null
}

function findUnpermitted(
  name: Constrainable,
  bases: readonly GeneralName[],
  budget: Budget,
): Flaw | null {
  if (bases.length === 0) return null
  for (const base of bases) {
    const position = compare(name, base, budget)
    if (position === 'unreadable') return flaw('name-unreadable', { name: describe(name) })
    if (position === 'inside') return null
  }
  return flaw('name-not-permitted', { name: describe(name) })
}

function compare(name: Constrainable, base: GeneralName, budget: Budget): Position {
  budget.spend('ncComparisons')
  return isConstrainable(base) ? locate(name, base) : 'outside'
}

interface Bases {
  readonly permitted: ReadonlyMap<string, readonly GeneralName[]>
  readonly excluded: ReadonlyMap<string, readonly GeneralName[]>
}

/** One CA's constraints meet many certificates: they are sorted once. */
const sorted = new WeakMap<NameConstraints, Bases>()

function basesByType(constraints: NameConstraints): Bases {
  const known = sorted.get(constraints)
  if (known) return known
  const bases = {
    permitted: groupByType(constraints.permitted ?? []),
    excluded: groupByType(constraints.excluded ?? []),
  }
  sorted.set(constraints, bases)
  return bases
}

function groupByType(bases: readonly GeneralName[]): Map<string, GeneralName[]> {
  const groups = new Map<string, GeneralName[]>()
  for (const base of bases) {
    const group = groups.get(base.type)
    if (group) group.push(base)
    else groups.set(base.type, [base])
  }
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
