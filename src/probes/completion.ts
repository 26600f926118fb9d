/** TLS 1.2 to its end, with a ticket and compression on offer. First of the probes by its name: resumption waits for it. */
import tls12 from '../hellos/tls-1.2.ts'
import type { Probe } from '../probe.ts'

const probe: Probe = { wants: () => [tls12] }

export default probe
