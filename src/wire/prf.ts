/** The pseudorandom function of TLS 1.0 to 1.2 (RFC 5246 §5, RFC 2246 §5) and what is derived with it. */
import { createHmac } from 'node:crypto'
import { concat, Reader, utf8 } from '../bytes.ts'

/** `hash` is the suite's in TLS 1.2, and `md5-sha1`, the pair, before. */
export function prf(
  hash: string,
  secret: Uint8Array,
  label: string,
  seed: Uint8Array,
  length: number,
): Uint8Array {
  const labelled = concat([utf8(label), seed])
  if (hash !== 'md5-sha1') return stretch(hash, secret, labelled, length)
  const half = Math.ceil(secret.length / 2)
  const md5 = stretch('md5', secret.subarray(0, half), labelled, length)
  const sha1 = stretch('sha1', secret.subarray(secret.length - half), labelled, length)
  return md5.map((byte, index) => byte ^ (sha1[index] ?? 0))
}

export interface KeyBlock {
  readonly clientMac: Uint8Array
  readonly serverMac: Uint8Array
  readonly clientKey: Uint8Array
  readonly serverKey: Uint8Array
  readonly clientIv: Uint8Array
  readonly serverIv: Uint8Array
}

/** RFC 5246 §6.3. */
export function keyBlock(
  hash: string,
  master: Uint8Array,
  clientRandom: Uint8Array,
  serverRandom: Uint8Array,
  { mac, key, iv }: { readonly mac: number; readonly key: number; readonly iv: number },
): KeyBlock {
  const seed = concat([serverRandom, clientRandom])
  const block = new Reader(prf(hash, master, 'key expansion', seed, 2 * (mac + key + iv)), 'keys')
  return {
    clientMac: block.take(mac),
    serverMac: block.take(mac),
    clientKey: block.take(key),
    serverKey: block.take(key),
    clientIv: block.take(iv),
    serverIv: block.take(iv),
  }
}

/** P_hash. */
function stretch(hash: string, secret: Uint8Array, seed: Uint8Array, length: number): Uint8Array {
  const blocks: Uint8Array[] = []
  let size = 0
  let step = seed
  while (size < length) {
    step = createHmac(hash, secret).update(step).digest()
    const block = createHmac(hash, secret).update(step).update(seed).digest()
    blocks.push(block)
    size += block.length
  }
  return concat(blocks).subarray(0, length)
}
