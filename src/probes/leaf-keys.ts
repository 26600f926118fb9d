/** The certificate of the other kind: most clients prefer ECDSA, and never see an RSA one that stands beside it. */
import ecdsaLeaf from '../hellos/ecdsa-leaf.ts'
import rsaLeaf from '../hellos/rsa-leaf.ts'
import { isAccepted, withoutAsides } from '../observation.ts'
import type { Probe } from '../probe.ts'
import { provenKey } from '../wire/suite.ts'

const probe: Probe = {
  wants(_, seen) {
    const kinds = Object.values(withoutAsides(seen)).flatMap(attempt => {
      if (!isAccepted(attempt)) return []
      const { cipher, signatureScheme } = attempt.server
      return provenKey(cipher, signatureScheme) ?? []
    })
    const [rsa, ecdsa] = [kinds.includes('RSA'), kinds.includes('ECDSA')]
    return rsa === ecdsa ? [] : [rsa ? ecdsaLeaf : rsaLeaf]
  },
}

export default probe
