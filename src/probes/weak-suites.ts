/** Whether the server takes a suite that no client should be given. */
import weakSuites from '../hellos/weak-suites.ts'
import type { Probe } from '../probe.ts'

const probe: Probe = { wants: () => [weakSuites] }

export default probe
