/** What arrives on a stream, kept until somebody takes it; bounded in bytes and in time. */
import type { Duplex } from 'node:stream'

/** Why nothing could be taken. */
export type Lack = 'closed' | 'silent' | 'too-much'

const MAX_BYTES = 1 << 20

export class Inbox {
  private bytes: Uint8Array = new Uint8Array()
  private total = 0
  private ended = false
  private wake = () => {}

  constructor(stream: Duplex) {
    stream.on('data', (chunk: Uint8Array) => {
      this.total += chunk.length
      if (this.total <= MAX_BYTES) this.bytes = Buffer.concat([this.bytes, chunk])
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
      const found = parse(this.bytes)
      if (found) {
        this.bytes = this.bytes.subarray(found.length)
        return found
      }
      if (this.total > MAX_BYTES) return 'too-much'
      if (this.ended) return 'closed'
      const leftMs = untilMs - performance.now()
      if (leftMs <= 0) return 'silent'
      await this.more(leftMs)
    }
  }

  private async more(leftMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>(resolve => {
      this.wake = resolve
      timer = setTimeout(resolve, leftMs)
    })
    clearTimeout(timer)
  }
}
