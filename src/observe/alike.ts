/** Whether two addresses answer one hello alike, as far as a first look tells. */

import { toBinary } from '../bytes.ts'
import type { Attempt } from '../observation.ts'

/** What one of them did not answer is no likeness. */
export function looksAlike(one: Attempt | null, other: Attempt | null): boolean {
  return one !== null && other !== null && lookOf(one) === lookOf(other)
}

function lookOf(attempt: Attempt): string {
  if (attempt.kind === 'failed') return attempt.error.code
  const { version, cipher, group, signatureScheme, chain, clientAuth } = attempt.server
  const accepted = attempt.kind === 'completed' || attempt.kind === 'server-hello'
  return JSON.stringify([
    accepted ? 'accepted' : attempt.kind,
    attempt.kind === 'alert' ? attempt.description : null,
    [version, cipher, group, signatureScheme, clientAuth],
    chain?.map(toBinary) ?? null,
  ])
}
