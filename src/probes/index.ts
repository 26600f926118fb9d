// Written from the folder listing by test/registry.test.ts: `npm test -- -u` writes it anew.
import type { Probe } from '../probe.ts'
import completion_ from './completion.ts'
import judged_ from './judged.ts'
import leaf_keys_ from './leaf-keys.ts'
import names_ from './names.ts'
import resumption_ from './resumption.ts'
import size_ from './size.ts'
import versions_ from './versions.ts'
import weak_suites_ from './weak-suites.ts'

export type ProbeId =
  | 'completion'
  | 'judged'
  | 'leaf-keys'
  | 'names'
  | 'resumption'
  | 'size'
  | 'versions'
  | 'weak-suites'

export const probes: Readonly<Record<ProbeId, Probe>> = {
  'completion': completion_,
  'judged': judged_,
  'leaf-keys': leaf_keys_,
  'names': names_,
  'resumption': resumption_,
  'size': size_,
  'versions': versions_,
  'weak-suites': weak_suites_,
}
