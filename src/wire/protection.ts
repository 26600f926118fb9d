/** How records are protected: the contract of one direction's cipher, and the AEAD ones (RFC 5246 §6.2.3.3, RFC 8446 §5.2). */
import { type CipherGCM, createCipheriv, createDecipheriv, type DecipherGCM } from 'node:crypto'
import { concat, Writer } from '../bytes.ts'
import type { Suite } from './suite.ts'
import { violate } from './violation.ts'

/** A record's content and its type. */
export interface Plaintext {
  readonly type: number
  readonly content: Uint8Array
}

/** Decrypts the fragments of one direction, in order. */
export type Opener = (type: number, fragment: Uint8Array) => Plaintext

/** Encrypts; `type` is the outer type, which stands in the record's header. */
export type Sealer = (
  type: number,
  content: Uint8Array,
) => { readonly type: number; readonly fragment: Uint8Array }

export interface AeadKeys {
  readonly key: Uint8Array
  readonly iv: Uint8Array
}

/** Lengths in bytes; `explicit` is the part of the nonce that TLS 1.2 sends along. */
export interface AeadShape {
  readonly algorithm: string
  readonly keyLength: number
  readonly tagLength: number
  readonly explicit: number
}

const AEADS: Readonly<Record<string, AeadShape>> = {
  AES_128_GCM: { algorithm: 'aes-128-gcm', keyLength: 16, tagLength: 16, explicit: 8 },
  AES_256_GCM: { algorithm: 'aes-256-gcm', keyLength: 32, tagLength: 16, explicit: 8 },
  AES_128_CCM: { algorithm: 'aes-128-ccm', keyLength: 16, tagLength: 16, explicit: 8 },
  AES_256_CCM: { algorithm: 'aes-256-ccm', keyLength: 32, tagLength: 16, explicit: 8 },
  AES_128_CCM_8: { algorithm: 'aes-128-ccm', keyLength: 16, tagLength: 8, explicit: 8 },
  AES_256_CCM_8: { algorithm: 'aes-256-ccm', keyLength: 32, tagLength: 8, explicit: 8 },
  CHACHA20_POLY1305: { algorithm: 'chacha20-poly1305', keyLength: 32, tagLength: 16, explicit: 0 },
}

/** Null where the suite's cipher is no AEAD, or none we can compute. */
export function aeadShape(suite: Suite): AeadShape | null {
  return AEADS[suite.cipher] ?? null
}

/** The outer type of every protected record of TLS 1.3. */
export const APPLICATION_DATA = 23

export function seal13(shape: AeadShape, { key, iv }: AeadKeys): Sealer {
  let sequence = 0
  return (type, content) => {
    const inner = concat([content, Uint8Array.of(type)])
    const header = header13(inner.length + shape.tagLength)
    return {
      type: APPLICATION_DATA,
      fragment: encrypt(shape, key, mask(iv, sequence++), header, inner),
    }
  }
}

export function open13(shape: AeadShape, { key, iv }: AeadKeys): Opener {
  let sequence = 0
  return (_, fragment) => {
    const nonce = mask(iv, sequence++)
    const inner = decrypt(shape, key, nonce, header13(fragment.length), fragment)
    let end = inner.length - 1
    while (end >= 0 && inner[end] === 0) end--
    const type = inner[end]
    if (type === undefined)
      return violate('unexpected-message', 'a record of padding alone', 'unexpected_message')
    return { type, content: inner.subarray(0, end) }
  }
}

export function seal12(shape: AeadShape, { key, iv }: AeadKeys): Sealer {
  let sequence = 0
  return (type, content) => {
    const count = sequence++
    const nonce = shape.explicit > 0 ? concat([iv, counter(count)]) : mask(iv, count)
    const sealed = encrypt(shape, key, nonce, header12(count, type, content.length), content)
    return { type, fragment: shape.explicit > 0 ? concat([counter(count), sealed]) : sealed }
  }
}

export function open12(shape: AeadShape, { key, iv }: AeadKeys): Opener {
  let sequence = 0
  return (type, fragment) => {
    const count = sequence++
    const length = fragment.length - shape.explicit - shape.tagLength
    if (length < 0) return badRecord()
    const explicit = fragment.subarray(0, shape.explicit)
    const nonce = shape.explicit > 0 ? concat([iv, explicit]) : mask(iv, count)
    const header = header12(count, type, length)
    const content = decrypt(shape, key, nonce, header, fragment.subarray(shape.explicit))
    return { type, content }
  }
}

export function badRecord(): never {
  return violate('bad-record', 'a record that does not decrypt', 'bad_record_mac')
}

/** Record number, type, TLS 1.2 and length: what a MAC of TLS 1.2 covers beside the content. */
export function header12(
  sequence: number,
  type: number,
  length: number,
  version = 0x0303,
): Uint8Array {
  return new Writer().push(counter(sequence)).u8(type).u16(version).u16(length).bytes()
}

function header13(length: number): Uint8Array {
  return new Writer().u8(APPLICATION_DATA).u16(0x0303).u16(length).bytes()
}

/** A record number in 64 bits; no budget lets it exceed 32. */
function counter(sequence: number): Uint8Array {
  return new Writer().u32(0).u32(sequence).bytes()
}

/** The IV with the record number over its last bytes. */
function mask(iv: Uint8Array, sequence: number): Uint8Array {
  const count = counter(sequence)
  return iv.map((byte, index) => byte ^ (count[index - iv.length + count.length] ?? 0))
}

function encrypt(
  { algorithm, tagLength: authTagLength }: AeadShape,
  key: Uint8Array,
  nonce: Uint8Array,
  header: Uint8Array,
  content: Uint8Array,
): Uint8Array {
  const cipher = createCipheriv(algorithm as 'aes-128-gcm', key, nonce, {
    authTagLength,
  }) as CipherGCM
  cipher.setAAD(header, { plaintextLength: content.length })
  return concat([cipher.update(content), cipher.final(), cipher.getAuthTag()])
}

function decrypt(
  { algorithm, tagLength: authTagLength }: AeadShape,
  key: Uint8Array,
  nonce: Uint8Array,
  header: Uint8Array,
  sealed: Uint8Array,
): Uint8Array {
  const length = sealed.length - authTagLength
  if (length < 0) return badRecord()
  const cipher = createDecipheriv(algorithm as 'aes-128-gcm', key, nonce, {
    authTagLength,
  }) as DecipherGCM
  cipher.setAuthTag(sealed.subarray(length))
  cipher.setAAD(header, { plaintextLength: length })
  try {
    return concat([cipher.update(sealed.subarray(0, length)), cipher.final()])
  } catch {
    // node:crypto says no more than that authentication failed.
    return badRecord()
  }
}
