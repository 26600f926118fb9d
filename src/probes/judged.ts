/** What the judged clients send: each hello once, whatever number of stacks share it. First of the probes by its name. */
import type { Probe } from '../probe.ts'

const probe: Probe = { wants: ({ judged }) => judged }

export default probe
