/** Whether a session of TLS 1.2 or older can be taken up again, once a hello that takes tickets has made one. */
import resumption from '../hellos/resumption.ts'
import tls12 from '../hellos/tls-1.2.ts'
import type { Probe } from '../probe.ts'
import { offersTicket } from '../wire/client-hello.ts'
import { VERSIONS } from '../wire/names.ts'

const probe: Probe = {
  wants({ judged }, seen) {
    const made = [...judged, tls12].some(({ id, spec }) => {
      const attempt = seen[id]
      if (attempt?.kind !== 'completed' || !offersTicket(spec)) return false
      return (attempt.server.version ?? 0) <= VERSIONS['TLS 1.2']
    })
    return made ? [resumption] : []
  },
}

export default probe
