/** What a rule may look at: facts of one cell, each known or not, and the cell itself. Types alone. */
import type { PathError } from '../chain/path-error.ts'
import type { CheckedSct } from '../chain/sct.ts'
import type { Status } from '../chain/status.ts'
import type { Address } from '../connect/dns.ts'
import type { DecodeError } from '../errors.ts'
import type { HttpAnswer, HttpVisit, UpgradeResult, VerifyFile } from '../observation/web.ts'
import type { Attempt, Fact, ObservedTarget, RecordedError } from '../observation.ts'
import type { Api, Family, Stack, Tier } from '../platform.ts'
import type { Text } from '../text.ts'
import type { ServerFlight } from '../wire/outcome.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { Objection } from './objection.ts'
import type { Server } from './server.ts'

/** A client and what the user asked for. Always known. Releases that judge alike are the same client to a rule. */
export interface Cell {
  readonly target: ObservedTarget
  readonly family: Family
  readonly tier: Tier
  readonly stack: Stack
  readonly api: Api
  /** How long this API waits for an answer, ms. */
  readonly timeoutMs: number
  /** Whether the domain list admits a URL; null where nobody brought one. */
  readonly allowed: Allowed | null
  /** The moment that is judged, ms since the epoch. */
  readonly at: number
  readonly thresholds: Thresholds
}

export type Allowed = (url: string, api: Api) => boolean

/** When a certificate counts as ending soon: the smallest of several counts. */
export interface Thresholds {
  readonly warning: readonly Threshold[]
  readonly critical: readonly Threshold[]
}

/** Time left, or the part of the lifetime left (0 to 1). */
export type Threshold = { readonly days: number } | { readonly part: number }

export interface Facts {
  /** What the server did with this stack's hello; unknown where nobody could ask, or it fell silent. */
  readonly attempt: Answer
  /** Why it refused that hello, by what it does with others; null where it did not. */
  readonly refusal: Refusal | null
  /** What the client has against the server's choice, so that it breaks off; null where nothing. */
  readonly objection: Objection | null
  /** The flight with which it accepted that hello, whatever the client makes of it. */
  readonly flight: ServerFlight
  /** Every flight of this server, whatever the hello. */
  readonly accepted: readonly AcceptedFlight[]
  readonly chain: SentChain
  readonly leaf: Certificate
  /** What this client has against the leaf itself, names and path apart. */
  readonly faults: readonly PathError[]
  /** The chain as this client builds it. */
  readonly trust: Trust
  /** What certificate and handshake bring of transparency; not applicable where this client demands none of that path. */
  readonly scts: readonly CheckedSct[]
  /** The list of roots of this very version is certain, as far as this chain hangs on it. */
  readonly listing: true
  /** Not applicable where nothing was stapled and nobody was asked. */
  readonly revocation: Revocation
  /** Known where TLS 1.2 and 1.3 are, or 1.2 is spoken. */
  readonly protocols: Protocols
  /** The same, known where TLS 1.0 and 1.1 are. */
  readonly legacyProtocols: Protocols
  readonly clientAuth: 'not-asked' | 'asked' | 'required'
  /** What does not depend on who asks; what nobody found out is null in it, and makes no verdict unknown. */
  readonly server: Server
  readonly nodes: readonly NodeSummary[]
  /** The request as a released Mini Program sends it. */
  readonly visit: HttpVisit
  /** The redirects that it met, https alone; known however it ends. */
  readonly redirects: readonly Redirect[]
  /** The same with every Referer, and with none. */
  readonly referers: Referers
  /** What it ends with; not applicable where a broken connection or a redirect to nowhere ends it. */
  readonly answer: UsualAnswer
  /** ms until the first byte of that answer, redirects and all. */
  readonly latency: number
  /** The answer, where it is text and no error. */
  readonly responseText: ResponseText
  /** Where only plain HTTP would lead on. */
  readonly plainHttp: PlainHttp | null
  /** The same many times at once. */
  readonly burst: Burst
  readonly verifyFile: VerifyFile
  readonly upgrade: Exclude<UpgradeResult, { kind: 'failed' }>
  /** Why this client cannot use the leaf's key; not applicable where a handshake tells. */
  readonly keyFit: KeyMisfit | null
  /** Whether the private key is that of the leaf; not applicable where none was given. */
  readonly keyPair: boolean
  /** What files are to replace; not applicable where nobody compares. */
  readonly live: Live
}

/** What the hello does not offer, or the certificate does not allow, that a handshake with this key needs; `key` is its kind. */
export interface KeyMisfit {
  readonly lacks: 'curve' | 'signature' | 'usage'
  readonly key: string
}

export interface Live {
  readonly leaf: Certificate
  /** This client trusts the chain that is there today. */
  readonly trusted: boolean
}

export type FactName = keyof Facts
export type CellFacts = { readonly [Name in FactName]: Fact<Facts[Name]> }

/** An attempt that the server answered, one way or the other. */
export type Answer = Exclude<Attempt, { kind: 'failed' | 'timeout' }>

/** What client and server do not share. */
export type Mismatch = 'version' | 'cipher' | 'group' | 'signature'

/** Or what the server does not bear: a newer version beside one it speaks, the size of the hello. */
export type Refusal = Mismatch | 'newer-version' | 'size' | 'other'

export interface Referers {
  readonly visits: readonly HttpVisit[]
  /** They name the user's own appid, not a made-up one. */
  readonly own: boolean
}

export interface Redirect {
  readonly from: string
  readonly to: string
}

export interface UsualAnswer extends HttpAnswer {
  readonly url: string
}

export interface ResponseText {
  readonly contentType: string | null
  /** Needs no charset: it is UTF-8 by definition (RFC 8259 section 8.1). */
  readonly isJson: boolean
  /** Charsets in lower case, as header and document declare them. */
  readonly header: string | null
  readonly document: string | null
  readonly boms: number
  /** Offset of the first byte that is no UTF-8. */
  readonly invalidAt: number | null
}

export interface PlainHttp {
  /** The https URL that redirects there; null where https does not answer at all. */
  readonly from: string | null
  readonly to: string
  readonly status: number
  readonly location: string | null
}

export interface Burst {
  readonly of: 'requests' | 'sockets'
  readonly asked: number
  /** Why, one for each: a status, a system's error code, or how the connection ended. */
  readonly turnedAway: readonly string[]
}

export interface AcceptedFlight {
  readonly hello: string
  readonly flight: ServerFlight
  readonly leaf: Certificate | null
}

/** The certificates as sent, with what each is there for. */
export interface SentChain {
  /** `chain-1`, `chain-2`...: the same bytes in the same order have the same id. */
  readonly id: string
  readonly entries: readonly SentEntry[]
}

export interface SentEntry {
  readonly der: Uint8Array
  /** Null where the bytes are no certificate; then `fault` says why. */
  readonly certificate: Certificate | null
  readonly fault: DecodeError | null
  readonly role: 'leaf' | 'issuer' | 'root' | 'duplicate' | 'unrelated'
  /** It certifies a certificate that stands before it, as TLS wants it. */
  readonly inOrder: boolean
}

export interface Trust {
  /** Leaf to anchor; null where this client builds none. */
  readonly path: readonly Certificate[] | null
  /** The path ends at a root that came with the system, not at one the user added. */
  readonly builtIn: boolean
  /** This system refuses what the root issues after that day, such as `2024-11-15`. */
  readonly distrust: { readonly root: string; readonly date: string } | null
  /** The root ends soon, or before the leaf does, and nothing takes its place; ms since the epoch. */
  readonly rootEnd: { readonly root: string; readonly notAfter: number } | null
  /** The leaf signed itself and is no anchor. */
  readonly selfSigned: boolean
  /** Certificates that the server should have sent. */
  readonly missing: readonly MissingIssuer[]
  /** The root that the chain leads to, where this system does not hold it. */
  readonly lacking: LackingRoot | null
  /** What else is wrong with the best path: anything but a missing root. */
  readonly error: PathError | null
}

export interface LackingRoot {
  readonly name: string
  readonly sha256: string | null
  /** Such as `iOS >= 10.1, Android >= 7.1.1`; null where no known store holds it. */
  readonly trustedBy: Text | null
  /** Every platform that lacks it is of the old tier. */
  readonly onlyOldLack: boolean
}

export interface MissingIssuer {
  readonly subject: string
  /** Its commonName, or the whole subject. */
  readonly label: string
  /** Key identifier, hex with colons, or null. */
  readonly keyId: string | null
  /** The caIssuers URL that should lead to it, or null. */
  readonly url: string | null
  /** Known where it was found, hexadecimal. */
  readonly sha256: string | null
}

export interface Revocation {
  /** What the response says that came with this handshake; null where none did. */
  readonly staple: Status | null
  /** The certificates below the anchor of which anybody was heard, leaf first. */
  readonly certificates: readonly CertificateStatus[]
}

export interface CertificateStatus {
  readonly certificate: Certificate
  readonly role: 'leaf' | 'intermediate'
  /** Never empty. */
  readonly heard: readonly HeardStatus[]
}

export interface HeardStatus {
  readonly source: 'staple' | 'ocsp' | 'crl'
  /** Null for what was stapled. */
  readonly url: string | null
  readonly status: Status
}

/** Protocol versions of the server: null where nobody found out. */
export type Protocols = Readonly<Record<ProtocolName, boolean | null>>
export type ProtocolName = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'

export interface NodeSummary {
  readonly address: Address
  readonly state: 'answered' | 'unreachable' | 'no-route' | 'not-probed'
  readonly error: RecordedError | null
  /** In what it departs from the first address that answers. */
  readonly differs: 'verdict' | 'certificate' | null
}
