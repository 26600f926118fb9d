/** Whether the timestamps of a leaf are what a client demands: certain ones, and those that only a newer list could judge. */
import { type CheckedSct, isDoubtful } from '../chain/sct.ts'
import type { CtDemand } from '../platform.ts'
import type { Certificate } from '../x509/certificate.ts'
import { lifetimeSeconds } from './leaf.ts'

export interface Transparency {
  /** `unverified`: met only if doubtful ones count. The last three hold even then. */
  readonly state: 'met' | 'unverified' | 'too-few' | 'none-approved' | 'one-operator'
  /** Distinct logs of embedded ones that count or may, and how many this client wants for such a lifetime. */
  readonly embedded: number
  readonly needed: number
  /** The same of those that came with the handshake. */
  readonly delivered: number
}

/** Null where this leaf is exempt: issued before the demand; or outside its own dates, which is said elsewhere. */
export function weighScts(
  leaf: Certificate,
  scts: readonly CheckedSct[],
  demand: CtDemand,
  at: number,
): Transparency | null {
  if (leaf.notBefore < demand.notBeforeFrom) return null
  if (at < leaf.notBefore || at > leaf.notAfter) return null
  const table = demand.embedded.findLast(({ notBeforeFrom }) => leaf.notBefore >= notBeforeFrom)
  const seconds = lifetimeSeconds(leaf)
  const needed = table?.steps.find(({ maxSeconds }) => seconds <= maxSeconds)?.count ?? 0
  const operators = { embedded: table?.operators ?? 1, delivered: demand.delivered.operators }
  const suffice = (some: readonly CheckedSct[], least: typeof operators) => {
    const embedded = some.filter(isEmbedded)
    const approved = some.filter(sct => sct.approved)
    return (
      (embedded.some(sct => sct.approved) && reaches(embedded, needed, least.embedded)) ||
      (!approved.every(isEmbedded) && reaches(approved, demand.delivered.count, least.delivered))
    )
  }
  const certain = scts.filter(({ outcome }) => outcome === 'good')
  const possible = scts.filter(sct => isDoubtful(sct) || sct.outcome === 'good')
  const embedded = countLogs(possible.filter(isEmbedded))
  const state = () => {
    if (suffice(certain, operators)) return 'met'
    if (suffice(possible, operators)) return 'unverified'
    if (suffice(possible, { embedded: 1, delivered: 1 })) return 'one-operator'
    return embedded < needed ? 'too-few' : 'none-approved'
  }
  const delivered = countLogs(possible.filter(sct => !isEmbedded(sct)))
  return { state: state(), embedded, needed, delivered }
}

function isEmbedded({ origin }: CheckedSct): boolean {
  return origin === 'embedded'
}

function reaches(scts: readonly CheckedSct[], logs: number, operators: number): boolean {
  return countLogs(scts) >= logs && countOperators(scts) >= operators
}

function countLogs(scts: readonly CheckedSct[]): number {
  return new Set(scts.map(({ logId }) => logId)).size
}

/** A log nobody here knows may be anybody's. */
function countOperators(scts: readonly CheckedSct[]): number {
  return new Set(scts.map(({ log, logId }) => log?.operator ?? logId)).size
}
