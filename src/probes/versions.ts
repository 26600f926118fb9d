/** Protocol versions one by one: the deprecated ones, and what the judged hellos left open; and compression. */
import tls10 from '../hellos/tls-1.0.ts'
import tls11 from '../hellos/tls-1.1.ts'
import tls12 from '../hellos/tls-1.2.ts'
import tls13 from '../hellos/tls-1.3.ts'
import unknownName from '../hellos/unknown-name.ts'
import { isAccepted } from '../observation.ts'
import type { Attempts, Probe } from '../probe.ts'
import { VERSIONS } from '../wire/names.ts'

const probe: Probe = {
  wants({ judged }, seen) {
    const older = spoke(seen, VERSIONS['TLS 1.1']) ? [tls11, tls10] : [tls11]
    if (!judged.every(({ id }) => id in seen)) return older
    const open = [tls12, tls13].filter(({ spec }) => !spec.versions.some(code => spoke(seen, code)))
    // A server that knows its names does not tell a stranger whether it compresses.
    const stranger = seen[unknownName.id]
    return stranger && !isAccepted(stranger) ? [...older, ...open, tls12] : [...older, ...open]
  },
}

export default probe

function spoke(seen: Attempts, version: number): boolean {
  return Object.values(seen).some(
    attempt => 'server' in attempt && attempt.server.version === version,
  )
}
