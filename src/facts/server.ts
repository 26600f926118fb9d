/** What the server is like, whoever asks: read off everything one address did. Null is what nobody found out. */
import { matchesName } from '../chain/hostname.ts'
import type { Hello } from '../hello.ts'
import { hellos } from '../hellos/index.ts'
import { type Attempt, isAccepted, isDropped, type ObservedTarget } from '../observation.ts'
import { isLarge } from '../wire/hello-length.ts'
import { ALERTS, alertName, suiteName, VERSIONS } from '../wire/names.ts'
import type { ServerFlight } from '../wire/outcome.ts'
import { isWeak, provenKey, suiteOf } from '../wire/suite.ts'
import type { AcceptedFlight, Protocols } from './facts.ts'
import { certificateLabel } from './leaf.ts'
import { readChain } from './sent-chain.ts'

export interface Server {
  readonly versions: Protocols
  /** Kinds of keys its certificates have for this name: `RSA`, `ECDSA`... */
  readonly keys: readonly string[]
  /** Of the clients it accepted. */
  readonly forwardSecrecy: 'all' | 'some' | 'none' | null
  /** Protocols chosen by ALPN. */
  readonly alpn: readonly string[]
  readonly clientCertificate: 'not-asked' | 'asked' | 'required' | null
  readonly sessionTickets: boolean | null
  /** This and the next three: of TLS 1.2 and older. */
  readonly resumption: boolean | null
  readonly secureRenegotiation: boolean | null
  readonly extendedMasterSecret: boolean | null
  readonly compression: boolean | null
  /** Those it was seen to accept. */
  readonly weakSuites: readonly string[] | null
  /** What a client sees that sends no SNI, and one that sends a name nobody has. */
  readonly withoutName: NameAnswer | null
  readonly unknownName: NameAnswer | null
  /** It does not know the name it serves, and says so in a warning. */
  readonly warnsOfName: boolean | null
  /** A ClientHello that takes two segments, where a short one is answered. */
  readonly largeHello: 'answered' | 'dropped' | 'dropped-in-two' | null
}

export type NameAnswer =
  /** The certificate of the name that is checked, or another one that holds this name. */
  | { readonly answer: 'same' }
  /** A certificate that does not hold the name: what its holder is called, `?` where it cannot be read. */
  | { readonly answer: 'other'; readonly certificate: string }
  /** The alert, or `closed`. */
  | { readonly answer: 'refused'; readonly how: string }

export interface ServerSight {
  readonly target: ObservedTarget
  readonly attempts: Readonly<Record<string, Attempt>>
  /** By id. */
  readonly hellos: ReadonlyMap<string, Hello>
  readonly accepted: readonly AcceptedFlight[]
  readonly versions: Protocols
}

export function describeServer(sight: ServerSight): Server {
  const { attempts, accepted, versions } = sight
  const flights = accepted.map(({ flight }) => flight)
  const older = flights.filter(({ version }) => version !== null && version < VERSIONS['TLS 1.3'])
  const keys = flights.flatMap(({ cipher, signatureScheme }) => {
    return provenKey(cipher, signatureScheme) ?? []
  })
  const resumed = attempts[hellos.resumption.id]
  return {
    versions,
    keys: [...new Set(keys)].sort(),
    forwardSecrecy: forwardSecrecy(flights),
    alpn: [...new Set(flights.flatMap(({ alpn }) => alpn ?? []))].sort(),
    clientCertificate: clientCertificate(flights),
    sessionTickets: sessionTickets(sight),
    // A session taken up again shows no certificate.
    resumption: isAccepted(resumed) ? resumed.server.chain === null : null,
    secureRenegotiation: everyOf(older, ({ secureRenegotiation }) => secureRenegotiation),
    extendedMasterSecret: everyOf(older, ({ extendedMasterSecret }) => extendedMasterSecret),
    compression: compression(sight),
    weakSuites: weakSuites(sight),
    withoutName: nameAnswer(sight, hellos['no-name']),
    unknownName: nameAnswer(sight, hellos['unknown-name']),
    warnsOfName: someOf(flights, ({ warnings }) => warnings.includes(ALERTS.unrecognized_name)),
    largeHello: largeHello(sight),
  }
}

function someOf<T>(items: readonly T[], holds: (item: T) => boolean): boolean | null {
  return items.length > 0 ? items.some(holds) : null
}

function everyOf<T>(items: readonly T[], holds: (item: T) => boolean): boolean | null {
  return items.length > 0 ? items.every(holds) : null
}

/** Before TLS 1.3 they are promised in ServerHello; since, they come after the handshake. */
function sessionTickets({ attempts, accepted }: ServerSight): boolean | null {
  const told = accepted.filter(
    ({ hello, flight: { version } }) =>
      (version ?? 0) < VERSIONS['TLS 1.3'] || attempts[hello]?.kind === 'completed',
  )
  return someOf(told, ({ flight }) => flight.sessionTicket)
}

function forwardSecrecy(flights: readonly ServerFlight[]): Server['forwardSecrecy'] {
  const suites = flights.flatMap(({ cipher }) => (cipher === null ? [] : (suiteOf(cipher) ?? [])))
  if (suites.length === 0) return null
  // In TLS 1.3 no suite is without.
  const secret = suites.filter(({ keyExchange }) => /^(?:any$|DHE|ECDHE)/.test(keyExchange))
  return secret.length === suites.length ? 'all' : secret.length > 0 ? 'some' : 'none'
}

function clientCertificate(flights: readonly ServerFlight[]): Server['clientCertificate'] {
  const seen = flights.map(({ clientAuth }) => clientAuth)
  return (['required', 'asked', 'not-asked'] as const).find(auth => seen.includes(auth)) ?? null
}

/** Whoever offers compression, and is answered in TLS 1.2 or older, knows. TLS 1.3 has none. */
function compression({ attempts, hellos: known, versions }: ServerSight): boolean | null {
  const answers = Object.entries(attempts).flatMap(([id, attempt]) => {
    const offered = known.get(id)?.spec.compressionMethods.some(method => method !== 0)
    return offered && isAccepted(attempt) ? [attempt.server.compression] : []
  })
  if (answers.length > 0) return answers.some(method => method !== null && method !== 0)
  return speaksOnly13(versions) ? false : null
}

function weakSuites({ attempts, accepted, versions }: ServerSight): readonly string[] | null {
  const asked = attempts[hellos['weak-suites'].id]
  const flights = accepted.map(({ flight }) => flight)
  const seen = isAccepted(asked) ? [asked.server, ...flights] : flights
  const weak = seen.flatMap(({ cipher }) => {
    const suite = cipher === null ? null : suiteOf(cipher)
    return suite && isWeak(suite) ? suiteName(suite.code) : []
  })
  const refused = asked?.kind === 'alert' || asked?.kind === 'closed'
  return weak.length > 0 || refused || speaksOnly13(versions) ? [...new Set(weak)].sort() : null
}

function speaksOnly13(versions: Protocols): boolean {
  const { 'TLSv1.3': newest, ...older } = versions
  return newest === true && Object.values(older).every(spoken => spoken === false)
}

/** A refusal counts where a like hello with the name is accepted. */
function nameAnswer(
  { target, attempts, accepted, hellos: known }: ServerSight,
  { id, spec, aside }: Hello,
): NameAnswer | null {
  // The clients themselves send none.
  if (target.servername === null && aside === 'no-name') return { answer: 'same' }
  const attempt = attempts[id]
  if (!attempt || attempt.kind === 'failed' || attempt.kind === 'timeout') return null
  if (isAccepted(attempt)) {
    const { chain } = attempt.server
    if (!chain || chain.length === 0) return null
    const [shown] = readChain(id, chain).entries
    if (!shown?.certificate) return { answer: 'other', certificate: '?' }
    const { certificate } = shown
    const seen = accepted.some(({ leaf }) => leaf?.sha256 === certificate.sha256)
    const { verifyName } = target
    return seen || (verifyName !== null && matchesName(certificate, verifyName))
      ? { answer: 'same' }
      : { answer: 'other', certificate: certificateLabel(certificate) }
  }
  const newest = Math.max(...spec.versions)
  const comparable = accepted.some(
    ({ hello, flight: { version, cipher } }) =>
      spec.versions.includes(version ?? 0) &&
      spec.suites.includes(cipher ?? 0) &&
      known.get(hello)?.spec.versions.some(offered => offered >= newest),
  )
  if (!comparable) return null
  if (attempt.kind === 'alert') return { answer: 'refused', how: alertName(attempt.description) }
  return attempt.kind === 'closed' ? { answer: 'refused', how: 'closed' } : null
}

/**
 * A client's large hello that is answered is proof; one that is dropped is none, for it holds new things as well. A
 * small one must be answered after those that were dropped.
 */
function largeHello({ attempts, hellos: known }: ServerSight): Server['largeHello'] {
  const large = attempts[hellos.large.id]
  const inTwo = attempts[hellos['large-in-two'].id]
  if (isAccepted(attempts[hellos['small-again'].id])) {
    if (isDropped(large)) return 'dropped'
    if (isAccepted(large) && isDropped(inTwo)) return 'dropped-in-two'
  }
  const answered = Object.entries(attempts).some(([id, attempt]) => {
    const hello = known.get(id)
    return isAccepted(attempt) && hello && isLarge(hello.spec)
  })
  return answered ? 'answered' : null
}
