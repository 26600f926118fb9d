/** What a server did, as recorded: types, and the questions one asks of them. A judgement needs nothing else but a World. */
import type { Address } from './connect/dns.ts'
import type { FetchResult } from './connect/fetch.ts'
import { type ErrorCode, MpcertError, type Phase } from './errors.ts'
import type { Hello } from './hello.ts'
import { hellos } from './hellos/index.ts'
import type { HttpObservation, WebSocketObservation } from './observation/web.ts'
import type { Text } from './text.ts'
import type { Handshake } from './wire/outcome.ts'

export interface Observation {
  readonly target: ObservedTarget
  /** When it was taken, ms since the epoch. */
  readonly observedAt: number
  readonly resolution:
    | { readonly state: 'resolved' }
    | { readonly state: 'failed'; readonly error: RecordedError }
  /** One per address, in the resolver's order. */
  readonly nodes: readonly Node[]
  /** What was found in the user's library and at caIssuers URLs. */
  readonly issuers: readonly FetchedIssuer[]
  /** What responders and CRLs said of its certificates; empty where nobody was asked. */
  readonly revocation: readonly FetchedStatus[]
  /** Absent where nobody asked for it. */
  readonly http?: HttpObservation | undefined
  readonly websocket?: WebSocketObservation | undefined
  /** Each address got one handshake: what others would bring is no question. */
  readonly quick?: true | undefined
  /** Files that a server is to show, in place of what one did: then nobody was asked, and there are no nodes. */
  readonly material?: Material | undefined
}

export interface Material {
  /** In the order in which a server would read and send them. */
  readonly chain: readonly Uint8Array[]
  /** Which of them is the site's. */
  readonly leaf: number
  /** SubjectPublicKeyInfo of the private key, DER; null where none was given. Never the key itself. */
  readonly publicKey: Uint8Array | null
  /** What stands in its place today; null where nobody asked. */
  readonly live: Observation | null
}

export interface ObservedTarget {
  readonly input: string
  readonly host: string
  readonly port: number
  /** The name sent as SNI; null where none was sent. */
  readonly servername: string | null
  /** The name that the certificate must hold; null where files are judged for no name. */
  readonly verifyName: string | null
}

/** One address of the target and what it did with each hello. */
export interface Node {
  readonly address: Address
  readonly reach: Reach
  /** One round trip, ms. */
  readonly rttMs: number | null
  /** By hello id. The first address that answers gets all hellos; the others get one, and all where that differs. */
  readonly attempts: Readonly<Record<string, Attempt>>
}

export type Reach =
  | { readonly state: 'connected' }
  | { readonly state: 'failed'; readonly error: RecordedError }
  /** This machine has no route to that address family: the address is not checked from here. */
  | { readonly state: 'no-route' }
  | { readonly state: 'not-probed' }

/** One connection: what the server did, or why we could not ask. */
export type Attempt = Handshake | { readonly kind: 'failed'; readonly error: RecordedError }

export type Accepted = Attempt & { readonly kind: 'completed' | 'server-hello' }

/** The server's flight was valid, as far as it was looked at. */
export function isAccepted(attempt: Attempt | undefined): attempt is Accepted {
  return attempt?.kind === 'completed' || attempt?.kind === 'server-hello'
}

/** What clients are told: all but the answers to our asides. */
export function withoutAsides(attempts: Node['attempts']): Node['attempts'] {
  return Object.fromEntries(Object.entries(attempts).filter(([id]) => !asides.has(id)))
}

const asides = new Set(Object.values<Hello>(hellos).flatMap(({ id, aside }) => (aside ? [id] : [])))

/** No word of TLS came back: silence, or the end of the connection. */
export function isDropped(attempt: Attempt | undefined): boolean {
  const ended = attempt?.kind === 'closed' || attempt?.kind === 'timeout'
  return ended && attempt.after === 'client-hello'
}

export interface FetchedIssuer {
  /** Null where the user's library of intermediates held it. */
  readonly url: string | null
  readonly result: FetchResult
}

/** One answer to the question whether a certificate has been revoked. */
export interface FetchedStatus {
  /** SHA-256 of the certificate, lower-case hexadecimal. */
  readonly certificate: string
  readonly kind: 'ocsp' | 'crl'
  readonly url: string
  /** What was sent as extnValue of the nonce; null where none was. */
  readonly nonce: Uint8Array | null
  readonly result: FetchResult
}

/** An `MpcertError` that can be written down. */
export interface RecordedError {
  readonly code: ErrorCode
  readonly phase: Phase | null
  readonly system: string | null
  readonly text: Text
}

/** @throws whatever is no MpcertError: that is a bug, not a fact */
export function recordError(error: unknown): RecordedError {
  if (!(error instanceof MpcertError)) throw error
  const { code, phase, system, text } = error
  return { code, phase, system, text }
}

/** A fact that was found out, or why it was not. */
export type Fact<T> =
  | { readonly state: 'known'; readonly value: T }
  | { readonly state: 'unknown'; readonly why: UnknownWhy }

/** `uncertain`: the sources of what mpcert knows disagree. */
export type UnknownWhy = 'not-probed' | 'not-applicable' | 'uncertain' | ErrorCode
