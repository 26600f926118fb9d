/** How many certificate timestamps a leaf brings, and how many a client wants. */

import { toHex } from '../bytes.ts'
import { DecodeError } from '../errors.ts'
import type { CtDemand } from '../platform.ts'
import type { ServerFlight } from '../wire/outcome.ts'
import type { Certificate, Sct } from '../x509/certificate.ts'
import { decodeSctList } from '../x509/sct.ts'
import { lifetimeSeconds } from './leaf.ts'

export interface SctCount {
  readonly embedded: number
  /** How many embedded ones this client wants for such a lifetime. */
  readonly needed: number
  /** By TLS extension. */
  readonly delivered: number
}

/** Counts distinct logs; whether the timestamps are good is another question. */
export function countScts(leaf: Certificate, flight: ServerFlight, demand: CtDemand): SctCount {
  const table = demand.embedded.findLast(({ notBeforeFrom }) => leaf.notBefore >= notBeforeFrom)
  const seconds = lifetimeSeconds(leaf)
  return {
    embedded: countLogs(leaf.signedCertificateTimestamps ?? []),
    needed: table?.steps.find(({ maxSeconds }) => seconds <= maxSeconds)?.count ?? 0,
    delivered: countLogs(deliveredScts(flight)),
  }
}

/** A list that cannot be read holds none. */
function deliveredScts({ sctList }: ServerFlight): readonly Sct[] {
  if (sctList === null) return []
  try {
    return decodeSctList(sctList)
  } catch (error) {
    if (error instanceof DecodeError) return []
    throw error
  }
}

function countLogs(scts: readonly Sct[]): number {
  return new Set(scts.map(({ logId }) => toHex(logId))).size
}
