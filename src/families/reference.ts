/** Reference clients: programs and systems that run no Mini Program of today, to compare with. One stack serves every API. */
import type { Hello } from '../hello.ts'
import { APIS, type Family, type Platform, type Stack, type StoreRef } from '../platform.ts'
import { same, type Text } from '../text.ts'

export interface ReferenceClient
  extends Pick<Stack, 'name' | 'policy' | 'limits' | 'ct' | 'fetchesIssuers'> {
  readonly id: string
  /** An old phone is of its system's family; programs are of none. */
  readonly family?: Family
  readonly title: string
  /** First version it stands for. */
  readonly since: string
  readonly store: StoreRef
  readonly hello: Hello
  readonly borrowed?: Stack['borrowed']
  readonly ats?: Stack['ats']
  readonly notes: readonly Text[]
  readonly sources: readonly string[]
}

export function reference(client: ReferenceClient): Platform {
  const { id, family = 'reference', title, since, store, hello, notes, sources } = client
  const { name, policy, limits, ct, fetchesIssuers, borrowed = null, ats = null } = client
  return {
    id,
    family,
    title: same(title),
    since,
    tier: 'reference',
    stores: [store],
    stacks: [{ apis: APIS, name, hello, borrowed, ats, policy, limits, ct, fetchesIssuers }],
    sources: [...new Set([...hello.sources, ...limits.sources, ...sources])],
    notes,
  }
}
