/** One address of a target: opens its connections, one first and then a few at once, and keeps what each brought. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import { toBinary } from '../bytes.ts'
import type { Connect, Connection } from '../connect/connection.ts'
import type { Address } from '../connect/dns.ts'
import { type Interfaces, isNoRoute } from '../connect/tcp.ts'
import { DecodeError, systemCode } from '../errors.ts'
import { type Hello, UNKNOWN_NAME } from '../hello.ts'
import {
  type Attempt,
  isAccepted,
  isDropped,
  type Node,
  type Reach,
  recordError,
} from '../observation.ts'
import type { Probe, ProbePlan } from '../probe.ts'
import { offersTicket } from '../wire/client-hello.ts'
import { isRecordStart } from '../wire/foreign.ts'
import { VERSIONS } from '../wire/names.ts'
import { type LeftSession, NOTHING_SHOWN } from '../wire/session.ts'
import { type TlsOptions, tlsHandshake } from '../wire/tls.ts'
import { parseCertificate } from '../x509/certificate.ts'
import { Ahead } from './ahead.ts'

export interface NodeContext {
  readonly connect: Connect
  readonly port: number
  readonly servername: string | null
  readonly timeoutMs: number
  /** When everything about this target must be over, on the clock of `performance.now()`. */
  readonly deadline: number
  readonly signal: AbortSignal | null
  /** Connections at the same time. */
  readonly maxAtOnce: number
  readonly interfaces: Interfaces | undefined
  /** Whether some handshakes are finished. */
  readonly completes: boolean
  readonly onAttempt: (address: Address, hello: Hello, done: number, wanted: number) => void
}

/** Kindness: an address never sees more connections than this, unless more clients were asked for. */
const MAX_CONNECTIONS = 24
/** Beside one for each client: what the other probes want, and a second try. */
const MORE_CONNECTIONS = 8
/** Of a hello that was cut off. What happens thrice is how the server answers. */
const TRIES_AGAIN = 2
/** Nobody's verdict waits for an aside, so it need not be waited for as long. */
const ASIDE_MS = 3000

export class NodeProbe {
  readonly address: Address
  private readonly context: NodeContext
  private readonly attempts: Record<string, Attempt> = {}
  /** Hellos on their way, or done, by id. */
  private readonly begun = new Map<string, Hello>()
  private readonly askedAgain = new Set<string>()
  private first: Promise<void> = Promise.resolve()
  private readonly completedVersions = new Set<number>()
  private readonly leafKeys = new Map<string, KeyObject | null>()
  private session: LeftSession | null = null
  private ticketed = false
  private reach: Reach = { state: 'not-probed' }
  private rttMs: number | null = null
  private connections = 0
  private atOnce = 0
  private asksAll = false
  /** For the resumption, while its ticket is on the way. */
  private readonly ahead = new Ahead()
  private maxConnections = MAX_CONNECTIONS
  private wanted = 1

  constructor(address: Address, context: NodeContext) {
    this.address = address
    this.context = context
  }

  get connected(): boolean {
    return this.reach.state === 'connected'
  }

  /** Attempts in the order in which they were begun: which one ends first is chance. */
  record(): Node {
    const { address, reach, rttMs } = this
    const ended = [...this.begun.keys()].flatMap(id => {
      const attempt = this.attempts[id]
      return attempt ? [[id, attempt] as const] : []
    })
    return { address, reach, rttMs, attempts: Object.fromEntries(ended) }
  }

  /** What the first hello brought, once it is over; null where the address could not be reached. */
  async firstAnswer(): Promise<Attempt | null> {
    await this.first
    const [first = ''] = this.begun.keys()
    return this.attempts[first] ?? null
  }

  /**
   * The first connection: it also tells whether the address can be reached at all. Resolves as soon as the server
   * begins to answer in TLS, for then there is no harm in asking more, and at its end otherwise.
   */
  askFirst(hello: Hello): Promise<void> {
    return new Promise((resolve, reject) => {
      this.first = this.ask(hello, resolve).then(() => this.judgeReach(hello))
      this.first.then(resolve, reject)
    })
  }

  private judgeReach({ id }: Hello): void {
    const { [id]: attempt } = this.attempts
    if (attempt?.kind !== 'failed' || this.connected) return
    delete this.attempts[id]
    const { error } = attempt
    const noRoute =
      error.phase === 'connect' && isNoRoute(error, this.address, this.context.interfaces)
    this.reach = noRoute ? { state: 'no-route' } : { state: 'failed', error }
  }

  /** Everything the probes want to know; asks them again after each answer, until nothing new is wanted. */
  async askAll(probes: readonly Probe[], plan: ProbePlan): Promise<void> {
    this.maxConnections = Math.max(MAX_CONNECTIONS, plan.judged.length + MORE_CONNECTIONS)
    this.asksAll = true
    if (!(await this.answersAtAll(plan))) return
    const next = (): Hello | undefined => {
      // Who is cut off may be one too many: no more before that is known.
      if (this.cutOff().some(({ aside }) => !aside)) return undefined
      const wanted = probes.flatMap(probe => probe.wants(plan, this.attempts))
      const open = wanted.filter(({ id }) => !this.begun.has(id))
      this.wanted = this.begun.size + open.length
      return this.exhausted ? undefined : open[0]
    }
    const worker = async (_: unknown, index: number) => {
      // The first connection may still be open: it counts.
      if (index === 0) await this.first
      for (let hello = next(); hello; hello = next()) await this.ask(hello)
    }
    // What is learnt last may be worth a question that no worker waited for.
    do {
      await Promise.all(Array.from({ length: this.context.maxAtOnce }, worker))
      await this.first
      await this.askAgain(plan)
    } while (next())
    await this.ahead.close()
  }

  /** A port that speaks something else, or nothing at all, is not asked the same question twenty times. */
  private async answersAtAll({ judged: [first, ...others] }: ProbePlan): Promise<boolean> {
    const answer = first && this.attempts[first.id]
    if (answer?.kind === 'not-tls') return false
    if (answer?.kind !== 'timeout' || answer.after !== 'client-hello') return true
    const smallest = others.toSorted((a, b) => a.spec.suites.length - b.spec.suites.length)[0]
    if (!smallest) return false
    await this.ask(smallest)
    return this.attempts[smallest.id]?.kind !== 'timeout'
  }

  /** A connection refused or cut off in the crowd may have been one too many: asked once more, alone. */
  private async askAgain({ judged }: ProbePlan): Promise<void> {
    for (const hello of judged) {
      const isRefused = this.attempts[hello.id]?.kind === 'failed'
      if (!isRefused || this.askedAgain.has(hello.id) || this.exhausted) continue
      this.askedAgain.add(hello.id)
      await this.ask(hello)
    }
    for (const hello of this.cutOff().toSorted((a, b) => Number(!!a.aside) - Number(!!b.aside))) {
      if (this.exhausted) continue
      this.askedAgain.add(hello.id)
      for (let tries = 0; tries < TRIES_AGAIN && wasCut(this.attempts[hello.id]); tries++)
        await this.ask(hello)
    }
  }

  /** Hellos that were answered by the end of the connection alone, once, where others were accepted. */
  private cutOff(): readonly Hello[] {
    if (!Object.values(this.attempts).some(isAccepted)) return []
    return [...this.begun.values()].filter(({ id, aside }) => {
      const hasControl = aside === 'large' || aside === 'large-in-two'
      return wasCut(this.attempts[id]) && !hasControl && !this.askedAgain.has(id)
    })
  }

  private get exhausted(): boolean {
    const { signal, deadline } = this.context
    return (
      this.connections >= this.maxConnections ||
      signal?.aborted === true ||
      performance.now() > deadline
    )
  }

  /** `onTls` is told when the server begins to answer in TLS. */
  private async ask(hello: Hello, onTls?: () => void): Promise<void> {
    const { timeoutMs, completes, onAttempt } = this.context
    this.begun.set(hello.id, hello)
    try {
      const ahead = hello.aside === 'resumption' ? this.ahead.take() : null
      const { stream, rttMs } = await (ahead ?? this.connect())
      this.reach = { state: 'connected' }
      this.rttMs = Math.min(this.rttMs ?? rttMs, rttMs)
      const handshake = tlsHandshake(stream, {
        ...this.mannerOf(hello),
        complete: version => completes && !hello.aside && this.completesFirst(version, hello),
        onSession: session => {
          if (offersTicket(session.spec)) this.session = session
        },
        onTicketPromised: () => this.connectAhead(),
        leafKey: certificate => this.keyOf(certificate),
        timeouts: {
          readMs: hello.aside ? Math.min(timeoutMs, ASIDE_MS) : timeoutMs,
          totalMs: this.leftMs,
        },
      })
      if (onTls) stream.once('data', (bytes: Uint8Array) => isRecordStart(bytes) && onTls())
      this.attempts[hello.id] = await handshake
    } catch (failure) {
      const error = recordError(failure)
      const reset = error.phase === 'connect' && error.system === 'ECONNRESET'
      if (reset) this.reach = { state: 'connected' }
      this.attempts[hello.id] = reset ? RESET_AT_ONCE : { kind: 'failed', error }
    }
    this.atOnce--
    // Cut off at once, it is asked again: no hello costs more than one connection that counts.
    if (wasCut(this.attempts[hello.id])) this.connections--
    onAttempt(this.address, hello, Object.keys(this.attempts).length, this.wanted)
  }

  private connect(): Promise<Connection> {
    const { connect, port } = this.context
    this.connections++
    this.atOnce++
    return connect(this.address, port, this.leftMs)
  }

  /** What comes after the ticket need not wait for a connection then. */
  private connectAhead(): void {
    const hasRoom = this.atOnce < this.context.maxAtOnce && !this.exhausted
    const isWanted = this.asksAll && !this.session && !this.ahead.isOpen
    if (isWanted && hasRoom) this.ahead.open(() => this.connect())
  }

  private get leftMs(): number {
    const { timeoutMs, deadline } = this.context
    return Math.max(1, Math.min(timeoutMs, deadline - performance.now()))
  }

  /** How a hello is sent: most are sent as they are, for the name that is checked. */
  private mannerOf({
    spec,
    aside,
  }: Hello): Pick<TlsOptions, 'spec' | 'serverName' | 'resume' | 'inTwo'> {
    const { servername } = this.context
    switch (aside) {
      case 'unknown-name':
        return { spec, serverName: UNKNOWN_NAME }
      case 'resumption':
        return { spec: this.session?.spec ?? spec, serverName: servername, resume: this.session }
      default:
        return { spec, serverName: servername, inTwo: aside === 'large-in-two' }
    }
  }

  /** Most hellos are shown the same certificate. */
  private keyOf(certificate: Uint8Array): KeyObject | null {
    const id = toBinary(certificate)
    const key = this.leafKeys.has(id) ? this.leafKeys.get(id) : leafKey(certificate)
    this.leafKeys.set(id, key ?? null)
    return key ?? null
  }

  /**
   * One handshake of each version is finished, and one of an older version that takes tickets; the others stop after
   * the server's flight.
   */
  private completesFirst(version: number, { spec }: Hello): boolean {
    const first = !this.completedVersions.has(version)
    this.completedVersions.add(version)
    if (version >= VERSIONS['TLS 1.3'] || this.ticketed || !offersTicket(spec)) return first
    this.ticketed = true
    return true
  }
}

function wasCut(attempt: Attempt | undefined): boolean {
  return attempt?.kind === 'closed' && isDropped(attempt)
}

/** The reset came with the news that the connection stands: a port that takes none refuses it instead. */
const RESET_AT_ONCE: Attempt = {
  kind: 'closed',
  how: 'reset',
  after: 'client-hello',
  server: NOTHING_SHOWN,
  bytes: 0,
}

/** The key of a certificate as node:crypto has it; null where it cannot be read or is of a kind nobody can use. */
export function leafKey(certificate: Uint8Array): KeyObject | null {
  try {
    const { spki } = parseCertificate(certificate).publicKey
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  } catch (error) {
    if (error instanceof DecodeError || systemCode(error)?.startsWith('ERR_')) return null
    throw error
  }
}
