/** How a request ended, to be compared with how others did. */
import type { HttpVisit } from '../observation/web.ts'
import { same, type Text } from '../text.ts'
import { redirectTarget } from './web.ts'

export interface VisitOutcome {
  readonly status: number | null
  /** Where its last redirect leads, not followed. */
  readonly to: string | null
  readonly broken: 'closed' | 'silent' | 'not-http' | null
}

export function outcomeOf({ hops }: HttpVisit): VisitOutcome {
  const result = hops.at(-1)?.result
  if (result?.kind === 'answered')
    return { status: result.status, to: redirectTarget(result), broken: null }
  return { status: null, to: null, broken: result?.kind === 'broken' ? result.how : 'closed' }
}

/** For a reason that lies in the request: trouble of the moment and too many requests are none. */
export function isRefused({ status, broken }: VisitOutcome): boolean {
  if (status === null) return broken !== 'silent'
  return status >= 400 && status < 500 && status !== 408 && status !== 425 && status !== 429
}

export function isAccepted({ status }: VisitOutcome): boolean {
  return status !== null && status < 400
}

export function describeOutcome({ status, to, broken }: VisitOutcome): Text {
  if (status !== null) return same(to === null ? String(status) : `${status} → ${to}`)
  return broken === 'silent'
    ? { en: 'no answer', 'zh-CN': '没有应答' }
    : { en: 'connection closed', 'zh-CN': '连接被关闭' }
}
