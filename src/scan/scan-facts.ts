/** What a scan found out about one address. `null` always means that it could not be found out. */
import { VERSIONS } from '../wire/names.ts'

export interface ScanFacts {
  /** From SSL 2.0 to TLS 1.3, each of them. */
  readonly protocols: readonly ScannedProtocol[]
  /** Every group and scheme that was asked for, and whether the server uses it in any version. */
  readonly groups: readonly Scanned[]
  readonly signatureSchemes: readonly Scanned[]
  /** The primes seen, each once, smallest first. */
  readonly dhPrimes: readonly DhPrime[]
  readonly extras: ScanExtras
  readonly cost: ScanCost
}

export const SCAN_PROTOCOLS = ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const
export type ScanProtocol = (typeof SCAN_PROTOCOLS)[number]

/** On the wire; SSL 2.0 has a hello of its own. */
export const VERSION_CODES: Readonly<Record<Exclude<ScanProtocol, 'SSLv2'>, number>> = {
  SSLv3: VERSIONS['SSL 3.0'],
  TLSv1: VERSIONS['TLS 1.0'],
  'TLSv1.1': VERSIONS['TLS 1.1'],
  'TLSv1.2': VERSIONS['TLS 1.2'],
  'TLSv1.3': VERSIONS['TLS 1.3'],
}

export function protocolOf(code: number): ScanProtocol | undefined {
  return SCAN_PROTOCOLS.find(name => name !== 'SSLv2' && VERSION_CODES[name] === code)
}

export interface ScannedProtocol {
  readonly version: ScanProtocol
  readonly offered: boolean | null
  /** In the server's order where it is known, else strongest first. */
  readonly suites: readonly ScannedSuite[]
  /** Suites for which there was no answer. */
  readonly unknownSuites: number
  readonly preference: 'server' | 'client' | null
}

export interface ScannedSuite {
  /** Of three bytes in SSL 2.0. */
  readonly code: number
  /** The group it was negotiated with; null where the suite has none or the prime has no name. */
  readonly group: number | null
  readonly dhBits: number | null
}

export interface Scanned {
  readonly code: number
  readonly offered: boolean | null
}

export interface DhPrime {
  readonly bits: number
  readonly name: string | null
  readonly sha256: string
}

export interface ScanExtras {
  readonly fallbackScsv: boolean | null
  readonly extendedMasterSecret: boolean | null
  readonly secureRenegotiation: boolean | null
  readonly compression: boolean | null
  /** Lifetime in seconds of a ticket of that version; 0 leaves it to the client. `none`: no ticket came. */
  readonly tickets: readonly {
    readonly version: ScanProtocol
    readonly lifetimeS: number | 'none'
  }[]
  /** Bytes of 0-RTT data it would take; 0 for none. */
  readonly maxEarlyData: number | null
}

export interface ScanCost {
  readonly sent: number
  /** Connections that brought no answer: refused, silent, or cut off. */
  readonly unanswered: number
  /** Most connections open at once. */
  readonly atOnce: number
  readonly durationMs: number
  readonly rttMs: number | null
  /** What ran out before everything was asked. */
  readonly exhausted: 'time' | 'connections' | 'patience' | null
}
