/** The recorded HTTP and WebSocket requests as an observation file has them. */

import type { RecordedError } from '../observation.ts'
import { flag, list, nullable, number, object, oneOf, type Shape, text, union } from '../shape.ts'
import type { HttpObservation, WebSocketObservation } from './web.ts'

export interface WebShapes {
  readonly http: Shape<HttpObservation | undefined>
  readonly websocket: Shape<WebSocketObservation | undefined>
}

/** `error` is the shape of an error as the whole file has it. What was saved before lacks both: nobody asked. */
export function webShapes(error: Shape<RecordedError>): WebShapes {
  const broken = object({
    how: oneOf('closed', 'silent', 'not-http'),
    detail: text,
    afterMs: number,
  })
  const failed = object({ error })
  const result = union('kind', { answered: answer, broken, failed })
  const hop = object({ url: text, result })
  const upgrade = union('kind', { upgraded, refused, broken, failed })
  return {
    http: orAbsent(
      object({
        ip: text,
        path: text,
        dnsMs: number,
        ownAppid: flag,
        visits: list(
          object({
            as: oneOf('release', 'trial', 'devtools', 'none'),
            referer: nullable(text),
            hops: list(hop),
          }),
        ),
        burst: list(result),
        bare: orAbsent(result),
        plain: nullable(hop),
        verifyFile: nullable(object({ url: text, result, matches: nullable(flag) })),
      }),
    ),
    websocket: orAbsent(
      object({
        ip: text,
        url: text,
        protocols: list(text),
        upgrade: nullable(upgrade),
        burst: list(upgrade),
        bare: orAbsent(upgrade),
      }),
    ),
  }
}

const answer = object({
  status: number,
  contentType: nullable(text),
  location: nullable(text),
  date: nullable(object({ server: number, own: number })),
  hsts: nullable(text),
  firstByteMs: number,
  body: object({
    bytes: number,
    end: oneOf('complete', 'limit', 'cut'),
    boms: number,
    charset: nullable(text),
    invalidAt: nullable(number),
    looksLike: oneOf('empty', 'html', 'text', 'binary', 'packed'),
  }),
})

const upgraded = object({
  protocol: nullable(text),
  ping: oneOf('answered', 'closed', 'silent', 'not-sent'),
  idle: nullable(object({ forMs: number, closedAfterMs: nullable(number) })),
})

const refused = object({
  why: oneOf('status', 'upgrade-header', 'accept', 'protocol'),
  status: number,
  location: nullable(text),
  detail: text,
})

function orAbsent<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value, path) => (value === undefined ? undefined : shape(value, path))
}
