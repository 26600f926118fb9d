/** Trust stores grow old: a hint on stderr, never a finding. */
import { DAY_MS } from '../text.ts'
import type { World } from '../world.ts'
import type { Invocation } from './invocation.ts'

const MAX_AGE_MS = 180 * DAY_MS

/** `judged` are the platforms in question; default all. `now` is the user's day, not the one that is judged. */
export function hintAboutAge(
  { flags, hint }: Pick<Invocation, 'flags' | 'hint'>,
  { stores, platforms }: World,
  judged: readonly string[] = platforms.map(({ id }) => id),
  now = Date.now(),
): void {
  if (flags.has('onlyCacert')) return
  const used = new Set(
    platforms
      .filter(({ id }) => judged.includes(id))
      .flatMap(platform => platform.stores.map(({ name }) => name)),
  )
  const old = stores.tables.filter(
    ({ name, verified }) => used.has(name) && now - Date.parse(verified) > MAX_AGE_MS,
  )
  if (old.length === 0) return
  const named = old.map(({ name, verified }) => `${name} (${verified})`).join(', ')
  hint({
    en: `not verified for 180 days: the trust stores ${named}; update mpcert, or see mpcert stores update`,
    'zh-CN': `以下根证书库已超过 180 天未核对：${named}；请更新 mpcert，或使用 mpcert stores update`,
  })
}
