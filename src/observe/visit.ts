/** A request and the redirects that follow from it, as a Mini Program's client takes them: https alone. */
import type { HttpHop, HttpResult } from '../observation/web.ts'
import { recordError } from '../observation.ts'
import { type GetOptions, get } from './get.ts'
import { openRoute, type Route } from './route.ts'

export type VisitOptions = Pick<GetOptions, 'referer' | 'waitMs' | 'maxBytes' | 'onBody'>

/** What the server did then is not its doing. */
export const INTERRUPTED = {
  kind: 'failed',
  error: {
    code: 'ERR_TIMEOUT',
    phase: 'fetch',
    system: null,
    text: { en: 'the check was interrupted', 'zh-CN': '检查被中断' },
  },
} as const satisfies HttpResult

/** Beyond this no client follows for long. */
const MAX_HOPS = 10

export async function visit(
  route: Route,
  start: string,
  options: VisitOptions,
): Promise<readonly HttpHop[]> {
  const hops: HttpHop[] = []
  const seen = new Set<string>()
  const until = performance.now() + options.waitMs
  let next: string | null = start
  while (next !== null && hops.length < MAX_HOPS && !seen.has(next)) {
    seen.add(next)
    // What a client waits for is the last answer.
    const waitMs = until - performance.now()
    const result = await ask(route, next, { ...options, waitMs })
    hops.push({ url: next, result })
    next = redirectOf(result)
  }
  return hops
}

/** One request, no redirect. */
export async function ask(route: Route, url: string, options: VisitOptions): Promise<HttpResult> {
  if (route.signal?.aborted) return INTERRUPTED
  const begun = performance.now()
  const parsed = new URL(url)
  try {
    const stream = await openRoute(route, parsed)
    const result = await get(stream, parsed, { ...options, begun, bodyMs: route.timeoutMs })
    return route.signal?.aborted ? INTERRUPTED : result
  } catch (error) {
    return { kind: 'failed', error: recordError(error) }
  }
}

function redirectOf(result: HttpResult): string | null {
  if (result.kind !== 'answered' || result.location === null) return null
  const follows = [301, 302, 303, 307, 308].includes(result.status)
  return follows && /^https:/.test(result.location) && URL.canParse(result.location)
    ? result.location
    : null
}
