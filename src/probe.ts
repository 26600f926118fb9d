/** The contract of a probe: which hellos a server is asked with. One hello is one connection. */
import type { Hello } from './hello.ts'
import type { Attempt } from './observation.ts'

/** Says which hellos a node should get, given what it has answered so far; asked again until nothing new is wanted. */
export interface Probe {
  wants(plan: ProbePlan, seen: Attempts): readonly Hello[]
}

export interface ProbePlan {
  /** The hellos of the judged stacks, without repetition; the first one is sent first. */
  readonly judged: readonly Hello[]
  /** The name that is sent as SNI; null where none is. */
  readonly servername: string | null
}

/** By hello id. */
export type Attempts = Readonly<Record<string, Attempt>>
