/** How long a ClientHello is on the wire, without making its keys. */
import { type ClientHelloSpec, drawHello, encodeHello, greaseShares } from './client-hello.ts'
import { GROUPS, VERSIONS } from './names.ts'

/** Octets of a key share (RFC 8446 §4.2.8.1 and §4.2.8.2, draft-ietf-tls-ecdhe-mlkem §4). */
const SHARE_LENGTHS: Readonly<Record<number, number>> = {
  [GROUPS.x25519]: 32,
  [GROUPS.x448]: 56,
  [GROUPS.secp256r1]: 65,
  [GROUPS.secp384r1]: 97,
  [GROUPS.secp521r1]: 133,
  [GROUPS.ffdhe2048]: 256,
  [GROUPS.ffdhe3072]: 384,
  [GROUPS.X25519MLKEM768]: 1216,
  [GROUPS.SecP256r1MLKEM768]: 1249,
  [GROUPS.SecP384r1MLKEM1024]: 1665,
}

/** What fits into one Ethernet frame, headers included: a longer hello takes two segments. */
const ONE_SEGMENT = 1500
const HEADERS = 40

/** Whether it needs more than one TCP segment on its way, as those with a post-quantum share do. */
export function isLarge(spec: ClientHelloSpec): boolean {
  return helloLength(spec) + HEADERS > ONE_SEGMENT
}

/** A small hello that offers TLS 1.3 as the large ones do: where it is answered, versions are not the trouble. */
export function isControl(spec: ClientHelloSpec): boolean {
  return spec.versions.includes(VERSIONS['TLS 1.3']) && !isLarge(spec)
}

const lengths = new WeakMap<ClientHelloSpec, number>()

/** Bytes with the record's header, for a name of usual length. */
export function helloLength(spec: ClientHelloSpec): number {
  const length = lengths.get(spec) ?? measure(spec)
  lengths.set(spec, length)
  return length
}

function measure(spec: ClientHelloSpec): number {
  const drawn = drawHello(spec, 'www.example.com', length => new Uint8Array(length))
  const shares = spec.keyShares.map(group => ({
    group,
    publicKey: new Uint8Array(SHARE_LENGTHS[group] ?? 0),
  }))
  return 5 + encodeHello(drawn, [...greaseShares(drawn), ...shares], null).length
}
