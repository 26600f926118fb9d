/** What the user imported, as values: a list of roots, a library of intermediates, or a list of transparency logs. */
import type { CtLog } from '../ct-logs.ts'
import type { Intermediates } from '../intermediates.ts'
import type { StoreName } from '../store.ts'

export type Imported = ImportedRoots | ImportedIntermediates | ImportedLogs

/** Where it came from. */
export interface Provenance {
  /** File, folder or URL, as the user named it. */
  readonly source: string
  /** SHA-256 of what was read there, hexadecimal. */
  readonly sha256: string
  /** The day on which it was right, such as `2026-11-22`. */
  readonly date: string
}

/** One version of one store: its anchors for TLS servers, and no others. */
export interface ImportedRoots extends Provenance {
  readonly kind: 'roots'
  readonly store: StoreName
  readonly version: string
  readonly roots: readonly ImportedRoot[]
  /** Null where the source does not speak of them. */
  readonly constraints: readonly ImportedConstraint[] | null
}

export interface ImportedRoot {
  readonly sha256: string
  /** DER; null where the list names it by its hash alone, and mpcert knows it. */
  readonly der: Uint8Array | null
}

/** Certificates with no SCT up to that day are refused under this root. */
export interface ImportedConstraint {
  readonly sha256: string
  /** Such as `2024-11-11`. */
  readonly date: string
}

export interface ImportedIntermediates extends Provenance {
  readonly kind: 'intermediates'
  readonly intermediates: Intermediates
}

export interface ImportedLogs extends Provenance {
  readonly kind: 'ct-logs'
  /** As the list names it, such as `62.14`. */
  readonly version: string
  readonly logs: readonly CtLog[]
}
