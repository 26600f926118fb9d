/** What is said in the clear before TLS begins: bounded reads from a stream, all against one clock. */
import type { Duplex } from 'node:stream'
import { type MpcertError, systemCode } from '../errors.ts'
import { afterSilence } from '../silence.ts'
import type { Text } from '../text.ts'

export interface TalkOptions {
  /** When all of it must be said, on the clock of `performance.now()`. */
  readonly deadline: number
  /** The peer's fault as an error: `why` is a predicate such as `closed the connection`. */
  readonly error: (why: Text, cause?: unknown) => MpcertError
  /** The same for silence. */
  readonly late: () => MpcertError
}

/** Neither a proxy's headers nor a server's greeting need more. */
const MAX_BYTES = 32 * 1024

/** Reads no byte more than was asked for: what follows stays in the stream. Every fault is an error of `options`. */
export class Talk {
  private readonly stream: Duplex
  private readonly options: TalkOptions
  private taken = 0
  private failure: unknown = null
  private ended = false
  private wake = () => {}

  constructor(stream: Duplex, options: TalkOptions) {
    this.stream = stream
    this.options = options
    stream.on('readable', this.onReadable).on('error', this.onError)
    stream.on('end', this.onEnd).on('close', this.onEnd)
  }

  send(bytes: Uint8Array | string): void {
    if (this.stream.writable) this.stream.write(bytes)
  }

  /** Exactly so many bytes. */
  take(length: number): Promise<Uint8Array> {
    return this.gather(bytes => (bytes.length >= length ? length : null))
  }

  /** Up to the first `end`, which is taken too, as Latin-1. */
  async until(end: string): Promise<string> {
    const bytes = await this.gather(seen => {
      const at = seen.indexOf(end, 0, 'latin1')
      return at < 0 ? null : at + end.length
    })
    return Buffer.from(bytes).toString('latin1')
  }

  /** The next line without its end. */
  async line(): Promise<string> {
    return (await this.until('\n')).replace(/\r?\n$/, '')
  }

  /** Bytes that came and were not asked for. */
  get surplus(): number {
    return this.stream.readableLength
  }

  error(why: Text): MpcertError {
    return this.options.error(why)
  }

  /** Hands the stream on. Its errors are heard to the last. */
  leave(): void {
    this.stream.off('readable', this.onReadable).off('end', this.onEnd).off('close', this.onEnd)
  }

  private readonly onReadable = () => this.wake()
  private readonly onEnd = () => {
    this.ended = true
    this.wake()
  }
  private readonly onError = (error: unknown) => {
    this.failure ??= error
    this.wake()
  }

  private async gather(enough: (seen: Buffer) => number | null): Promise<Uint8Array> {
    let seen = Buffer.alloc(0)
    for (;;) {
      const bytes = this.stream.read() as Buffer | null
      if (bytes) {
        seen = Buffer.concat([seen, bytes])
        const length = enough(seen)
        // Given back at once: after the stream's end it would take nothing back.
        if (length !== null && seen.length > length) this.stream.unshift(seen.subarray(length))
        this.taken += length ?? 0
        if (this.taken + (length === null ? seen.length : 0) > MAX_BYTES) throw this.error(TOO_MUCH)
        if (length !== null) return new Uint8Array(seen.subarray(0, length))
      } else await this.more()
    }
  }

  private async more(): Promise<void> {
    const { failure, ended } = this
    if (failure) throw this.options.error(endOf(failure), failure)
    if (ended) throw this.options.error(CLOSED)
    const leftMs = this.options.deadline - performance.now()
    if (leftMs <= 0) throw this.options.late()
    await new Promise<void>(resolve => {
      const callOff = afterSilence(leftMs, resolve)
      this.wake = () => {
        callOff()
        resolve()
      }
    })
  }
}

/** What a stranger said, fit to be quoted in one line: visible ASCII, not much of it. */
export function quote(said: string): string {
  const visible = said.replace(/[^\x20-\x7e]+/g, ' ').trim()
  return visible.length > 80 ? `${visible.slice(0, 80)}...` : visible
}

const CLOSED: Text = { en: 'closed the connection', 'zh-CN': '关闭了连接' }
const TOO_MUCH: Text = {
  en: `sent more than ${MAX_BYTES / 1024} KiB`,
  'zh-CN': `发送了超过 ${MAX_BYTES / 1024} KiB 的数据`,
}

function endOf(failure: unknown): Text {
  const code = systemCode(failure) ?? '?'
  if (code === 'ECONNRESET' || code === 'EPIPE')
    return { en: 'reset the connection', 'zh-CN': '重置了连接' }
  return { en: `broke the connection (${code})`, 'zh-CN': `中断了连接（${code}）` }
}
