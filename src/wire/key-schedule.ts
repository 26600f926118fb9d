/** The key schedule of TLS 1.3 (RFC 8446 §7); hashes by their node:crypto names. */
import { createHash, createHmac } from 'node:crypto'
import { concat, utf8, Writer } from '../bytes.ts'

const EMPTY = new Uint8Array()

export interface TrafficSecrets {
  readonly client: Uint8Array
  readonly server: Uint8Array
}

export interface HandshakeSecrets extends TrafficSecrets {
  readonly handshake: Uint8Array
}

/** `transcript` is the hash of ClientHello to ServerHello. Without a pre-shared key. */
export function handshakeSecrets(
  hash: string,
  shared: Uint8Array,
  transcript: Uint8Array,
): HandshakeSecrets {
  const zeros = new Uint8Array(hashLength(hash))
  const early = extract(hash, zeros, zeros)
  const handshake = extract(hash, deriveSecret(hash, early, 'derived', emptyHash(hash)), shared)
  return {
    handshake,
    client: deriveSecret(hash, handshake, 'c hs traffic', transcript),
    server: deriveSecret(hash, handshake, 's hs traffic', transcript),
  }
}

/** `transcript` is the hash of ClientHello to the server's Finished. */
export function applicationSecrets(
  hash: string,
  handshake: Uint8Array,
  transcript: Uint8Array,
): TrafficSecrets {
  const zeros = new Uint8Array(hashLength(hash))
  const main = extract(hash, deriveSecret(hash, handshake, 'derived', emptyHash(hash)), zeros)
  return {
    client: deriveSecret(hash, main, 'c ap traffic', transcript),
    server: deriveSecret(hash, main, 's ap traffic', transcript),
  }
}

/** Key and IV of one direction (§7.3). */
export function trafficKeys(
  hash: string,
  secret: Uint8Array,
  keyLength: number,
): { readonly key: Uint8Array; readonly iv: Uint8Array } {
  return {
    key: expandLabel(hash, secret, 'key', EMPTY, keyLength),
    iv: expandLabel(hash, secret, 'iv', EMPTY, 12),
  }
}

/** The verify_data of a Finished message (§4.4.4). */
export function finishedData(hash: string, secret: Uint8Array, transcript: Uint8Array): Uint8Array {
  const key = expandLabel(hash, secret, 'finished', EMPTY, hashLength(hash))
  return createHmac(hash, key).update(transcript).digest()
}

function deriveSecret(
  hash: string,
  secret: Uint8Array,
  label: string,
  transcript: Uint8Array,
): Uint8Array {
  return expandLabel(hash, secret, label, transcript, hashLength(hash))
}

function expandLabel(
  hash: string,
  secret: Uint8Array,
  label: string,
  context: Uint8Array,
  length: number,
): Uint8Array {
  const info = new Writer()
    .u16(length)
    .vector(1, w => w.push(utf8(`tls13 ${label}`)))
    .vector(1, w => w.push(context))
    .bytes()
  return expand(hash, secret, info, length)
}

/** RFC 5869. */
function extract(hash: string, salt: Uint8Array, input: Uint8Array): Uint8Array {
  return createHmac(hash, salt).update(input).digest()
}

function expand(hash: string, key: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  const blocks: Uint8Array[] = []
  let last: Uint8Array = EMPTY
  for (let size = 0; size < length; size += last.length) {
    last = createHmac(hash, key)
      .update(last)
      .update(info)
      .update(Uint8Array.of(blocks.length + 1))
      .digest()
    blocks.push(last)
  }
  return concat(blocks).subarray(0, length)
}

function hashLength(hash: string): number {
  return emptyHash(hash).length
}

function emptyHash(hash: string): Uint8Array {
  return createHash(hash).digest()
}
