/** One address of a target: opens its connections, one first and then a few at once, and keeps what each brought. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import { toBinary } from '../bytes.ts'
import type { Address } from '../connect/dns.ts'
import { connectTcp, type Interfaces, isNoRoute } from '../connect/tcp.ts'
import { DecodeError, systemCode } from '../errors.ts'
import type { Hello } from '../hello.ts'
import { type Attempt, type Node, type Reach, recordError } from '../observation.ts'
import type { Probe, ProbePlan } from '../probe.ts'
import type { KeyShare } from '../wire/key-exchange.ts'
import { NOTHING_SHOWN } from '../wire/session.ts'
import { tlsHandshake } from '../wire/tls.ts'
import { parseCertificate } from '../x509/certificate.ts'

export interface NodeContext {
  readonly port: number
  readonly servername: string | null
  readonly timeoutMs: number
  /** When everything about this target must be over, on the clock of `performance.now()`. */
  readonly deadline: number
  readonly signal: AbortSignal | null
  readonly interfaces: Interfaces | undefined
  readonly onAttempt: (address: Address, hello: Hello, done: number, wanted: number) => void
}

/** Kindness: an address never sees more connections than this unless more clients were asked for, nor more at the same time. */
const MAX_CONNECTIONS = 24
const MAX_AT_ONCE = 8
/** Beside one for each client: versions one by one, and a second try. */
const MORE_CONNECTIONS = 8

export class NodeProbe {
  readonly address: Address
  private readonly context: NodeContext
  private readonly attempts: Record<string, Attempt> = {}
  private readonly completedVersions = new Set<number>()
  private readonly leafKeys = new Map<string, KeyObject | null>()
  private readonly hybridShares = new Map<number, KeyShare>()
  private reach: Reach = { state: 'not-probed' }
  private rttMs: number | null = null
  private connections = 0
  private maxConnections = MAX_CONNECTIONS
  private wanted = 1

  constructor(address: Address, context: NodeContext) {
    this.address = address
    this.context = context
  }

  get connected(): boolean {
    return this.reach.state === 'connected'
  }

  record(): Node {
    const { address, reach, rttMs, attempts } = this
    return { address, reach, rttMs, attempts }
  }

  /** The first connection: it also tells whether the address can be reached at all. */
  async askFirst(hello: Hello): Promise<void> {
    await this.ask(hello)
    const { [hello.id]: attempt } = this.attempts
    if (attempt?.kind !== 'failed' || this.connected) return
    delete this.attempts[hello.id]
    this.reach = isNoRoute(attempt.error, this.address.family, this.context.interfaces)
      ? { state: 'no-route' }
      : { state: 'failed', error: attempt.error }
  }

  /** Everything the probes want to know; asks them again until nothing new is wanted. */
  async askAll(probes: readonly Probe[], plan: ProbePlan): Promise<void> {
    this.maxConnections = Math.max(MAX_CONNECTIONS, plan.judged.length + MORE_CONNECTIONS)
    if (!(await this.answersAtAll(plan))) return
    for (;;) {
      const open = probes
        .flatMap(probe => probe.wants(plan, this.attempts))
        .filter(({ id }) => !(id in this.attempts))
      if (open.length === 0 || this.exhausted) break
      this.wanted = Object.keys(this.attempts).length + open.length
      await this.askTogether(open)
    }
    await this.retryFailed(plan)
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

  private async askTogether(hellos: readonly Hello[]): Promise<void> {
    const queue = [...hellos]
    const worker = async () => {
      for (let hello = queue.shift(); hello && !this.exhausted; hello = queue.shift())
        await this.ask(hello)
    }
    await Promise.all(Array.from({ length: MAX_AT_ONCE }, worker))
  }

  /** A connection refused in the crowd may have been one too many: asked once more, alone. */
  private async retryFailed({ judged }: ProbePlan): Promise<void> {
    for (const hello of judged)
      if (this.attempts[hello.id]?.kind === 'failed' && !this.exhausted) await this.ask(hello)
  }

  private get exhausted(): boolean {
    const { signal, deadline } = this.context
    return (
      this.connections >= this.maxConnections ||
      signal?.aborted === true ||
      performance.now() > deadline
    )
  }

  private async ask(hello: Hello): Promise<void> {
    const { port, servername, timeoutMs, deadline, onAttempt } = this.context
    this.connections++
    const leftMs = () => Math.max(1, Math.min(timeoutMs, deadline - performance.now()))
    try {
      const { socket, rttMs } = await connectTcp(this.address, port, leftMs())
      this.reach = { state: 'connected' }
      this.rttMs = Math.min(this.rttMs ?? rttMs, rttMs)
      this.attempts[hello.id] = await tlsHandshake(socket, {
        spec: hello.spec,
        serverName: servername,
        complete: version => this.completesFirst(version),
        leafKey: certificate => this.keyOf(certificate),
        timeouts: { readMs: timeoutMs, totalMs: leftMs() },
        hybridShares: this.hybridShares,
      })
    } catch (failure) {
      const error = recordError(failure)
      const reset = error.system === 'ECONNRESET'
      if (reset) this.reach = { state: 'connected' }
      this.attempts[hello.id] = reset ? RESET_AT_ONCE : { kind: 'failed', error }
    }
    onAttempt(this.address, hello, Object.keys(this.attempts).length, this.wanted)
  }

  /** Most hellos are shown the same certificate. */
  private keyOf(certificate: Uint8Array): KeyObject | null {
    const id = toBinary(certificate)
    const key = this.leafKeys.has(id) ? this.leafKeys.get(id) : leafKey(certificate)
    this.leafKeys.set(id, key ?? null)
    return key ?? null
  }

  /** One handshake of each version is finished; the others stop after the server's flight. */
  private completesFirst(version: number): boolean {
    if (this.completedVersions.has(version)) return false
    this.completedVersions.add(version)
    return true
  }
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
function leafKey(certificate: Uint8Array): KeyObject | null {
  try {
    const { spki } = parseCertificate(certificate).publicKey
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  } catch (error) {
    if (error instanceof DecodeError || systemCode(error)?.startsWith('ERR_')) return null
    throw error
  }
}
