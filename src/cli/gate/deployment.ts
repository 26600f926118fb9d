/** One certificate for one name, on its way to a server. */
import type { RecordedError } from '../../observation.ts'
import type { Place } from '../../place.ts'
import type { TargetResult } from '../../report.ts'
import type { Bundle } from './bundle.ts'

export interface Deployment {
  readonly bundle: Bundle | Unread
  /** A name, or a wildcard such as `*.example.com`; null where names are not checked. */
  readonly host: string | null
  readonly port: number
  /** Null outside of the current folder. */
  readonly origin: Place | null
}

/** A certificate that could not be read, or its key. */
export interface Unread {
  readonly file: string
  readonly error: RecordedError
}

export interface Deployments {
  readonly deployments: readonly Deployment[]
  /** Nothing of the configuration was left open. */
  readonly isWhole: boolean
}

/** Of what says no other. */
export const HTTPS = 443

/** What could not be checked is a target like any other. */
export function unreadResult({ file, error }: Unread, host: string | null): TargetResult {
  return {
    input: file,
    host,
    port: null,
    servername: null,
    status: 'unknown',
    grade: null,
    error,
    addresses: [],
    platforms: [],
    server: null,
    chains: [],
    findings: [],
  }
}
