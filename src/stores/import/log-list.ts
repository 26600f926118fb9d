/** A list of Certificate Transparency logs: log_list.json, version 3 (googlechrome.github.io/CertificateTransparency). */
import { fromBase64, sha256Hex, toHex } from '../../bytes.ts'
import { DecodeError } from '../../errors.ts'
import { parseJson } from '../../shape.ts'
import type { CtLog } from '../ct-logs.ts'

export interface LogList {
  /** Such as `62.14`. */
  readonly version: string
  readonly logs: readonly CtLog[]
}

type Json = Readonly<Record<string, unknown>>

const MAX_LOGS = 10_000

/** Test logs, and logs that never asked to be listed, are left out. Throws a DecodeError that says where. */
export function readLogList(text: string): LogList {
  const list = asObject(parseJson(text, 'log list'), 'log list')
  const logs = asList(list['operators'], 'operators').flatMap((value, index) => {
    const path = `operators[${index}]`
    const operator = asObject(value, path)
    const name = asText(operator['name'], `${path}.name`)
    return (['logs', 'tiled_logs'] as const).flatMap(key =>
      asList(operator[key] ?? [], `${path}.${key}`).flatMap((log, at) =>
        readLog(asObject(log, `${path}.${key}[${at}]`), name, KINDS[key], `${path}.${key}[${at}]`),
      ),
    )
  })
  if (logs.length > MAX_LOGS) throw new DecodeError(`more than ${MAX_LOGS} logs`, 'log list', 0)
  if (new Set(logs.map(({ id }) => id)).size < logs.length)
    throw new DecodeError('the same log twice', 'log list', 0)
  return { version: asText(list['version'], 'version'), logs }
}

const KINDS = { logs: 'rfc6962', tiled_logs: 'static' } as const

/** What was issued while a log could be written to stays good when it can only be read. */
const STATES: Readonly<Record<string, CtLog['state']>> = {
  pending: 'pending',
  qualified: 'qualified',
  usable: 'usable',
  readonly: 'usable',
  retired: 'retired',
  rejected: 'rejected',
}

function readLog(log: Json, operator: string, kind: CtLog['kind'], path: string): CtLog[] {
  if (log['log_type'] === 'test' || log['state'] === undefined) return []
  const [state = '', since] = Object.entries(asObject(log['state'], `${path}.state`))[0] ?? []
  const known = STATES[state]
  if (!known) throw new DecodeError(`unknown state ${state}`, `${path}.state`, 0)
  const key = fromBase64(asText(log['key'], `${path}.key`))
  const id = sha256Hex(key)
  if (toHex(fromBase64(asText(log['log_id'], `${path}.log_id`))) !== id)
    throw new DecodeError('is not the SHA-256 of the key', `${path}.log_id`, 0)
  const interval = log['temporal_interval']
  return [
    {
      id,
      key,
      operator,
      name: asText(log['description'], `${path}.description`),
      kind,
      state: known,
      stateSince: asTime(asObject(since, `${path}.state`)['timestamp'], `${path}.state.timestamp`),
      interval:
        interval === undefined
          ? null
          : readInterval(asObject(interval, `${path}.temporal_interval`), path),
    },
  ]
}

function readInterval(value: Json, path: string): CtLog['interval'] {
  const from = asTime(value['start_inclusive'], `${path}.temporal_interval.start_inclusive`)
  const until = asTime(value['end_exclusive'], `${path}.temporal_interval.end_exclusive`)
  if (from < until) return { from, until }
  throw new DecodeError('ends before it begins', `${path}.temporal_interval`, 0)
}

function asObject(value: unknown, path: string): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json
  throw new DecodeError('object expected', path, 0)
}

function asList(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new DecodeError('list expected', path, 0)
}

function asText(value: unknown, path: string): string {
  if (typeof value === 'string' && value !== '') return value
  throw new DecodeError('text expected', path, 0)
}

function asTime(value: unknown, path: string): number {
  const ms = Date.parse(asText(value, path))
  if (Number.isFinite(ms)) return ms
  throw new DecodeError('time expected', path, 0)
}
