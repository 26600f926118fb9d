/** Where a large hello is dropped and small ones are not: is it the size? */
import large from '../hellos/large.ts'
import largeInTwo from '../hellos/large-in-two.ts'
import smallAgain from '../hellos/small-again.ts'
import { isAccepted, isDropped } from '../observation.ts'
import type { Probe } from '../probe.ts'
import { isControl, isLarge } from '../wire/hello-length.ts'

const probe: Probe = {
  wants({ judged }, seen) {
    const dropped = judged.some(({ id, spec }) => isDropped(seen[id]) && isLarge(spec))
    const control = judged.some(({ id, spec }) => isAccepted(seen[id]) && isControl(spec))
    if (!dropped || !control) return []
    // A server that has had enough of us drops small ones as well.
    const isAsked = seen[large.id] && seen[largeInTwo.id]
    return isAsked ? [large, largeInTwo, smallAgain] : [large, largeInTwo]
  },
}

export default probe
