/** WebSocket frames, as far as control frames need them (RFC 6455 section 5). */
import { randomBytes } from 'node:crypto'

export const OPCODE = { close: 8, ping: 9, pong: 10 } as const

export interface Frame {
  readonly opcode: number
  readonly payload: Uint8Array
}

/** A whole control frame, masked as a client's must be (section 5.3). */
export function controlFrame(opcode: number, payload: Uint8Array): Uint8Array {
  const mask = randomBytes(4)
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))
  return Buffer.concat([Uint8Array.of(0x80 | opcode, 0x80 | payload.length), mask, masked])
}

/** The frame at the start; null where it is not whole yet. */
export function readFrame(
  bytes: Uint8Array,
): { readonly value: Frame; readonly length: number } | null {
  const [first, second] = bytes
  if (first === undefined || second === undefined) return null
  const short = second & 0x7f
  const lengthBytes = short === 127 ? 8 : short === 126 ? 2 : 0
  const start = 2 + lengthBytes + (second & 0x80 ? 4 : 0)
  if (bytes.length < start) return null
  const long = bytes.subarray(2, 2 + lengthBytes).reduce((sum, byte) => sum * 256 + byte, 0)
  const length = start + (lengthBytes === 0 ? short : long)
  if (bytes.length < length) return null
  return { value: { opcode: first & 0x0f, payload: bytes.slice(start, length) }, length }
}
