/** Path building: depth first, over every candidate, each tested as soon as it is met (RFC 4158, RFC 5280 §6). */
import type { AnchorSet } from '../stores/store.ts'
import type { Certificate } from '../x509/certificate.ts'
import { type Candidate, Candidates, entityOf } from './candidates.ts'
import { policyProblem } from './certificate-policies.ts'
import { Budget, DEFAULT_LIMITS, LimitReached, type Limits, type Stats } from './limits.ts'
import { violation } from './name-constraints.ts'
import {
  type Flaw,
  flaw,
  isMoreSpecific,
  type PathError,
  type Problem,
  toPathError,
} from './path-error.ts'
import { edgeOf, isSignedBy, keyIdentifierRank, type SignatureCache } from './signatures.ts'
import { issuerFlaws, type Judgement } from './validate.ts'

export type { PathError } from './path-error.ts'

export interface PathInput extends Judgement {
  readonly leaf: Certificate
  /** In any order; duplicates, roots and strangers may be among them. */
  readonly pool: readonly Certificate[]
  readonly anchors: AnchorSet
  readonly limits?: Limits
  /** Pass the same one for all judgements of a chain: no signature is checked twice. */
  readonly signatures?: SignatureCache
  /** Has the last word on a path from leaf to anchor; the search goes on where it objects. */
  readonly finalCheck?: (path: readonly Certificate[], budget: Budget) => Problem | null
}

export type PathResult = {
  /** Dead ends, the first of many: why every other path failed. */
  readonly tried: readonly TriedPath[]
  readonly stats: Stats
} & (
  | {
      readonly ok: true
      /** From leaf to anchor; one certificate where the leaf itself is the anchor. */
      readonly path: readonly Certificate[]
    }
  | {
      readonly ok: false
      /** The most specific of all problems met. */
      readonly error: PathError
      /** The longest chain of good signatures, leaf first. */
      readonly partial: readonly Certificate[]
    }
)

export interface TriedPath {
  /** Leaf first; the last one is where it ended. */
  readonly path: readonly Certificate[]
  readonly error: PathError
}

/**
 * Looks for a path from the leaf to an anchor. What only concerns the leaf (dates, names, key usage) is left to
 * `checkLeaf`; what its issuers demand of it is not.
 */
export function buildPath(input: PathInput): PathResult {
  const search = new Search(input)
  const path = search.run()
  const { stats, tried } = search
  if (path) return { ok: true, path, tried, stats }
  return { ok: false, error: toPathError(search.worst), partial: search.partial, tried, stats }
}

/** One certificate on the way from the leaf upwards. */
interface Step {
  readonly certificate: Certificate
  readonly entity: string
  readonly below: Step | null
  /** 0 is the leaf. */
  readonly depth: number
  /** Intermediates up to this one that count: those that are not self-issued. */
  readonly intermediates: number
}

const MAX_TRIED = 50
/** Self-issued intermediates count for no limit of the standard, but the walk is recursive. */
const MAX_STEPS = 100

class Search {
  private readonly input: PathInput
  private readonly budget: Budget
  private readonly maxDepth: number
  private readonly cache: SignatureCache
  private readonly candidates: Candidates
  /** Edges looked at: each counts once, so that the outcome does not depend on what the cache holds. */
  private readonly edges = new Set<string>()
  private readonly own = {
    intermediate: new Map<Certificate, Flaw | null>(),
    anchor: new Map<Certificate, Flaw | null>(),
  }
  private readonly problems: { step: Step; problem: Problem }[] = []
  private longest: Step
  worst: Problem

  constructor(input: PathInput) {
    const { leaf, pool, anchors, policy, limits = DEFAULT_LIMITS, signatures = new Map() } = input
    this.input = input
    this.budget = new Budget(limits)
    this.maxDepth = Math.min(policy.maxDepth, limits.maxDepth)
    this.cache = signatures
    this.candidates = new Candidates(pool, anchors)
    const entity = entityOf(leaf)
    this.longest = { certificate: leaf, entity, below: null, depth: 0, intermediates: 0 }
    this.worst = noIssuer(this.longest)
  }

  run(): readonly Certificate[] | null {
    const { leaf, anchors } = this.input
    const start = this.longest
    try {
      if (anchors.bySubject(leaf.subject.key).some(({ sha256 }) => sha256 === leaf.sha256))
        return this.finish(start)
      return this.extend(start)
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error
      const { depth, certificate } = this.longest
      this.worst = { ...error.flaw, depth, certificate }
      return null
    }
  }

  get stats(): Stats {
    return this.budget.stats
  }

  get partial(): readonly Certificate[] {
    return toPath(this.longest)
  }

  get tried(): readonly TriedPath[] {
    return this.problems.map(({ step, problem }) => ({
      path: toPath(step),
      error: toPathError(problem),
    }))
  }

  /** The first good path that goes on from here, or null. */
  private extend(step: Step): readonly Certificate[] | null {
    let isDeadEnd = true
    for (const candidate of this.candidates.of(step.certificate)) {
      if (candidate.role === 'intermediate' && isOnPath(step, candidate.entity)) continue
      isDeadEnd = false
      const next = this.climb(step, candidate)
      const path = next && (candidate.role === 'anchor' ? this.finish(next) : this.extend(next))
      if (path) return path
    }
    return isDeadEnd ? this.note(step, noIssuer(step)) : null
  }

  /** The step up to a candidate that passes every test, or null. */
  private climb(below: Step, candidate: Candidate): Step | null {
    this.budget.spend('buildCalls')
    const { certificate, entity, role } = candidate
    if (candidate.unsigned === undefined)
      candidate.unsigned = this.signatureFlaw(below.certificate, certificate)
    if (candidate.unsigned) {
      const { depth, certificate: unsigned } = below
      return this.note(below, { ...candidate.unsigned, depth, certificate: unsigned })
    }
    const counts = role === 'intermediate' && !certificate.selfIssued
    const intermediates = below.intermediates + (counts ? 1 : 0)
    const step: Step = { certificate, entity, below, depth: below.depth + 1, intermediates }
    if (step.depth > this.longest.depth) this.longest = step
    const found = this.ownFlaw(candidate) ?? this.placeFlaw(step) ?? this.nameFlaw(step)
    return found ? this.note(step, { ...found, depth: step.depth, certificate }) : step
  }

  private finish(top: Step): readonly Certificate[] | null {
    const path = toPath(top)
    const problem = policyProblem(path, this.budget) ?? this.input.finalCheck?.(path, this.budget)
    return problem ? this.note(top, problem) : path
  }

  /** What is wrong with the certificate itself, wherever it stands. */
  private ownFlaw({ certificate, role }: Candidate): Flaw | null {
    const known = this.own[role].get(certificate)
    if (known !== undefined) return known
    const [found = null] = issuerFlaws(certificate, role, this.input)
    this.own[role].set(certificate, found)
    return found
  }

  private signatureFlaw(certificate: Certificate, issuer: Certificate): Flaw | null {
    const edge = edgeOf(certificate, issuer)
    if (!this.edges.has(edge)) this.budget.spend('signatures')
    this.edges.add(edge)
    const verdict = isSignedBy(certificate, issuer, this.cache)
    if (verdict === 'good') return null
    if (verdict === 'unsupported') {
      const { label: algorithm } = certificate.signatureAlgorithm
      return flaw('signature-unsupported', { algorithm, key: issuer.publicKey.label })
    }
    // A CA with several keys is common: a stranger of the same name proves no bad signature.
    const stranger = keyIdentifierRank(certificate, issuer) === 2
    return flaw(stranger ? 'issuer-differs' : 'signature-bad', { issuer: issuer.subject.text })
  }

  /** RFC 5280 §6.1.4 l and m: intermediates below that are not self-issued. */
  private placeFlaw({ certificate, below, depth, intermediates }: Step): Flaw | null {
    if (intermediates > this.maxDepth || depth > MAX_STEPS)
      return flaw('limit-depth', { limit: String(this.maxDepth) })
    const limit = certificate.basicConstraints?.pathLength
    const count = below?.intermediates ?? 0
    if (typeof limit !== 'number' || count <= limit) return null
    return flaw('path-length', { limit: String(limit), count: String(count) })
  }

  /** Its constraints on every name below; those of self-issued intermediates are left alone. */
  private nameFlaw({ certificate, below }: Step): Flaw | null {
    const { nameConstraints } = certificate
    if (!nameConstraints) return null
    for (let step = below; step; step = step.below) {
      if (step.depth > 0 && step.certificate.selfIssued) continue
      const found = violation(nameConstraints, step.certificate, this.budget)
      if (found) return found
    }
    return null
  }

  private note(step: Step, problem: Problem): null {
    if (this.problems.length < MAX_TRIED) this.problems.push({ step, problem })
    if (isMoreSpecific(problem, this.worst)) this.worst = problem
    return null
  }
}

/** Never the same name with the same key twice: what could follow was tried the first time. */
function isOnPath(top: Step, entity: string): boolean {
  for (let step: Step | null = top; step; step = step.below) if (step.entity === entity) return true
  return false
}

function toPath(top: Step): Certificate[] {
  const path: Certificate[] = []
  for (let step: Step | null = top; step; step = step.below) path.unshift(step.certificate)
  return path
}

function noIssuer({ certificate, depth }: Step): Problem {
  const { selfIssued, issuer } = certificate
  const reason = selfIssued ? 'self-signed' : 'issuer-unknown'
  return { reason, args: { issuer: issuer.text }, depth, certificate }
}
