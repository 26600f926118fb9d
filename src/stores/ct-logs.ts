/** Certificate Transparency logs that Apple's log list knows (RFC 6962). A log younger than the list is unknown, not bad. */
import { createHash } from 'node:crypto'
import { fromBase64 } from '../bytes.ts'
import { readLines } from './file.ts'

export interface CtLog {
  /** SHA-256 of the key, hexadecimal: the log id of an SCT. */
  readonly id: string
  /** SubjectPublicKeyInfo, DER. */
  readonly key: Uint8Array
  readonly operator: string
  readonly name: string
  readonly kind: 'rfc6962' | 'static'
  /** Apple's word on it, and since when; a state never fails a certificate by itself. */
  readonly state: 'pending' | 'qualified' | 'usable' | 'retired' | 'rejected'
  readonly stateSince: number
  /** The log takes certificates whose notAfter lies from here (included) to there (excluded); null takes all. */
  readonly interval: { readonly from: number; readonly until: number } | null
}

/** The logs on file; read once, for few judgements need them. */
export function loadCtLogs(): readonly CtLog[] {
  cache ??= readLines<unknown, LogRecord>('ct-logs.jsonl').lines.map(decode)
  return cache
}

let cache: readonly CtLog[] | null = null

interface LogRecord extends Pick<CtLog, 'operator' | 'name' | 'kind' | 'state'> {
  readonly since: string
  readonly interval: readonly [string, string] | null
  readonly key: string
}

function decode({ key, interval, since, ...rest }: LogRecord): CtLog {
  const spki = fromBase64(key)
  return {
    ...rest,
    id: createHash('sha256').update(spki).digest('hex'),
    key: spki,
    stateSince: Date.parse(since),
    interval: interval && { from: Date.parse(interval[0]), until: Date.parse(interval[1]) },
  }
}
