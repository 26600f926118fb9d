/** What a store demands of certificates under one of its roots, beside holding it: issue dates and names. */
import type { Constraint } from '../stores/store.ts'
import { DAY_MS } from '../text.ts'
import type { Certificate } from '../x509/certificate.ts'
import { type Flaw, flaw, type Problem } from './path-error.ts'

/** The first constraint on the anchor that this path does not meet; `issuedAt` stands for the leaf's own issue date. */
export function distrustProblem(
  path: readonly Certificate[],
  constraints: readonly Constraint[],
  issuedAt: number | null = null,
): Problem | null {
  const [leaf] = path
  const anchor = path.at(-1)
  if (!leaf || !anchor) return null
  for (const constraint of constraints) {
    const found = constraintFlaw(leaf, constraint, issuedAt)
    if (found) return { ...found, depth: path.length - 1, certificate: anchor }
  }
  return null
}

function constraintFlaw(
  leaf: Certificate,
  constraint: Constraint,
  issuedAt: number | null,
): Flaw | null {
  if (constraint.kind === 'names') {
    const outside = (leaf.subjectAltName ?? []).flatMap(name =>
      name.type === 'dns' && !constraint.permitted.some(top => isBelow(name.value, top))
        ? [name.value]
        : [],
    )
    return outside[0] === undefined ? null : flaw('distrusted-name', { name: outside[0] })
  }
  const { basis, date } = constraint
  if ((issuedAt ?? issueDate(leaf, basis)) < Date.parse(date) + DAY_MS) return null
  return flaw('distrusted-after', { date })
}

/** Patterns such as `*.tr`: every name below it, at any depth. */
function isBelow(name: string, pattern: string): boolean {
  return name.toLowerCase().endsWith(pattern.replace(/^\*/, ''))
}

/** A certificate without timestamps tells its age by notBefore alone. */
function issueDate(leaf: Certificate, basis: 'not-before' | 'sct' | 'sct-or-not-before'): number {
  const stamps = basis === 'not-before' ? null : leaf.signedCertificateTimestamps
  return stamps && stamps.length > 0
    ? Math.min(...stamps.map(({ timestampMs }) => timestampMs))
    : leaf.notBefore
}
