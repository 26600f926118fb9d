/** How many connections an address is asked to bear: few at first, more while it answers well, fewer at once when it does not. */

export interface PaceLimits {
  /** Most connections at once. */
  readonly atOnce: number
  /** Most connections a second; null for no limit. */
  readonly perSecond: number | null
  /** Most connections in all. */
  readonly connections: number
  /** For one answer. */
  readonly timeoutMs: number
  /** When all must be over, on the clock of `performance.now()`. */
  readonly deadline: number
  readonly signal: AbortSignal | null
}

/** How a connection went: a `cut` may be how this server says no, or that it has had enough. */
export type Course = 'answered' | 'cut' | 'unanswered'

interface Waiting {
  readonly kind: 'any' | 'alone' | 'held'
  readonly go: (may: boolean) => void
}

/** At once after the first answer, or half of what is allowed: then one more for each answer in good time. */
const FIRST_STEP = 8
/** An answer that takes that much longer than the quickest one waits in a queue. */
const SLOW_FACTOR = 3
const SLOW_MS = 250
/**
 * While the address answers well, a connection is given up sooner, to be asked again later: but not before a server
 * that takes one after the other could have come to it.
 */
const PATIENCE_PER_CONNECTION = 2
const LEAST_PATIENCE_MS = 3000
/** So many in a row without an answer, the last ones alone: it will not answer any more. */
const MOST_UNANSWERED = 3

export class Pacer {
  readonly limits: PaceLimits
  sent = 0
  unanswered = 0
  /** Most that were open at once. */
  peak = 0
  exhausted: 'time' | 'connections' | 'patience' | null = null
  private limit = 1
  /** Above it the limit grows slowly: there it was too much once. */
  private ceiling: number
  private open = 0
  private isHeld = false
  private quickestMs = Number.POSITIVE_INFINITY
  private backedOffAt = 0
  private unansweredInRow = 0
  private silentAlone = 0
  private nextStartAt = 0
  private timer: NodeJS.Timeout | null = null
  private readonly queue: Waiting[] = []

  constructor(limits: PaceLimits) {
    this.limits = limits
    this.ceiling = limits.atOnce
    limits.signal?.addEventListener('abort', () => this.pump(), { once: true })
  }

  /**
   * Runs `ask` when its turn comes, with the time it may take; null where there is no turn any more.
   * `held`: the address is the caller's own already.
   */
  async run<T>(
    ask: (patienceMs: number) => Promise<T>,
    courseOf: (answer: T) => Course,
    held = false,
  ): Promise<T | null> {
    if (!(await this.turn(held ? 'held' : 'any'))) return null
    const begunAt = performance.now()
    const single = this.open === 1
    try {
      const answer = await ask(this.patienceMs(held))
      this.learn(courseOf(answer), begunAt, single)
      return answer
    } finally {
      this.open--
      this.pump()
    }
  }

  /** Has the address to itself: no other connection stands before, between or after those of `work`. */
  async alone(work: () => Promise<void>): Promise<void> {
    const held = await this.turn('alone')
    try {
      await work()
    } finally {
      if (held) this.isHeld = false
      this.pump()
    }
  }

  /** Another connection would start at once. */
  get hasRoom(): boolean {
    return this.queue.length === 0 && !this.isHeld && this.open < Math.floor(this.limit)
  }

  /** Too much was asked: half as much from now on, once for all that was under way. */
  backOff(begunAt = performance.now()): void {
    if (begunAt < this.backedOffAt) return
    this.backedOffAt = performance.now()
    this.limit = Math.max(1, Math.floor(this.limit / 2))
    this.ceiling = this.limit
  }

  /** The address does not answer any more what it has answered before. */
  giveUp(): void {
    this.exhausted ??= 'patience'
    this.pump()
  }

  private turn(kind: Waiting['kind']): Promise<boolean> {
    return new Promise(resolve => {
      const waiting = { kind, go: resolve }
      if (kind === 'held') this.queue.unshift(waiting)
      else this.queue.push(waiting)
      this.pump()
    })
  }

  private pump(): void {
    this.exhausted ??= this.whatRanOut()
    while (!this.isOver && this.queue[0] && this.mayStart(this.queue[0])) {
      const waitMs = this.nextStartAt - performance.now()
      if (waitMs > 0) {
        this.pumpLater(waitMs)
        return
      }
      const next = this.queue.shift()
      if (next?.kind === 'alone') this.isHeld = true
      else this.count()
      next?.go(true)
      this.exhausted ??= this.whatRanOut()
    }
    if (this.isOver) this.dismiss()
  }

  private count(): void {
    const { perSecond } = this.limits
    if (perSecond)
      this.nextStartAt = Math.max(performance.now(), this.nextStartAt) + 1000 / perSecond
    this.sent++
    this.open++
    this.peak = Math.max(this.peak, this.open)
  }

  private get isOver(): boolean {
    return this.exhausted !== null || this.limits.signal?.aborted === true
  }

  /** There are no turns any more. */
  private dismiss(): void {
    for (const { go } of this.queue.splice(0)) go(false)
  }

  private mayStart({ kind }: Waiting): boolean {
    if (this.isHeld) return kind === 'held'
    return kind === 'any' ? this.open < Math.floor(this.limit) : this.open === 0
  }

  private pumpLater(waitMs: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = null
      this.pump()
    }, waitMs)
  }

  private whatRanOut(): typeof this.exhausted {
    const { connections, deadline } = this.limits
    if (this.silentAlone >= MOST_UNANSWERED) return 'patience'
    if (this.sent >= connections) return 'connections'
    return performance.now() >= deadline ? 'time' : null
  }

  private patienceMs(held: boolean): number {
    const { timeoutMs, deadline, atOnce } = this.limits
    const known = Number.isFinite(this.quickestMs) && !held
    const queueMs = PATIENCE_PER_CONNECTION * (atOnce + 4) * this.quickestMs
    const patience = known ? Math.min(timeoutMs, Math.max(LEAST_PATIENCE_MS, queueMs)) : timeoutMs
    return Math.max(1, Math.min(patience, deadline - performance.now()))
  }

  private learn(course: Course, begunAt: number, single: boolean): void {
    if (course !== 'answered') {
      this.unanswered++
      if (course === 'unanswered') this.learnSilence(begunAt, single)
      return
    }
    const tookMs = performance.now() - begunAt
    const slow = tookMs > SLOW_FACTOR * this.quickestMs && tookMs > this.quickestMs + SLOW_MS
    const first = !Number.isFinite(this.quickestMs)
    this.unansweredInRow = 0
    this.silentAlone = 0
    this.quickestMs = Math.min(this.quickestMs, tookMs)
    if (slow) this.backOff(begunAt)
    else if (first) this.limit = Math.max(FIRST_STEP, this.limits.atOnce / 2)
    else this.limit += this.limit < this.ceiling ? 1 : 1 / this.limit
    this.limit = Math.min(this.limit, this.limits.atOnce)
  }

  private learnSilence(begunAt: number, single: boolean): void {
    this.backOff(begunAt)
    if (++this.unansweredInRow >= MOST_UNANSWERED) this.limit = 1
    if (single) this.silentAlone++
  }
}
