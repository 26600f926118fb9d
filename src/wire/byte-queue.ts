/** Bytes that arrive in pieces and are taken out in others. */
export class ByteQueue {
  private buffer = new Uint8Array(0)
  private start = 0
  private end = 0

  get length(): number {
    return this.end - this.start
  }

  push(bytes: Uint8Array): void {
    if (this.end + bytes.length > this.buffer.length) {
      const needed = this.length + bytes.length
      const roomy = new Uint8Array(Math.max(needed, 2 * this.length))
      roomy.set(this.peek(this.length))
      this.buffer = roomy
      this.end = this.length
      this.start = 0
    }
    this.buffer.set(bytes, this.end)
    this.end += bytes.length
  }

  /** The next `length` bytes or what there is of them, as a view that the next `push` may overwrite. */
  peek(length: number): Uint8Array {
    return this.buffer.subarray(this.start, Math.min(this.start + length, this.end))
  }

  /** The next `length` bytes, which must be there, as a copy. */
  take(length: number): Uint8Array {
    const taken = this.peek(length).slice()
    this.start += taken.length
    return taken
  }
}
