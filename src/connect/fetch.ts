/** A small, budgeted GET of one URL: for issuer certificates, which prove themselves and need no trusted transport. */
import { lookup } from 'node:dns'
import type { IncomingMessage, RequestOptions } from 'node:http'
import { isIP, type LookupFunction } from 'node:net'
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

/** Never rejects; asks each URL at most once in its life. */
export type Fetcher = (url: string) => Promise<FetchResult>

export interface FetchOptions {
  readonly timeoutMs?: number
  readonly maxBytes?: number
  readonly maxRedirects?: number
  /** Also fetch from loopback, private and link-local addresses. */
  readonly allowPrivate?: boolean
}

export function createFetcher(options: FetchOptions = {}): Fetcher {
  const seen = new Map<string, Promise<FetchResult>>()
  return url => {
    const answer = seen.get(url) ?? fetchUrl(url, options)
    seen.set(url, answer)
    return answer
  }
}

/** A fetcher that asks nobody. */
export const offline: Fetcher = async url => failed('switched-off', url)

async function fetchUrl(start: string, options: FetchOptions): Promise<FetchResult> {
  const { timeoutMs = 3_000, maxBytes = 65_536, maxRedirects = 3, allowPrivate = false } = options
  const signal = AbortSignal.timeout(timeoutMs)
  let url = start
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const parsed = parseHttpUrl(url)
    if (!parsed) return failed('bad-url', url)
    try {
      const answer = await request(parsed, { signal, allowPrivate })
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

function parseHttpUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : null
}

async function request(
  url: URL,
  { signal, allowPrivate }: { signal: AbortSignal; allowPrivate: boolean },
): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (!allowPrivate && isIP(host) && isPrivateAddress(host)) throw new PrivateAddressError(host)
  const secure = url.protocol === 'https:'
  const { request: open } = secure ? await import('node:https') : await import('node:http')
  const requestOptions: RequestOptions & { rejectUnauthorized: boolean } = {
    signal,
    agent: false,
    rejectUnauthorized: false,
    lookup: allowPrivate ? lookup : publicLookup,
    headers: { 'user-agent': 'mpcert', accept: '*/*', connection: 'close' },
  }
  return new Promise((resolve, reject) => {
    open(url, requestOptions, resolve).on('error', reject).end()
  })
}

class PrivateAddressError extends Error {}

/** The address that is checked here is the one connected to: a second lookup cannot swap it. */
const publicLookup: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    const inside = addresses?.find(({ address }) => isPrivateAddress(address))
    const first = addresses?.[0]
    if (error) callback(error, '')
    else if (inside) callback(new PrivateAddressError(inside.address), '')
    else if (options.all) callback(null, addresses)
    else callback(null, first?.address ?? '', first?.family)
  })
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
