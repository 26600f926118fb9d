/** The hybrids of ML-KEM and an elliptic curve (draft-ietf-tls-ecdhe-mlkem). */
import type { ml_kem768 } from '@noble/post-quantum/ml-kem.js'
import { concat } from '../bytes.ts'
import { loadMlKem } from '../libraries.ts'
import { ML_KEM_768, ML_KEM_1024, SEED } from './kem-keys.ts'
import type { KeyShare } from './key-exchange.ts'
import { GROUPS, groupName } from './names.ts'
import { illegal } from './violation.ts'

export interface Hybrid {
  readonly kem: 'ml_kem768' | 'ml_kem1024'
  readonly kemKey: Uint8Array
  readonly curve: number
  /** Length of the curve's share; in X25519MLKEM768 it stands last, in the others first, as does its secret. */
  readonly curveLength: number
  readonly curveFirst: boolean
}

export const HYBRIDS: Readonly<Record<number, Hybrid>> = {
  [GROUPS.X25519MLKEM768]: {
    kem: 'ml_kem768',
    kemKey: ML_KEM_768,
    curve: GROUPS.x25519,
    curveLength: 32,
    curveFirst: false,
  },
  [GROUPS.SecP256r1MLKEM768]: {
    kem: 'ml_kem768',
    kemKey: ML_KEM_768,
    curve: GROUPS.secp256r1,
    curveLength: 65,
    curveFirst: true,
  },
  [GROUPS.SecP384r1MLKEM1024]: {
    kem: 'ml_kem1024',
    kemKey: ML_KEM_1024,
    curve: GROUPS.secp384r1,
    curveLength: 97,
    curveFirst: true,
  },
}

/** The share of a hybrid, the one of its curve given: the arithmetic of ML-KEM is loaded only where a server uses it. */
export function hybridShare(
  group: number,
  { kem: name, kemKey, curveLength, curveFirst }: Hybrid,
  curve: KeyShare,
): KeyShare {
  let kem: typeof ml_kem768 | null = null
  const order = (ofCurve: Uint8Array, ofKem: Uint8Array) =>
    concat(curveFirst ? [ofCurve, ofKem] : [ofKem, ofCurve])
  return {
    group,
    publicKey: order(curve.publicKey, kemKey),
    async prepare() {
      kem = (await loadMlKem())[name]
    },
    agree(peer) {
      if (!kem) throw new Error('a hybrid share that was not prepared')
      const kemLength = kem.lengths.cipherText ?? 0
      if (peer.length !== curveLength + kemLength)
        return illegal(`a key share that is not of ${groupName(group)}`)
      const [curvePart, kemPart] = curveFirst
        ? [peer.subarray(0, curveLength), peer.subarray(curveLength)]
        : [peer.subarray(kemLength), peer.subarray(0, kemLength)]
      const { secretKey } = kem.keygen(SEED)
      return order(curve.agree(curvePart), kem.decapsulate(kemPart, secretKey))
    },
  }
}
