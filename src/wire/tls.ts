/** Runs the client over a stream, against the clock. */
import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { systemCode } from '../errors.ts'
import { afterSilence } from '../silence.ts'
import { handshake } from './client.ts'
import type { ClientHelloSpec, RandomSource } from './client-hello.ts'
import { createKeyShare } from './key-exchange.ts'
import type { Handshake } from './outcome.ts'
import type { Flow, Input, Patience } from './record.ts'
import type { ClientOptions } from './session.ts'

export interface TlsOptions
  extends Pick<
    ClientOptions,
    | 'spec'
    | 'serverName'
    | 'complete'
    | 'leafKey'
    | 'onSession'
    | 'onTicketPromised'
    | 'onTicket'
    | 'resume'
  > {
  /** Default: node:crypto's. A fixed source gives the same ClientHello each time. */
  readonly random?: RandomSource
  readonly timeouts: Timeouts
  /** Sends the ClientHello in two pieces, with a pause between them, so that they travel apart. */
  readonly inTwo?: boolean
}

export interface Timeouts {
  /** Between two bytes of the server. */
  readonly readMs: number
  /** For the whole handshake. */
  readonly totalMs: number
}

/** How long the stream may take to end before it is destroyed. */
const GRACE_MS = 1000
/** Between the two pieces of a ClientHello: the first one must be gone, and read, before the second comes. */
const PAUSE_MS = 40

/**
 * One TLS handshake over a connected stream, which is ended with it, and destroyed soon after.
 * Whatever the server does is a value; the promise is rejected only where the hello asks for the impossible.
 * @throws UsageError for a key share of a group we have no arithmetic for
 */
export async function tlsHandshake(stream: Duplex, options: TlsOptions): Promise<Handshake> {
  const { random = randomBytes, timeouts } = options
  const keyShare = keyShareMaker(random)
  const start = () => handshake({ ...options, random, keyShare })
  return (await converse(stream, start, timeouts, options.inTwo)).handshake
}

/**
 * Runs a machine over a connected stream to its conclusion; the stream is ended with it, and destroyed soon after.
 * `inTwo`: what comes first goes out in two segments.
 */
export async function converse<T extends { readonly farewell: Uint8Array }>(
  stream: Duplex,
  start: () => Flow<T>,
  timeouts: Timeouts,
  inTwo = false,
): Promise<T> {
  const startedAt = performance.now()
  const input = listen(stream)
  try {
    const machine = start()
    let step = machine.next()
    const sentAt = performance.now()
    let rttMs = 0
    while (!step.done) {
      if (step.value.prepared) {
        await step.value.prepared
        step = machine.next({ kind: 'quiet' })
        continue
      }
      if (inTwo && rttMs === 0) await writeApart(stream, step.value.send)
      else write(stream, step.value.send)
      const leftMs = startedAt + timeouts.totalMs - performance.now()
      const waitMs = Math.min(leftMs, patienceMs(step.value.patience, rttMs, timeouts))
      const next = await input.next(waitMs)
      rttMs ||= performance.now() - sentAt
      step = machine.next(next)
    }
    write(stream, step.value.farewell)
    return step.value
  } finally {
    input.close()
    await endStream(stream)
  }
}

/** The records of the ClientHello that `tlsHandshake` would send. */
export function encodeClientHello(
  spec: ClientHelloSpec,
  serverName: string | null,
  random: RandomSource = randomBytes,
): Uint8Array {
  const keyShare = keyShareMaker(random)
  const unasked = { complete: () => false, leafKey: () => null }
  const step = handshake({ spec, serverName, random, keyShare, ...unasked }).next()
  return step.done ? step.value.farewell : step.value.send
}

function keyShareMaker(random: RandomSource): ClientOptions['keyShare'] {
  return group => createKeyShare(group, random)
}

function write(stream: Duplex, bytes: Uint8Array): void {
  if (bytes.length > 0 && stream.writable) stream.write(bytes)
}

async function writeApart(stream: Duplex, bytes: Uint8Array): Promise<void> {
  const middle = bytes.length >> 1
  write(stream, bytes.subarray(0, middle))
  await delay(PAUSE_MS)
  write(stream, bytes.subarray(middle))
}

function patienceMs(patience: Patience, rttMs: number, { readMs }: Timeouts): number {
  return patience ? patience.roundTrips * rttMs + patience.ms : readMs
}

interface InputQueue {
  /** The next input, or `quiet` after `waitMs`. */
  next(waitMs: number): Promise<Input>
  close(): void
}

/** Takes what the stream gives, in order; after an end there is nothing but that end. */
function listen(stream: Duplex): InputQueue {
  const queue: Input[] = []
  let wake: (() => void) | null = null
  let ended: Input | null = null
  const push = (input: Input) => {
    if (ended) return
    if (input.kind === 'end') ended = input
    queue.push(input)
    wake?.()
  }
  const onData = (bytes: Uint8Array) => push({ kind: 'bytes', bytes })
  const onEnd = () => push({ kind: 'end', how: 'fin' })
  const onError = (error: unknown) =>
    push(systemCode(error) === 'ETIMEDOUT' ? { kind: 'quiet' } : { kind: 'end', how: 'reset' })
  const onClose = () => push({ kind: 'end', how: 'reset' })
  stream.on('data', onData).on('end', onEnd).on('error', onError).on('close', onClose)
  if (stream.destroyed || stream.readableEnded) push({ kind: 'end', how: 'reset' })
  return {
    async next(waitMs) {
      if (waitMs <= 0) return { kind: 'quiet' }
      if (queue.length === 0 && !ended) {
        await new Promise<void>(resolve => {
          const callOff = afterSilence(waitMs, resolve)
          wake = () => {
            callOff()
            resolve()
          }
        })
        wake = null
      }
      return queue.shift() ?? ended ?? { kind: 'quiet' }
    },
    close() {
      // Errors are heard to the last: a reset during the farewell must not reach the process.
      stream.off('data', onData).off('end', onEnd).off('close', onClose)
    },
  }
}

/** FIN, then a short grace in which the peer may read it; what it still sends is thrown away. Resolves once it is out. */
function endStream(stream: Duplex): Promise<void> {
  return new Promise(resolve => {
    if (stream.destroyed) return resolve()
    stream.resume()
    stream.end(resolve)
    const timer = setTimeout(() => stream.destroy(), GRACE_MS)
    // Neither may keep the process from ending.
    timer.unref()
    ;(stream as Partial<Socket>).unref?.()
    stream.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
