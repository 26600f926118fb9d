/** Why a server refuses a hello: an alert seldom says, but what it does with other hellos does. */
import type { Hello } from '../hello.ts'
import type { Attempt } from '../observation.ts'
import { ALERTS, groupName, schemeName, suiteName, VERSIONS, versionName } from '../wire/names.ts'
import type { AcceptedFlight, Mismatch, Protocols, Refusal } from './facts.ts'
import { leafGroup } from './objection.ts'
import { protocolName } from './protocols.ts'

/** Null where it did not refuse. `hellos` by id: those that stand behind the accepted flights. */
export function refusalOf(
  attempt: Attempt,
  hello: Hello,
  accepted: readonly AcceptedFlight[],
  protocols: Protocols,
  hellos: ReadonlyMap<string, Hello> = new Map(),
): Refusal | null {
  if (attempt.kind !== 'alert' && attempt.kind !== 'closed') return null
  const shunned = shunsNewer(hello, accepted, hellos) ? 'newer-version' : null
  if (attempt.kind === 'alert') {
    if (attempt.description === ALERTS.protocol_version) return shunned ?? 'version'
    if (attempt.description === ALERTS.insufficient_security) return 'cipher'
  }
  const { spec } = hello
  const speaks = (version: number) => {
    const name = protocolName(version)
    return name === null ? null : protocols[name]
  }
  // A server that speaks no version with anybody refuses none.
  const speaksAny = Object.values(protocols).includes(true)
  if (speaksAny && spec.versions.every(version => speaks(version) === false)) return 'version'
  const shared = comparableFlights(accepted, hello)
  if (shared.length === 0) return 'other'
  const withSuite = shared.filter(({ flight }) => spec.suites.includes(flight.cipher ?? 0))
  if (withSuite.length === 0) return 'cipher'
  const withGroup = withSuite.filter(one =>
    groupsOf(one).every(group => spec.groups.includes(group)),
  )
  if (withGroup.length === 0) return 'group'
  const withScheme = withGroup.filter(
    ({ flight: { signatureScheme } }) =>
      signatureScheme === null || spec.signatureSchemes.includes(signatureScheme),
  )
  return withScheme.length === 0 ? 'signature' : (shunned ?? 'other')
}

/** It speaks a version that is on offer, but was never seen to choose it where a newer one was on offer too. */
function shunsNewer(
  { spec }: Hello,
  accepted: readonly AcceptedFlight[],
  hellos: ReadonlyMap<string, Hello>,
): boolean {
  const spoken = Math.max(...accepted.map(({ flight }) => flight.version ?? 0))
  if (!spec.versions.includes(spoken) || Math.max(...spec.versions) <= spoken) return false
  return accepted.every(({ hello, flight }) => {
    const versions = hellos.get(hello)?.spec.versions ?? []
    return versions.every(version => version <= (flight.version ?? 0))
  })
}

/** What a server does in the newest version it shares with a client: it chooses no older one (RFC 8446 section 4.2.1). */
export function comparableFlights(
  accepted: readonly AcceptedFlight[],
  { spec }: Hello,
): readonly AcceptedFlight[] {
  const known = accepted.filter(({ flight }) => spec.versions.includes(flight.version ?? 0))
  const newest = Math.max(...known.map(({ flight }) => flight.version ?? 0))
  return known.filter(({ flight }) => flight.version === newest)
}

/** What the client has of the kind in question, by name. */
export function clientOffer({ spec }: Hello, kind: Mismatch): string {
  const names: Record<typeof kind, readonly string[]> = {
    version: spec.versions.map(versionName),
    cipher: spec.suites.map(suiteName),
    group: spec.groups.map(groupName),
    signature: spec.signatureSchemes.map(schemeName),
  }
  return names[kind].join(', ')
}

/** What the server was seen to choose of that kind, by name. */
export function serverChoice(accepted: readonly AcceptedFlight[], kind: Mismatch): string {
  const names: Record<typeof kind, (flight: AcceptedFlight) => (string | null)[]> = {
    version: ({ flight }) => [named(flight.version, versionName)],
    cipher: ({ flight }) => [named(flight.cipher, suiteName)],
    group: one => groupsOf(one).map(groupName),
    signature: ({ flight }) => [named(flight.signatureScheme, schemeName)],
  }
  const seen = accepted.flatMap(names[kind]).filter(name => name !== null)
  return [...new Set(seen)].join(', ')
}

function named(code: number | null, name: (code: number) => string): string | null {
  return code === null ? null : name(code)
}

/** What a client must know to follow; up to TLS 1.2 the curve of the certificate too (RFC 8422 section 5.1). */
function groupsOf({ flight, leaf }: AcceptedFlight): readonly number[] {
  const isOld = (flight.version ?? 0) < VERSIONS['TLS 1.3']
  return [flight.group, isOld ? leafGroup(leaf) : null].filter(group => group !== null)
}
