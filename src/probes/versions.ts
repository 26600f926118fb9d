/** Protocol versions one by one: the deprecated ones, and TLS 1.3 where the judged hellos left it open. */
import tls10 from '../hellos/tls-1.0.ts'
import tls11 from '../hellos/tls-1.1.ts'
import tls13 from '../hellos/tls-1.3.ts'
import type { Attempts, Probe } from '../probe.ts'
import { VERSIONS } from '../wire/names.ts'

const probe: Probe = {
  wants({ judged }, seen) {
    const older = spoke(seen, VERSIONS['TLS 1.1']) ? [tls11, tls10] : [tls11]
    const open = judged.every(({ id }) => id in seen) && !spoke(seen, VERSIONS['TLS 1.3'])
    return open ? [...older, tls13] : older
  },
}

export default probe

function spoke(seen: Attempts, version: number): boolean {
  return Object.values(seen).some(
    attempt => 'server' in attempt && attempt.server.version === version,
  )
}
