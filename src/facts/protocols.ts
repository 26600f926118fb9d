/** Which protocol versions the server speaks, read off all attempts. */
import type { Hello } from '../hello.ts'
import type { Attempt } from '../observation.ts'
import { ALERTS, VERSIONS } from '../wire/names.ts'
import type { ProtocolName, Protocols } from './facts.ts'

const PROTOCOLS: readonly (readonly [ProtocolName, number])[] = [
  ['TLSv1', VERSIONS['TLS 1.0']],
  ['TLSv1.1', VERSIONS['TLS 1.1']],
  ['TLSv1.2', VERSIONS['TLS 1.2']],
  ['TLSv1.3', VERSIONS['TLS 1.3']],
]

export function protocolName(version: number): ProtocolName | null {
  return PROTOCOLS.find(([, code]) => code === version)?.[0] ?? null
}

/** Attempts by hello id; a hello that is not known here is passed over. */
export function protocolsOf(
  attempts: Readonly<Record<string, Attempt>>,
  hellos: ReadonlyMap<string, Hello>,
): Protocols {
  const entries = Object.entries(attempts).flatMap(([id, attempt]) => {
    const hello = hellos.get(id)
    return hello ? [{ versions: hello.spec.versions, attempt }] : []
  })
  const offered = (version: number): boolean | null => {
    if (entries.some(({ attempt }) => speaks(attempt, version))) return true
    return entries.some(({ versions, attempt }) => denies(attempt, versions, version))
      ? false
      : null
  }
  return Object.fromEntries(PROTOCOLS.map(([name, code]) => [name, offered(code)])) as Protocols
}

export function newestProtocol(protocols: Protocols): ProtocolName | null {
  return PROTOCOLS.findLast(([name]) => protocols[name])?.[0] ?? null
}

function speaks(attempt: Attempt, version: number): boolean {
  return 'server' in attempt && attempt.server.version === version
}

/** Asked for this version among others and got none of them, or asked for it alone, or for old ones alone, and was refused. */
function denies(attempt: Attempt, versions: readonly number[], version: number): boolean {
  if (!versions.includes(version)) return false
  if (attempt.kind === 'alert' && attempt.description === ALERTS.protocol_version) return true
  const alone = versions.length === 1 || versions.every(one => one < VERSIONS['TLS 1.2'])
  if (attempt.kind === 'alert' || attempt.kind === 'closed')
    return alone && attempt.after === 'client-hello'
  // A server chooses the newest version both know (RFC 8446 section 4.2.1).
  const chosen = 'server' in attempt ? attempt.server.version : null
  return chosen !== null && chosen < version
}
