/** The handshake messages of both sides in order, and their hash (RFC 8446 §4.4.1, RFC 5246 §7.4.9). */
import { createHash } from 'node:crypto'
import { MESSAGE_HASH, message } from './messages.ts'

export class Transcript {
  private messages: Uint8Array[] = []

  add(raw: Uint8Array): void {
    this.messages.push(raw)
  }

  /** `hash` is node:crypto's name; `md5-sha1` is the pair that TLS 1.0 and 1.1 use. */
  digest(hash: string): Uint8Array {
    const digest = createHash(hash)
    for (const raw of this.messages) digest.update(raw)
    return digest.digest()
  }

  /** After a HelloRetryRequest the first ClientHello counts as its hash alone. */
  foldFirst(hash: string): void {
    const [first = new Uint8Array(), ...rest] = this.messages
    this.messages = [message(MESSAGE_HASH, createHash(hash).update(first).digest()), ...rest]
  }
}
