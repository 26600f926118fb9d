/** The way out: stdout for the report, stderr for all else; a reader that leaves ends neither in an error. */
import { visibleLines } from '../text.ts'
import type { Host, Output } from './host.ts'
import { cannotWrite } from './write-file.ts'

export class Outlet {
  private readonly host: Host
  private pending: Promise<void> = Promise.resolve()
  private failure: unknown

  constructor(host: Host) {
    this.host = host
    // Each write hears of its own failure; without a listener the process would end here.
    for (const stream of [host.stdout, host.stderr]) stream.on('error', () => undefined)
  }

  write(text: string): void {
    this.enqueue(this.host.stdout, text)
  }

  /** @throws MpcertError ERR_FILE where stdout takes no more, though somebody reads it */
  async print(text: string): Promise<void> {
    this.write(text)
    await this.drained()
  }

  hint(text: string): void {
    this.enqueue(this.host.stderr, `mpcert: ${visibleLines(text)}\n`)
  }

  async error(text: string): Promise<void> {
    this.enqueue(this.host.stderr, `${visibleLines(text)}\n`)
    await this.pending
  }

  /** @throws MpcertError ERR_FILE, as `print` does */
  async drained(): Promise<void> {
    await this.pending
    if (this.failure !== undefined) throw cannotWrite('stdout', this.failure)
  }

  private enqueue(stream: Output, text: string): void {
    this.pending = this.pending.then(async () => {
      const failure = await send(stream, text)
      if (stream === this.host.stdout) this.failure ??= failure
    })
  }
}

/** Resolves when the text is out, or nobody is there any more to read it; to the error where it cannot be written. */
function send(stream: Output, text: string): Promise<unknown> {
  if (stream.destroyed || stream.writableEnded) return Promise.resolve(undefined)
  return new Promise(resolve => {
    stream.write(text, error => resolve(error && !isReaderGone(error) ? error : undefined))
  })
}

/** `mpcert ... | head` closes the pipe; Windows calls that EOF. */
function isReaderGone(error: NodeJS.ErrnoException): boolean {
  return error.code === 'EPIPE' || error.code === 'EOF' || error.code === 'ERR_STREAM_DESTROYED'
}
