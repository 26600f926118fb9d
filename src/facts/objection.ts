/** What a client has against a server's answer: a handshake counts only where its client would have gone through with it. */

import type { Limits } from '../limits.ts'
import type { Attempt } from '../observation.ts'
import type { ClientHelloSpec } from '../wire/client-hello.ts'
import { GROUPS, groupName, schemeName, suiteName, VERSIONS, versionName } from '../wire/names.ts'
import type { ServerFlight } from '../wire/outcome.ts'
import { suiteOf } from '../wire/suite.ts'
import type { Certificate } from '../x509/certificate.ts'

/** A client by what it offers and what it refuses. */
export interface Client {
  readonly spec: ClientHelloSpec
  readonly limits: Limits
}

export interface Objection {
  readonly to:
    | 'version'
    | 'cipher'
    | 'group' // of the key exchange or of the leaf; or a prime of more bits than it takes
    | 'signature'
    | 'key-usage'
    | 'small-dh'
    | 'downgrade'
    | 'renegotiation'
    | 'staple'
  /** What the server chose, by name; empty where there is nothing to name. */
  readonly choice: string
}

/** Whether a client goes through with it; null where the server's answer is not known. */
export interface Prediction {
  readonly connects: boolean | null
  readonly objection: Objection | null
}

/** What becomes of this client where the server does this with its hello; names and trust apart. */
export function predict(attempt: Attempt, client: Client, leaf: Certificate | null): Prediction {
  const objection = objectionTo(attempt, client, leaf)
  const open = attempt.kind === 'failed' || attempt.kind === 'timeout'
  const whole = attempt.kind === 'completed' || attempt.kind === 'server-hello'
  return { connects: open ? null : whole && objection === null, objection }
}

/** Null where it has nothing against it, or the server refused in its stead. `leaf` is that of the flight, if it can be read. */
export function objectionTo(
  attempt: Attempt,
  client: Client,
  leaf: Certificate | null,
): Objection | null {
  if (attempt.kind === 'failed') return null
  for (const check of checksFor(attempt)) {
    const objection = check(attempt.server, client, leaf)
    if (objection) return objection
  }
  return null
}

/** The versions it goes through with, newest first. */
export function acceptedVersions({ spec, limits }: Client): readonly number[] {
  return spec.versions.filter(version => version >= limits.oldestVersion)
}

/** The group of an EC key's curve, as the TLS registry numbers it; null for another key or an unnamed curve. */
export function leafGroup(leaf: Certificate | null): number | null {
  const [, curve] = /^EC (.+)$/.exec(leaf?.publicKey.label ?? '') ?? []
  const name = curve?.replace(/^P-(192|224|256|384|521)$/, 'secp$1r1')
  return (GROUPS as Readonly<Record<string, number>>)[name ?? ''] ?? null
}

type Check = (flight: ServerFlight, client: Client, leaf: Certificate | null) => Objection | null

/** A whole flight tells all; where we broke off before its end, what was not on offer is known and no more. */
function checksFor(attempt: Exclude<Attempt, { kind: 'failed' }>): readonly Check[] {
  const whole = attempt.server.clientAuth !== null
  if (whole || attempt.kind === 'server-hello') return CHECKS
  const foreign = attempt.kind === 'violation' && attempt.violation === 'parameter-not-offered'
  return foreign ? OFFER_CHECKS : []
}

const OFFER_CHECKS: readonly Check[] = [checkVersion, checkCipher, checkGroup, checkSignature]

/** In the order in which a client comes upon them. */
const CHECKS: readonly Check[] = [
  checkVersion,
  checkDowngrade,
  checkCipher,
  checkRenegotiation,
  checkLeaf,
  checkKeyUsage,
  checkStaple,
  checkField,
  checkGroup,
  checkSignature,
]

function checkVersion({ version }: ServerFlight, client: Client): Objection | null {
  if (version === null || acceptedVersions(client).includes(version)) return null
  return { to: 'version', choice: versionName(version) }
}

/** Who offers TLS 1.3 minds both marks, who ends at TLS 1.2 the older one. */
function checkDowngrade(flight: ServerFlight, { spec, limits }: Client): Objection | null {
  const { downgradeSentinel, version } = flight
  if (limits.downgradeMark === 'ignored' || downgradeSentinel === null) return null
  const lost = downgradeSentinel === 'tls12' ? VERSIONS['TLS 1.3'] : VERSIONS['TLS 1.2']
  const talkedDown = version !== null && version < lost
  return talkedDown && spec.versions.some(offered => offered >= lost)
    ? { to: 'downgrade', choice: versionName(version) }
    : null
}

function checkCipher({ cipher }: ServerFlight, { spec }: Client): Objection | null {
  if (cipher === null || spec.suites.includes(cipher)) return null
  return { to: 'cipher', choice: suiteName(cipher) }
}

function checkRenegotiation(flight: ServerFlight, { limits }: Client): Objection | null {
  if (limits.legacyRenegotiation === 'accepted' || flight.secureRenegotiation) return null
  return isOlder(flight) ? { to: 'renegotiation', choice: '' } : null
}

function checkLeaf(
  flight: ServerFlight,
  { spec, limits }: Client,
  leaf: Certificate | null,
): Objection | null {
  if (limits.leafCurve === 'ignored' || !isOlder(flight) || !leaf) return null
  if (!leaf.publicKey.label.startsWith('EC ') || spec.groups.length === 0) return null
  const group = leafGroup(leaf)
  if (group !== null && spec.groups.includes(group)) return null
  return { to: 'group', choice: group === null ? leaf.publicKey.label : groupName(group) }
}

/** Static RSA has a secret encrypted to the leaf's key; whatever else has a key exchange signed by it (RFC 5246 section 7.4.2). */
function checkKeyUsage(
  flight: ServerFlight,
  { limits }: Client,
  leaf: Certificate | null,
): Objection | null {
  const suite = flight.cipher === null ? null : suiteOf(flight.cipher)
  if (!suite || !leaf?.keyUsage) return null
  const place = isOlder(flight) ? suite.authentication : 'TLS 1.3'
  const needed = suite.keyExchange === 'RSA' ? 'keyEncipherment' : 'digitalSignature'
  const fine = leaf.keyUsage.includes(needed) || !limits.keyUsage.some(known => known === place)
  return fine ? null : { to: 'key-usage', choice: needed }
}

/** The feature is known by the number of the extension that it promises an answer to: status_request. */
function checkStaple(
  { ocspStaple, clientAuth }: ServerFlight,
  { limits }: Client,
  leaf: Certificate | null,
): Objection | null {
  const whole = clientAuth !== null
  const promised = leaf?.tlsFeature?.includes(5) === true
  if (limits.mustStaple === 'ignored' || !whole || !promised || ocspStaple !== null) return null
  return { to: 'staple', choice: '' }
}

function checkField({ dhBits }: ServerFlight, { limits: { dhBits: taken } }: Client) {
  if (dhBits === null) return null
  if (dhBits < taken.min) return { to: 'small-dh', choice: String(dhBits) } as const
  return dhBits > taken.max ? ({ to: 'group', choice: `DH ${dhBits}` } as const) : null
}

/** A prime of its own has no group; a well-known one needs none on offer (RFC 7919 section 4). */
function checkGroup({ group, dhBits }: ServerFlight, { spec }: Client): Objection | null {
  if (group === null || dhBits !== null || spec.groups.length === 0) return null
  return spec.groups.includes(group) ? null : { to: 'group', choice: groupName(group) }
}

function checkSignature(
  { version, cipher, signatureScheme }: ServerFlight,
  { spec: { signatureSchemes }, limits }: Client,
): Objection | null {
  if (signatureScheme !== null) {
    const known = signatureSchemes.length === 0 || signatureSchemes.includes(signatureScheme)
    return known ? null : { to: 'signature', choice: schemeName(signatureScheme) }
  }
  const suite = cipher === null ? null : suiteOf(cipher)
  const signed = suite && /^(DHE|ECDHE)$/.test(suite.keyExchange) && suite.authentication !== 'anon'
  const legacy = version !== null && version < VERSIONS['TLS 1.2']
  if (limits.legacySignatures === 'accepted' || !signed || !legacy) return null
  return { to: 'signature', choice: suite.authentication === 'RSA' ? 'MD5+SHA-1' : 'SHA-1' }
}

function isOlder({ version }: ServerFlight): boolean {
  return version !== null && version < VERSIONS['TLS 1.3']
}
