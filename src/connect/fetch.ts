/** Small, budgeted requests: for issuers and their word on certificates, which prove themselves and need no trusted transport. */
import { lookup } from 'node:dns'
import type { IncomingMessage, RequestOptions } from 'node:http'
import { isIP, type LookupFunction } from 'node:net'
import { sha256Hex } from '../bytes.ts'
import { systemCode } from '../errors.ts'
import { isPrivateAddress } from './private-address.ts'

export type FetchResult =
  | { readonly state: 'fetched'; readonly body: Uint8Array }
  | {
      readonly state: 'failed'
      readonly reason: FetchFailure
      /** The URL at which it failed: the one asked for, or one it redirected to. */
      readonly url: string
      /** A status code, a system error code or an address, where one explains the failure. */
      readonly detail: string | null
    }

export type FetchFailure =
  | 'switched-off'
  | 'bad-url'
  | 'private-address'
  | 'unreachable'
  | 'timeout'
  | 'status'
  | 'redirects'
  | 'too-large'

/** Never rejects; asks each URL at most once in its life, or once for each body. */
export type Fetcher = (url: string, request?: FetchRequest) => Promise<FetchResult>

export interface FetchRequest {
  /** Sent by POST. */
  readonly post?: {
    readonly type: string
    readonly body: Uint8Array
    readonly headers?: Readonly<Record<string, string>>
  }
  /** In place of the fetcher's own. */
  readonly options?: Pick<FetchOptions, 'timeoutMs' | 'maxBytes' | 'cache'>
}

export interface FetchOptions {
  readonly timeoutMs?: number
  readonly maxBytes?: number
  readonly maxRedirects?: number
  /** Also fetch from loopback, private and link-local addresses. */
  readonly allowPrivate?: boolean
  /** Which addresses those are; default RFC 6890's. */
  readonly isPrivate?: (ip: string) => boolean
  /** Only by HTTPS whose certificate this machine trusts: for what does not prove itself. */
  readonly secure?: boolean
  /** Keeps what was fetched by GET, beyond this fetcher's life. */
  readonly cache?: FetchCache | undefined
  /** In place of the system's resolver. */
  readonly lookup?: typeof lookup
}

/** Never rejects: a cache that cannot be read or written is none. */
export interface FetchCache {
  /** Null where nothing usable is kept. */
  read(key: string): Promise<Uint8Array | null>
  write(key: string, body: Uint8Array): Promise<void>
}

/** Memory has an end: of more addresses than these, the oldest answers are forgotten. */
const MAX_REMEMBERED = 1_000
/** Beyond this all are. */
const MAX_KEPT_BYTES = 64 << 20

/**
 * What fetches missing issuers and revocation lists: by HTTP, from public addresses alone unless said otherwise.
 *
 * @example
 * ```js
 * import { createFetcher } from 'mpcert'
 *
 * const fetcher = createFetcher({ allowPrivate: true, timeoutMs: 5000 })
 * const answer = await fetcher('http://127.0.0.1:8080/')
 * console.log(answer.state) // fetched
 * ```
 */
export function createFetcher(options: FetchOptions = {}): Fetcher {
  const seen = new Map<string, Promise<FetchResult>>()
  let kept = 0
  return (url, { post, options: own } = {}) => {
    const address = URL.canParse(url) ? new URL(url).href : url
    const key = post ? `${address} ${sha256Hex(post.body)}` : address
    const known = seen.get(key)
    if (known) return known
    const [oldest] = seen.keys()
    if (oldest !== undefined && seen.size >= MAX_REMEMBERED) seen.delete(oldest)
    const merged = { ...options, ...own }
    const answer = post ? fetchUrl(url, post, merged) : fetchCached(address, merged)
    seen.set(key, answer)
    void answer.then(result => {
      kept += result.state === 'fetched' ? result.body.length : 0
      if (kept <= MAX_KEPT_BYTES) return
      seen.clear()
      kept = 0
    })
    return answer
  }
}

/**
 * A fetcher that asks nobody.
 *
 * @example
 * ```js
 * import { offline } from 'mpcert'
 *
 * const answer = await offline('http://example.com/')
 * console.log(answer.state, answer.reason) // failed switched-off
 * ```
 */
export const offline: Fetcher = async url => failed('switched-off', url)

/** What came from inside is kept apart: it is not there for whoever asks outside alone. */
async function fetchCached(url: string, options: FetchOptions): Promise<FetchResult> {
  const { cache, allowPrivate } = options
  const key = allowPrivate ? `private ${url}` : url
  const kept = await cache?.read(key)
  if (kept) return { state: 'fetched', body: kept }
  const result = await fetchUrl(url, undefined, options)
  if (result.state === 'fetched') await cache?.write(key, result.body)
  return result
}

async function fetchUrl(
  start: string,
  post: FetchRequest['post'],
  options: FetchOptions,
): Promise<FetchResult> {
  const { timeoutMs = 3_000, maxBytes = 65_536, maxRedirects = 3 } = options
  const signal = AbortSignal.timeout(timeoutMs)
  let url = start
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const parsed = parseHttpUrl(url, options.secure)
    if (!parsed) return failed('bad-url', url)
    try {
      const answer = await request(parsed, { ...options, signal, post })
      const status = answer.statusCode ?? 0
      const location = answer.headers.location
      if (status >= 300 && status < 400 && location) {
        answer.destroy()
        url = URL.canParse(location, url) ? new URL(location, url).href : location
        continue
      }
      if (status !== 200) {
        answer.destroy()
        return failed('status', url, String(status))
      }
      return await readBody(answer, url, maxBytes)
    } catch (cause) {
      return explain(cause, url, signal.aborted)
    }
  }
  return failed('redirects', url)
}

function parseHttpUrl(text: string, secure = false): URL | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  return url.protocol === 'https:' || (url.protocol === 'http:' && !secure) ? url : null
}

interface RequestContext extends FetchOptions {
  readonly signal: AbortSignal
  readonly post: FetchRequest['post']
}

/** A POST stays one where it is redirected. */
async function request(url: URL, context: RequestContext): Promise<IncomingMessage> {
  const { signal, post, allowPrivate = false, secure = false } = context
  const { lookup: resolver = lookup, isPrivate = isPrivateAddress } = context
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (!allowPrivate && isIP(host) && isPrivate(host)) throw new PrivateAddressError(host)
  // Loaded late: most runs fetch nothing.
  const { request: open } = process.getBuiltinModule(
    url.protocol === 'https:' ? 'node:https' : 'node:http',
  )
  const requestOptions: RequestOptions & { rejectUnauthorized: boolean } = {
    signal,
    agent: false,
    rejectUnauthorized: secure,
    lookup: allowPrivate ? resolver : publicOnly(resolver, isPrivate),
    method: post ? 'POST' : 'GET',
    headers: {
      'user-agent': 'mpcert',
      accept: '*/*',
      connection: 'close',
      ...(post ? { 'content-type': post.type, 'content-length': post.body.length } : {}),
      ...post?.headers,
    },
  }
  return new Promise((resolve, reject) => {
    open(url, requestOptions, resolve).on('error', reject).end(post?.body)
  })
}

class PrivateAddressError extends Error {}

/** The address that is checked here is the one connected to: a second lookup cannot swap it. */
function publicOnly(resolver: typeof lookup, isPrivate: (ip: string) => boolean): LookupFunction {
  return (host, options, callback) => {
    resolver(host, { ...options, all: true }, (error, addresses) => {
      const inside = addresses?.find(({ address }) => isPrivate(address))
      const first = addresses?.[0]
      if (error) callback(error, '')
      else if (inside) callback(new PrivateAddressError(inside.address), '')
      else if (options.all) callback(null, addresses)
      else callback(null, first?.address ?? '', first?.family)
    })
  }
}

async function readBody(
  answer: IncomingMessage,
  url: string,
  maxBytes: number,
): Promise<FetchResult> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of answer) {
    length += (chunk as Uint8Array).length
    if (length > maxBytes) {
      answer.destroy()
      return failed('too-large', url, `> ${maxBytes}`)
    }
    chunks.push(chunk as Uint8Array)
  }
  return { state: 'fetched', body: new Uint8Array(Buffer.concat(chunks)) }
}

function explain(cause: unknown, url: string, aborted: boolean): FetchResult {
  if (aborted) return failed('timeout', url)
  if (cause instanceof PrivateAddressError) return failed('private-address', url, cause.message)
  return failed('unreachable', url, systemCode(cause) ?? String(cause))
}

function failed(reason: FetchFailure, url: string, detail: string | null = null): FetchResult {
  return { state: 'failed', reason, url, detail }
}
