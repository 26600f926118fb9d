/** A connection opened before it is needed, so that it stands when what it waits for has come. */
import type { Connection } from '../connect/connection.ts'

export class Ahead {
  private opening: Promise<Connection> | null = null

  get isOpen(): boolean {
    return this.opening !== null
  }

  open(connect: () => Promise<Connection>): void {
    this.opening = connect().then(connection => {
      // A reset before it is taken is heard by whoever takes it.
      connection.stream.on('error', () => undefined)
      return connection
    })
    this.opening.catch(() => undefined)
  }

  /** From now on it is the caller's. */
  take(): Promise<Connection> | null {
    const { opening } = this
    this.opening = null
    return opening
  }

  /** Nobody needs it after all. */
  async close(): Promise<void> {
    const unused = await this.take()?.catch(() => null)
    unused?.stream.end(() => unused.stream.destroy())
  }
}
