/** Asks a server one question a connection, at the pace it bears. */
import { randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { type RecordedError, recordError } from '../observation.ts'
import { leafKey } from '../observe/node-probe.ts'
import { type Glance, glance } from '../wire/glance.ts'
import { createKeyShare, type KeyShare } from '../wire/key-exchange.ts'
import type { Handshake } from '../wire/outcome.ts'
import type { Ticket } from '../wire/session.ts'
import { type Ssl2Answer, ssl2Hello } from '../wire/ssl2.ts'
import { converse, tlsHandshake } from '../wire/tls.ts'
import { helloFor, type Offer } from './offers.ts'
import type { Course, Pacer } from './pacer.ts'

/** A stream to the server, ready for TLS. @throws MpcertError */
export type Connect = (timeoutMs: number) => Promise<Duplex>

/** There was no connection, or no turn for one. */
export type Failure =
  | { readonly kind: 'failed'; readonly error: RecordedError }
  | { readonly kind: 'not-asked' }

export interface Asker {
  /** `held`: within the pacer's `alone`. */
  glance(offer: Offer, held?: boolean): Promise<Glance | Failure>
  ssl2(held?: boolean): Promise<Ssl2Answer | Failure>
  /** A handshake of TLS that computes what it is shown; `onTicket` has it completed. */
  handshake(
    offer: Offer,
    options: { readonly held?: boolean; readonly onTicket?: (ticket: Ticket) => void },
  ): Promise<Handshake | Failure>
  /** Asks until there is an answer: twice in the crowd, twice alone. */
  insist<T extends { readonly kind: string }>(ask: (held: boolean) => Promise<T>): Promise<T>
}

export function createAsker(connect: Connect, serverName: string | null, pacer: Pacer): Asker {
  const shares = new Map<number, KeyShare>()
  const run = <T>(
    ask: (stream: Duplex, timeouts: { readMs: number; totalMs: number }) => Promise<T>,
    courseOf: (answer: T | Failure) => Course,
    held = false,
  ): Promise<T | Failure> =>
    pacer
      .run<T | Failure>(
        async patienceMs => {
          const until = performance.now() + patienceMs
          let stream: Duplex
          try {
            stream = await connect(patienceMs)
          } catch (failure) {
            return { kind: 'failed', error: recordError(failure) }
          }
          const leftMs = Math.max(1, until - performance.now())
          return ask(stream, { readMs: leftMs, totalMs: leftMs })
        },
        courseOf,
        held,
      )
      .then(answer => answer ?? NOT_ASKED)
  return {
    glance: (offer, held) =>
      run<Glance>(
        async (stream, timeouts) => {
          const spec = helloFor(offer)
          const own = spec.keyShares.flatMap(group => shareOf(group, shares) ?? [])
          const options = { spec, serverName, random: randomBytes, shares: own }
          return (await converse(stream, () => glance(options), timeouts)).glance
        },
        courseOf,
        held,
      ),
    ssl2: held =>
      run<Ssl2Answer>(
        async (stream, timeouts) =>
          (await converse(stream, () => ssl2Hello(randomBytes), timeouts)).answer,
        courseOf,
        held,
      ),
    handshake: (offer, { held, onTicket }) =>
      run<Handshake>(
        (stream, timeouts) =>
          tlsHandshake(stream, {
            spec: helloFor(offer),
            serverName,
            complete: () => onTicket !== undefined,
            leafKey,
            timeouts,
            ...(onTicket ? { onTicket } : {}),
          }),
        answer =>
          'server' in answer && answer.server.version !== null ? 'answered' : courseOf(answer),
        held,
      ),
    async insist(ask) {
      let answer = await ask(false)
      if (courseOf(answer) !== 'answered') answer = await ask(false)
      if (courseOf(answer) === 'answered') return answer
      await pacer.alone(async () => {
        answer = await ask(true)
        if (courseOf(answer) !== 'answered') answer = await ask(true)
      })
      return answer
    },
  }
}

const NOT_ASKED: Failure = { kind: 'not-asked' }

/** One share serves all: nothing secret is ever sent. */
function shareOf(group: number, shares: Map<number, KeyShare>): KeyShare | null {
  const share = shares.get(group) ?? createKeyShare(group, randomBytes)
  if (share) shares.set(group, share)
  return share
}

export function courseOf(answer: { readonly kind: string } | Failure): Course {
  if (answer.kind === 'closed') return 'cut'
  if (answer.kind === 'failed')
    return 'error' in answer && answer.error.system === 'ECONNRESET' ? 'cut' : 'unanswered'
  return answer.kind === 'timeout' || answer.kind === 'not-asked' ? 'unanswered' : 'answered'
}
