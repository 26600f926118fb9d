/** The hybrids of ML-KEM and an elliptic curve (draft-ietf-tls-ecdhe-mlkem): loaded only when a hello needs them. */
import { ml_kem768, ml_kem1024 } from '@noble/post-quantum/ml-kem.js'
import { concat } from '../bytes.ts'
import type { RandomSource } from './client-hello.ts'
import { createKeyShare, type KeyShare } from './key-exchange.ts'
import { GROUPS, groupName } from './names.ts'
import { illegal } from './violation.ts'

export type HybridFactory = (group: number, random: RandomSource) => KeyShare | null

interface Hybrid {
  readonly kem: typeof ml_kem768
  readonly curve: number
  /** Length of the curve's share; in X25519MLKEM768 it stands last, in the others first, as does its secret. */
  readonly curveLength: number
  readonly curveFirst: boolean
}

const HYBRIDS: Readonly<Record<number, Hybrid>> = {
  [GROUPS.X25519MLKEM768]: {
    kem: ml_kem768,
    curve: GROUPS.x25519,
    curveLength: 32,
    curveFirst: false,
  },
  [GROUPS.SecP256r1MLKEM768]: {
    kem: ml_kem768,
    curve: GROUPS.secp256r1,
    curveLength: 65,
    curveFirst: true,
  },
  [GROUPS.SecP384r1MLKEM1024]: {
    kem: ml_kem1024,
    curve: GROUPS.secp384r1,
    curveLength: 97,
    curveFirst: true,
  },
}

export const createHybridShare: HybridFactory = (group, random) => {
  const hybrid = HYBRIDS[group]
  const curve = hybrid && createKeyShare(hybrid.curve, random, null)
  if (!hybrid || !curve) return null
  const { kem, curveLength, curveFirst } = hybrid
  const { publicKey, secretKey } = kem.keygen(random(64))
  const order = (ofCurve: Uint8Array, ofKem: Uint8Array) =>
    concat(curveFirst ? [ofCurve, ofKem] : [ofKem, ofCurve])
  return {
    group,
    publicKey: order(curve.publicKey, publicKey),
    agree: peer => {
      const kemLength = kem.lengths.cipherText ?? 0
      if (peer.length !== curveLength + kemLength)
        return illegal(`a key share that is not of ${groupName(group)}`)
      const [curvePart, kemPart] = curveFirst
        ? [peer.subarray(0, curveLength), peer.subarray(curveLength)]
        : [peer.subarray(kemLength), peer.subarray(0, kemLength)]
      return order(curve.agree(curvePart), kem.decapsulate(kemPart, secretKey))
    },
  }
}
