/** Protocol versions one by one: the deprecated ones, and what the judged hellos left open. */
import tls10 from '../hellos/tls-1.0.ts'
import tls11 from '../hellos/tls-1.1.ts'
import tls12 from '../hellos/tls-1.2.ts'
import tls13 from '../hellos/tls-1.3.ts'
import type { Attempts, Probe } from '../probe.ts'

const probe: Probe = {
  wants({ judged }, seen) {
    const asked = judged.every(({ id }) => id in seen)
    const open = [tls12, tls13].filter(({ spec }) => !spec.versions.some(code => spoke(seen, code)))
    return [tls10, tls11, ...(asked ? open : [])]
  },
}

export default probe

function spoke(seen: Attempts, version: number): boolean {
  return Object.values(seen).some(
    attempt => 'server' in attempt && attempt.server.version === version,
  )
}
