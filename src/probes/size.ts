/** Where a large hello is dropped and small ones are not: is it the size? */
import large from '../hellos/large.ts'
import largeInTwo from '../hellos/large-in-two.ts'
import { isAccepted, isDropped } from '../observation.ts'
import type { Probe } from '../probe.ts'
import { isLarge } from '../wire/hello-length.ts'

const probe: Probe = {
  wants({ judged }, seen) {
    const dropped = judged.some(({ id, spec }) => isDropped(seen[id]) && isLarge(spec))
    return dropped && Object.values(seen).some(isAccepted) ? [large, largeInTwo] : []
  },
}

export default probe
