/** What the server shows to clients that name no host, or one it does not know. */
import noName from '../hellos/no-name.ts'
import unknownName from '../hellos/unknown-name.ts'
import type { Probe } from '../probe.ts'

const probe: Probe = {
  // Where no name is sent at all, the first question was asked already.
  wants: ({ servername }) => (servername === null ? [unknownName] : [noName, unknownName]),
}

export default probe
