/** Record protection by a block cipher and a MAC (RFC 5246 §6.2.3.2; encrypt-then-MAC: RFC 7366). */
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import { concat, equal } from '../bytes.ts'
import type { RandomSource } from './client-hello.ts'
import { badRecord, header12, type Opener, type Sealer } from './protection.ts'
import type { Suite } from './suite.ts'

/** Lengths in bytes. */
export interface CbcShape {
  readonly algorithm: string
  readonly keyLength: number
  readonly blockLength: number
  readonly hash: string
  readonly macLength: number
}

export interface CbcKeys {
  readonly mac: Uint8Array
  readonly key: Uint8Array
  /** First IV of TLS 1.0; later versions send one with each record. */
  readonly iv: Uint8Array
}

/** How this connection uses it: record version, and the order of cipher and MAC. */
export interface CbcMode {
  readonly version: number
  readonly encryptThenMac: boolean
}

const CIPHERS: Readonly<Record<string, Pick<CbcShape, 'algorithm' | 'keyLength' | 'blockLength'>>> =
  {
    AES_128_CBC: { algorithm: 'aes-128-cbc', keyLength: 16, blockLength: 16 },
    AES_256_CBC: { algorithm: 'aes-256-cbc', keyLength: 32, blockLength: 16 },
    CAMELLIA_128_CBC: { algorithm: 'camellia-128-cbc', keyLength: 16, blockLength: 16 },
    CAMELLIA_256_CBC: { algorithm: 'camellia-256-cbc', keyLength: 32, blockLength: 16 },
    '3DES_EDE_CBC': { algorithm: 'des-ede3-cbc', keyLength: 24, blockLength: 8 },
  }

const MACS: Readonly<Record<string, Pick<CbcShape, 'hash' | 'macLength'>>> = {
  SHA: { hash: 'sha1', macLength: 20 },
  SHA256: { hash: 'sha256', macLength: 32 },
  SHA384: { hash: 'sha384', macLength: 48 },
}

/** Null where the suite has no block cipher with MAC, or none we can compute. */
export function cbcShape(suite: Suite): CbcShape | null {
  const cipher = CIPHERS[suite.cipher]
  const mac = MACS[suite.mac]
  return cipher && mac ? { ...cipher, ...mac } : null
}

const TLS_1_0 = 0x0301

export function sealCbc(
  shape: CbcShape,
  keys: CbcKeys,
  mode: CbcMode,
  random: RandomSource,
): Sealer {
  let sequence = 0
  let chained = keys.iv
  return (type, content) => {
    const count = sequence++
    const explicit = mode.version > TLS_1_0
    const iv = explicit ? random(shape.blockLength) : chained
    const body = mode.encryptThenMac
      ? content
      : concat([content, mac(shape, keys, mode, count, type, content)])
    const cipher = createCipheriv(shape.algorithm, keys.key, iv).setAutoPadding(false)
    const blocks = concat([cipher.update(pad(body, shape.blockLength)), cipher.final()])
    chained = blocks.subarray(blocks.length - shape.blockLength)
    const sent = explicit ? concat([iv, blocks]) : blocks
    const fragment = mode.encryptThenMac
      ? concat([sent, mac(shape, keys, mode, count, type, sent)])
      : sent
    return { type, fragment }
  }
}

export function openCbc(shape: CbcShape, keys: CbcKeys, mode: CbcMode): Opener {
  const { blockLength, macLength } = shape
  let sequence = 0
  let chained = keys.iv
  return (type, fragment) => {
    const count = sequence++
    let sent = fragment
    if (mode.encryptThenMac) {
      sent = fragment.subarray(0, Math.max(0, fragment.length - macLength))
      if (!equal(fragment.subarray(sent.length), mac(shape, keys, mode, count, type, sent)))
        return badRecord()
    }
    const explicit = mode.version > TLS_1_0
    const blocks = explicit ? sent.subarray(blockLength) : sent
    if (blocks.length === 0 || blocks.length % blockLength !== 0) return badRecord()
    const iv = explicit ? sent.subarray(0, blockLength) : chained
    const cipher = createDecipheriv(shape.algorithm, keys.key, iv).setAutoPadding(false)
    const body = unpad(concat([cipher.update(blocks), cipher.final()]))
    chained = blocks.slice(blocks.length - blockLength)
    if (mode.encryptThenMac) return { type, content: body }
    const content = body.subarray(0, Math.max(0, body.length - macLength))
    if (!equal(body.subarray(content.length), mac(shape, keys, mode, count, type, content)))
      return badRecord()
    return { type, content }
  }
}

function mac(
  { hash }: CbcShape,
  keys: CbcKeys,
  { version }: CbcMode,
  sequence: number,
  type: number,
  content: Uint8Array,
): Uint8Array {
  return createHmac(hash, keys.mac)
    .update(header12(sequence, type, content.length, version))
    .update(content)
    .digest()
}

/** Fills the last block with bytes that each say how many come before the last. */
function pad(body: Uint8Array, blockLength: number): Uint8Array {
  const missing = blockLength - (body.length % blockLength)
  return concat([body, new Uint8Array(missing).fill(missing - 1)])
}

function unpad(body: Uint8Array): Uint8Array {
  const length = (body.at(-1) ?? 0) + 1
  const padding = body.subarray(body.length - length)
  if (length > body.length || padding.some(byte => byte !== length - 1)) return badRecord()
  return body.subarray(0, body.length - length)
}
