/** Whether a session of TLS 1.2 or older can be taken up again, once there is one. */
import resumption from '../hellos/resumption.ts'
import type { Probe } from '../probe.ts'
import { VERSIONS } from '../wire/names.ts'

const probe: Probe = {
  wants(_, seen) {
    const done = Object.values(seen).some(
      attempt =>
        attempt.kind === 'completed' && (attempt.server.version ?? 0) <= VERSIONS['TLS 1.2'],
    )
    return done ? [resumption] : []
  },
}

export default probe
