/** Many servers that show the same: what was made of one holds for the next that its certificate names. */
import { toBase64 } from '../bytes.ts'
import { matchesName } from '../chain/hostname.ts'
import type { FetchedIssuer, Observation, ObservedTarget } from '../observation.ts'
import type { TargetResult } from '../report.ts'
import type { Finding } from '../rule.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { JudgedCell } from './cell.ts'
import { compareFindings, fingerprintOf } from './findings.ts'

/** Servers of one kind: the first of them, judged. */
interface Kind {
  readonly leaf: Certificate
  readonly issuers: readonly FetchedIssuer[]
  readonly result: TargetResult
  /** By fingerprint: what another host's is made of. */
  readonly findings: ReadonlyMap<string, Pick<Finding, 'rule' | 'about'>>
}

/** A target observed and judged. */
interface Member {
  readonly observation: Observation
  readonly result: TargetResult
}

/** Kinds that are kept in mind; the one that was not seen for longest is forgotten first. */
const MOST_KINDS = 32

/** For one world and one scope of judging. */
export class Fleet {
  private readonly kinds = new Map<string, Kind>()

  /** Null where it is of no known kind, or its certificate does not name it: then there are other words to say. */
  recall(seen: Observation): Member | null {
    const key = kindOf(seen)
    const kind = key === null ? undefined : this.kinds.get(key)
    if (key === null || !kind || !isNamed(kind.leaf, seen.target)) return null
    this.keep(key, kind)
    return { observation: { ...seen, issuers: kind.issuers }, result: resultOf(kind, seen) }
  }

  /** `seen` is the observation before anything was fetched for it. */
  remember(
    seen: Observation,
    { observation, result }: Member,
    leaf: Certificate | null,
    cells: readonly JudgedCell[],
  ): void {
    const key = kindOf(seen)
    if (key === null || !leaf || !isNamed(leaf, seen.target)) return
    const findings = cells.flatMap(cell => cell.findings)
    const byPrint = findings.map(finding => [fingerprintOf(finding, seen.target), finding] as const)
    const { issuers } = observation
    this.keep(key, { leaf, issuers, result, findings: new Map(byPrint) })
  }

  private keep(key: string, kind: Kind): void {
    this.kinds.delete(key)
    this.kinds.set(key, kind)
    const [oldest] = this.kinds.keys()
    if (this.kinds.size > MOST_KINDS && oldest !== undefined) this.kinds.delete(oldest)
  }
}

function resultOf({ result, findings }: Kind, { target, nodes }: Observation): TargetResult {
  const { input, host, port, servername } = target
  const own = result.findings.map(finding => {
    const known = findings.get(finding.fingerprint)
    return known ? { ...finding, fingerprint: fingerprintOf(known, target) } : finding
  })
  const addresses = result.addresses.map((one, index) => {
    const { ip = one.ip, family = one.family } = nodes[index]?.address ?? {}
    return { ...one, ip, family }
  })
  const names = { input, host, port, servername }
  return { ...result, ...names, addresses, findings: own.toSorted(compareFindings) }
}

/** Equal for servers of which one handshake shows the same; null where there is more than that. */
function kindOf({ nodes, quick, http, websocket, revocation }: Observation): string | null {
  const [node, ...others] = nodes
  const isMore = http || websocket || revocation.length > 0
  if (!quick || !node || others.length > 0 || isMore) return null
  // How many bytes it took is chance.
  return JSON.stringify(node.attempts, (name, value: unknown) => {
    if (name === 'bytes') return undefined
    return value instanceof Uint8Array ? toBase64(value) : value
  })
}

function isNamed(leaf: Certificate, { verifyName }: ObservedTarget): boolean {
  return verifyName !== null && matchesName(leaf, verifyName)
}
