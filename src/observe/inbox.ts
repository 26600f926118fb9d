/** What arrives on a stream, kept until somebody takes it; bounded in bytes and in time. */
import type { Duplex } from 'node:stream'
import { afterSilence } from '../silence.ts'

/** Why nothing could be taken. */
export type Lack = 'closed' | 'silent' | 'too-much'

const MAX_BYTES = 8 << 20

export class Inbox {
  /** What has come and was not taken stands between `start` and `end`. */
  private store = new Uint8Array(4_096)
  private start = 0
  private end = 0
  private total = 0
  private ended = false
  private wake = () => {}

  constructor(stream: Duplex) {
    stream.on('data', (chunk: Uint8Array) => {
      this.total += chunk.length
      if (this.total <= MAX_BYTES) this.append(chunk)
      this.wake()
    })
    for (const event of ['end', 'close', 'error'])
      stream.on(event, () => {
        this.ended = true
        this.wake()
      })
  }

  /** Takes what `parse` reads off the start; it says how many bytes that were, or null for more. */
  async take<T>(
    parse: (bytes: Uint8Array) => { readonly value: T; readonly length: number } | null,
    untilMs: number,
  ): Promise<{ readonly value: T } | Lack> {
    for (;;) {
      const found = parse(this.store.subarray(this.start, this.end))
      if (found) {
        this.start += found.length
        return found
      }
      if (this.total > MAX_BYTES) return 'too-much'
      if (this.ended) return 'closed'
      const leftMs = untilMs - performance.now()
      if (leftMs <= 0) return 'silent'
      await this.more(leftMs)
    }
  }

  /** Room is doubled: a server that sends byte by byte must not make us copy everything each time. */
  private append(chunk: Uint8Array): void {
    const kept = this.store.subarray(this.start, this.end)
    if (this.end + chunk.length > this.store.length) {
      const needed = kept.length + chunk.length
      const store = needed > this.store.length / 2 ? new Uint8Array(needed * 2) : this.store
      store.set(kept)
      this.store = store
      this.start = 0
      this.end = kept.length
    }
    this.store.set(chunk, this.end)
    this.end += chunk.length
  }

  private async more(leftMs: number): Promise<void> {
    await new Promise<void>(resolve => {
      const callOff = afterSilence(leftMs, resolve)
      this.wake = () => {
        callOff()
        resolve()
      }
    })
  }
}
