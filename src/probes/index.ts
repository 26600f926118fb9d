// Written from the folder listing by test/registry.test.ts: `npm test -- -u` writes it anew.
import type { Probe } from '../probe.ts'
import judged_ from './judged.ts'
import versions_ from './versions.ts'

export type ProbeId =
  | 'judged'
  | 'versions'

export const probes: Readonly<Record<ProbeId, Probe>> = {
  'judged': judged_,
  'versions': versions_,
}
