/** Who may have issued a certificate: the anchors and the certificates at hand that bear its issuer's name. */
import type { AnchorSet } from '../stores/store.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { Flaw } from './path-error.ts'
import { keyIdentifierRank } from './signatures.ts'

/** One possible issuer of one certificate. */
export interface Candidate {
  readonly certificate: Certificate
  readonly role: 'intermediate' | 'anchor'
  /** Name and key: equal for all certificates of one CA. */
  readonly entity: string
  /** Why its key did not make the signature; undefined until somebody looked. */
  unsigned?: Flaw | null
}

/** The graph that the search walks. Each certificate's candidates are found and put in order once. */
export class Candidates {
  private readonly anchors: AnchorSet
  private readonly pool: ReadonlyMap<string, readonly Certificate[]>
  private readonly known = new Map<Certificate, readonly Candidate[]>()

  constructor(pool: readonly Certificate[], anchors: AnchorSet) {
    this.anchors = anchors
    this.pool = bySubject(pool)
  }

  /** Anchors first; among each kind, those whose key identifier fits come first. */
  of(certificate: Certificate): readonly Candidate[] {
    const known = this.known.get(certificate)
    if (known) return known
    const key = certificate.issuer.key
    const candidates = [
      ...order(certificate, this.anchorsNamed(key)).map(toCandidate('anchor')),
      ...order(certificate, this.pool.get(key) ?? []).map(toCandidate('intermediate')),
    ]
    this.known.set(certificate, candidates)
    return candidates
  }

  private anchorsNamed(key: string): Certificate[] {
    const listed = this.anchors.bySubject(key).map(({ certificate }) => certificate)
    // Where a store lists only a hash, the certificate that was sent stands in for the anchor.
    const sent = (this.pool.get(key) ?? []).filter(
      certificate =>
        this.anchors.holds(certificate) &&
        !listed.some(({ spkiSha256 }) => spkiSha256 === certificate.spkiSha256),
    )
    return [...listed, ...sent]
  }
}

export function entityOf({ subject, spkiSha256 }: Certificate): string {
  return `${spkiSha256} ${subject.key}`
}

function toCandidate(role: Candidate['role']) {
  return (certificate: Certificate): Candidate => ({
    certificate,
    role,
    entity: entityOf(certificate),
  })
}

function order(certificate: Certificate, issuers: readonly Certificate[]): Certificate[] {
  const rank = new Map(issuers.map(issuer => [issuer, keyIdentifierRank(certificate, issuer)]))
  return issuers.toSorted((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0))
}

/** Each certificate once. */
function bySubject(pool: readonly Certificate[]): Map<string, Certificate[]> {
  const groups = new Map<string, Certificate[]>()
  const seen = new Set<string>()
  for (const certificate of pool) {
    if (seen.has(certificate.sha256)) continue
    seen.add(certificate.sha256)
    const group = groups.get(certificate.subject.key)
    if (group) group.push(certificate)
    else groups.set(certificate.subject.key, [certificate])
  }
  return groups
}
