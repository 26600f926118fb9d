/** Where a large hello is dropped and small ones are not: is it the size? */
import large from '../hellos/large.ts'
import largeInTwo from '../hellos/large-in-two.ts'
import { isAccepted, isDropped } from '../observation.ts'
import type { Probe } from '../probe.ts'
import { isControl, isLarge } from '../wire/hello-length.ts'

const probe: Probe = {
  wants({ judged }, seen) {
    const dropped = judged.some(({ id, spec }) => isDropped(seen[id]) && isLarge(spec))
    const control = judged.some(({ id, spec }) => isAccepted(seen[id]) && isControl(spec))
    return dropped && control ? [large, largeInTwo] : []
  },
}

export default probe
