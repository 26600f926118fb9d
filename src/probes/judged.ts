/** What the judged clients send: each hello once, whatever number of stacks share it. */
import type { Probe } from '../probe.ts'

const probe: Probe = { wants: ({ judged }) => judged }

export default probe
