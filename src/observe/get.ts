/** One GET over a stream that stands, and what came of it. */
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import type { Duplex } from 'node:stream'
import { tlsError } from '../connect/secure.ts'
import { systemCode } from '../errors.ts'
import type { HttpAnswer, HttpResult } from '../observation/web.ts'
import { recordError } from '../observation.ts'
import { afterSilence } from '../silence.ts'
import { VERSION } from '../version.ts'
import { describeBody } from './body.ts'

export interface GetOptions {
  readonly referer: string | null
  /** When the way to the server was begun, on the clock of `performance.now()`. */
  readonly begun: number
  /** How long to wait for the first byte, from then on. */
  readonly waitMs: number
  readonly bodyMs: number
  readonly maxBytes: number
  /** Looks at the body as read. */
  readonly onBody?: ((body: Uint8Array) => void) | undefined
}

export const USER_AGENT = `mpcert/${VERSION}`

const MAX_HEADERS = 65_536
const MAX_HEADER = 2_000

/** Never rejects; the stream is done with afterwards. */
export function get(stream: Duplex, url: URL, options: GetOptions): Promise<HttpResult> {
  const { referer, begun, waitMs } = options
  return new Promise(resolve => {
    const settle = (result: HttpResult) => {
      callOff()
      stream.destroy()
      resolve(result)
    }
    const broken = (how: 'closed' | 'silent' | 'not-http', detail = '') =>
      settle({ kind: 'broken', how, detail, afterMs: Math.ceil(performance.now() - begun) })
    const callOff = afterSilence(Math.max(1, waitMs - (performance.now() - begun)), () =>
      broken('silent'),
    )
    const asked: ClientRequest = request({
      createConnection: () => stream,
      path: `${url.pathname}${url.search}`,
      setHost: false,
      maxHeaderSize: MAX_HEADERS,
      headers: {
        host: url.host,
        'user-agent': USER_AGENT,
        accept: '*/*',
        'accept-encoding': 'identity',
        connection: 'close',
        ...(referer === null ? {} : { referer }),
      },
    })
    asked.once('response', answer => {
      callOff()
      const firstByteMs = Math.ceil(performance.now() - begun)
      void readAnswer(answer, url, firstByteMs, options).then(settle)
    })
    // Later errors belong to the body, and are heard there.
    asked.on('error', error => {
      const code = systemCode(error) ?? ''
      if (code.startsWith('ERR_SSL'))
        settle({ kind: 'failed', error: recordError(tlsError(error)) })
      else if (code.startsWith('HPE_')) broken('not-http', code)
      else broken('closed', code)
    })
    // An upgrade that nobody asked for.
    asked.once('upgrade', () => broken('not-http', '101'))
    asked.end()
  })
}

async function readAnswer(
  answer: IncomingMessage,
  url: URL,
  firstByteMs: number,
  options: GetOptions,
): Promise<HttpAnswer> {
  const { headers, statusCode = 0 } = answer
  const server = Date.parse(headers.date ?? '')
  const own = Date.now()
  const { bytes, end } = await readBody(answer, options)
  options.onBody?.(bytes)
  const encoding = headers['content-encoding'] ?? null
  return {
    kind: 'answered',
    status: statusCode,
    contentType: headerText(headers['content-type']),
    location: absolute(headerText(headers.location), url),
    date: Number.isNaN(server) ? null : { server, own },
    hsts: headerText(headers['strict-transport-security']),
    firstByteMs,
    body: describeBody({ bytes, end, encoding }),
  }
}

async function readBody(
  answer: IncomingMessage,
  { bodyMs, maxBytes }: GetOptions,
): Promise<{ readonly bytes: Uint8Array; readonly end: HttpAnswer['body']['end'] }> {
  const chunks: Uint8Array[] = []
  let length = 0
  let isEnough = false
  const stop = () => {
    isEnough = true
    answer.destroy()
  }
  const timer = setTimeout(stop, bodyMs)
  try {
    for await (const chunk of answer) {
      chunks.push(chunk as Uint8Array)
      length += (chunk as Uint8Array).length
      if (length <= maxBytes) continue
      stop()
      break
    }
  } catch {
    // Ended by us, or cut off by the server: told apart below.
  }
  clearTimeout(timer)
  const end = isEnough ? 'limit' : answer.complete ? 'complete' : 'cut'
  return { bytes: Buffer.concat(chunks).subarray(0, maxBytes), end }
}

/** Headers are a stranger's: one line, of bounded length. */
function headerText(value: string | undefined): string | null {
  return value === undefined ? null : value.replace(/\p{Cc}+/gu, ' ').slice(0, MAX_HEADER)
}

function absolute(location: string | null, url: URL): string | null {
  const base = url.href
  return location !== null && URL.canParse(location, base) ? new URL(location, base).href : location
}
