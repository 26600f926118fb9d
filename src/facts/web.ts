/** What HTTP and WebSocket requests say to one cell; not applicable where nobody asked, or to the other kind of API. */
import type { HttpAnswer, HttpResult, HttpVisit, UpgradeResult } from '../observation/web.ts'
import type { Fact, Observation } from '../observation.ts'
import type { Api } from '../platform.ts'
import { andThen, known, NOT_APPLICABLE, NOT_PROBED } from './fact.ts'
import type {
  Burst,
  CellFacts,
  PlainHttp,
  Redirect,
  Referers,
  ResponseText,
  UsualAnswer,
} from './facts.ts'

export type WebFacts = Pick<
  CellFacts,
  | 'visit'
  | 'redirects'
  | 'referers'
  | 'answer'
  | 'latency'
  | 'responseText'
  | 'plainHttp'
  | 'burst'
  | 'verifyFile'
  | 'upgrade'
>

export type WebObservation = Pick<Observation, 'http' | 'websocket'>

/** No address but the one that was asked has any. */
export const NO_WEB_FACTS: WebFacts = {
  visit: NOT_APPLICABLE,
  redirects: NOT_APPLICABLE,
  referers: NOT_APPLICABLE,
  answer: NOT_APPLICABLE,
  latency: NOT_APPLICABLE,
  responseText: NOT_APPLICABLE,
  plainHttp: NOT_APPLICABLE,
  burst: NOT_APPLICABLE,
  verifyFile: NOT_APPLICABLE,
  upgrade: NOT_APPLICABLE,
}

/** `timeoutMs` is how long this API waits. */
export function webFacts(
  { http, websocket }: WebObservation,
  { api, timeoutMs }: { readonly api: Api; readonly timeoutMs: number },
): WebFacts {
  if (api === 'socket') {
    if (!websocket) return NO_WEB_FACTS
    const upgrade = websocket.upgrade ? heard(websocket.upgrade) : NOT_PROBED
    return {
      ...NO_WEB_FACTS,
      upgrade,
      burst: andThen(upgrade, ({ kind }) =>
        kind === 'upgraded' ? socketBurst(websocket.burst) : NOT_APPLICABLE,
      ),
    }
  }
  if (!http) return NO_WEB_FACTS
  const { visits, plain, verifyFile } = http
  const [release] = visits
  const first = release?.hops[0]
  const visit = release ? wholly(release) : NOT_PROBED
  const answer = andThen(visit, answerOf)
  return {
    ...NO_WEB_FACTS,
    visit,
    answer,
    redirects:
      release && first
        ? andThen(heard(first.result), () => known(redirectsOf(release)))
        : NOT_PROBED,
    referers: andThen(visit, () =>
      visits.length > 1 ? heardReferers(visits, http.ownAppid) : NOT_PROBED,
    ),
    latency: andThen(visit, one => latencyOf(one, http.dnsMs, timeoutMs)),
    responseText: andThen(answer, textOf),
    plainHttp:
      plain?.result.kind === 'answered'
        ? known({
            from: null,
            to: plain.url,
            status: plain.result.status,
            location: plain.result.location,
          })
        : andThen(visit, one => known(plainRedirect(one))),
    burst: andThen(visit, one => requestBurst(one, http.burst)),
    verifyFile: verifyFile
      ? andThen(heard(verifyFile.result), () => known(verifyFile))
      : NOT_APPLICABLE,
  }
}

/** The handshake lets everybody in, and this API is turned away all the same where it shows no client certificate. */
export function needsCertificate({ http, websocket }: WebObservation, api: Api): boolean {
  if (api === 'socket')
    return websocket?.upgrade?.kind === 'upgraded' && isTurnedAway(websocket.bare)
  const shown = http?.visits[0]?.hops[0]?.result
  return shown?.kind === 'answered' && shown.status < 400 && isTurnedAway(http?.bare)
}

function isTurnedAway(result: HttpResult | UpgradeResult | undefined): boolean {
  if (result?.kind === 'answered') return result.status >= 400
  return result?.kind === 'refused' || result?.kind === 'broken'
}

/** What the server did; a connection that never stood is nobody's answer. */
function heard<T extends HttpResult | UpgradeResult>(
  result: T,
): Fact<Exclude<T, { kind: 'failed' }>> {
  return result.kind === 'failed'
    ? { state: 'unknown', why: result.error.code }
    : known(result as Exclude<T, { kind: 'failed' }>)
}

/** Each of its answers is the server's. */
function wholly(visit: HttpVisit): Fact<HttpVisit> {
  for (const { result } of visit.hops) {
    const fact = heard(result)
    if (fact.state === 'unknown') return fact
  }
  return known(visit)
}

function heardReferers(visits: readonly HttpVisit[], own: boolean): Fact<Referers> {
  for (const visit of visits) {
    const fact = wholly(visit)
    if (fact.state === 'unknown') return fact
  }
  return known({ visits, own })
}

/** What leads to plain HTTP is another fact. */
function redirectsOf({ hops }: HttpVisit): readonly Redirect[] {
  return hops.flatMap(({ url, result }) => {
    const to = result.kind === 'answered' ? redirectTarget(result) : null
    return to !== null && /^https:/i.test(to) && URL.canParse(to) ? [{ from: url, to }] : []
  })
}

/** The last answer, where it is no redirect that leads nowhere. */
function answerOf({ hops }: HttpVisit): Fact<UsualAnswer> {
  const last = hops.at(-1)
  if (!last) return NOT_PROBED
  return andThen(heard(last.result), result =>
    result.kind === 'answered' && redirectTarget(result) === null
      ? known({ ...result, url: last.url })
      : NOT_APPLICABLE,
  )
}

/** Where a client would go next. */
export function redirectTarget({ status, location }: HttpAnswer): string | null {
  return [301, 302, 303, 307, 308].includes(status) ? location : null
}

/** ms until the first byte of the last answer; where none came it is at least that much. */
function latencyOf({ hops }: HttpVisit, dnsMs: number, timeoutMs: number): Fact<number> {
  let ms = dnsMs
  for (const { result } of hops) {
    if (result.kind === 'failed') return { state: 'unknown', why: result.error.code }
    if (result.kind === 'answered') ms += result.firstByteMs
    else if (result.how === 'silent' && ms + result.afterMs >= timeoutMs)
      return known(ms + result.afterMs)
    else return result.how === 'silent' ? { state: 'unknown', why: 'ERR_TIMEOUT' } : NOT_APPLICABLE
  }
  return known(ms)
}

const TEXTUAL =
  /^(?:text\/|application\/(?:[\w.+-]*\+)?(?:json|xml|javascript|x-javascript|ecmascript)\b)/i
const JSON_TYPE = /^(?:text|application)\/(?:[\w.+-]*\+)?json\b/i

/** What an API answers with text; an error page is none. */
function textOf({ status, contentType, body }: UsualAnswer): Fact<ResponseText> {
  const { looksLike, boms, charset, invalidAt } = body
  if (status >= 400 || looksLike === 'empty') return NOT_APPLICABLE
  if (contentType !== null && !TEXTUAL.test(contentType.trim())) return NOT_APPLICABLE
  if (looksLike === 'packed') return { state: 'unknown', why: 'ERR_DECODE' }
  if (looksLike === 'binary' && contentType === null) return NOT_APPLICABLE
  const [, named] = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? '') ?? []
  return known({
    contentType,
    isJson: JSON_TYPE.test(contentType?.trim() ?? ''),
    header: named?.toLowerCase() ?? null,
    document: charset,
    boms,
    invalidAt,
  })
}

function plainRedirect({ hops }: HttpVisit): PlainHttp | null {
  const last = hops.at(-1)
  if (last?.result.kind !== 'answered') return null
  const to = redirectTarget(last.result)
  if (to === null || !/^http:/i.test(to)) return null
  return { from: last.url, to, status: last.result.status, location: to }
}

/** Turned away is what fares worse than the same request alone. */
function requestBurst({ hops }: HttpVisit, burst: readonly HttpResult[]): Fact<Burst> {
  const alone = hops[0]?.result
  if (burst.length === 0 || alone?.kind !== 'answered') return NOT_PROBED
  const turnedAway = burst.flatMap(result => {
    if (result.kind === 'answered')
      return result.status >= 400 && result.status !== alone.status ? [String(result.status)] : []
    return [result.kind === 'failed' ? (result.error.system ?? result.error.code) : result.how]
  })
  return known({ of: 'requests', asked: burst.length, turnedAway })
}

function socketBurst(burst: readonly UpgradeResult[]): Fact<Burst> {
  if (burst.length === 0) return NOT_PROBED
  const turnedAway = burst.flatMap(result => {
    if (result.kind === 'upgraded') return []
    if (result.kind === 'refused') return [String(result.status)]
    return [result.kind === 'failed' ? (result.error.system ?? result.error.code) : result.how]
  })
  return known({ of: 'sockets', asked: burst.length, turnedAway })
}
