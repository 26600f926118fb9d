/** HTTP and WebSocket requests such as a Mini Program sends, where the user wants them: GET alone, each on a connection of its own. */
import type { Duplex } from 'node:stream'
import { equal } from '../bytes.ts'
import type { ClientCertificate } from '../connect/secure.ts'
import { formatAuthority, type Target } from '../connect/target.ts'
import type {
  HttpObservation,
  HttpResult,
  HttpVisit,
  UpgradeResult,
  VerifyFile,
  WebSocketObservation,
} from '../observation/web.ts'
import { type Node, type Observation, recordError } from '../observation.ts'
import { ANY_MINI_PROGRAM, type MiniProgram, type Referer, referersFor } from './referers.ts'
import { openRoute, type Route } from './route.ts'
import { closeSocket, type Opened, tryOut, upgrade } from './upgrade.ts'
import { ask, INTERRUPTED, visit } from './visit.ts'
import { wantsHttp } from './wanted.ts'

export interface WebOptions {
  /** Also where the target is no URL with a path. */
  readonly http?: boolean | undefined
  readonly miniProgram?: MiniProgram | undefined
  /** The revision of the platform's document, for the form of the Referer. */
  readonly ruleSet?: string | undefined
  /** The console's verification file; content null where nobody knows it. */
  readonly verifyFile?: { readonly name: string; readonly content: Uint8Array | null } | undefined
  /** Subprotocols to offer. */
  readonly protocols?: readonly string[] | undefined
  /** Leave the WebSocket alone for so long, to see who ends it. */
  readonly idleMs?: number | undefined
  /** How long to wait for a first byte: the longest a Mini Program may. Default 60 s. */
  readonly waitMs?: number | undefined
  /**
   * Shown by these requests where the target itself asks for one, to see what lies behind. The handshakes that are judged
   * show none, as no Mini Program can: the verdict is the same.
   */
  readonly clientCertificate?: ClientCertificate | undefined
  /** Where plain HTTP is looked for when https does not answer; default 80 where that is port 443. */
  readonly plainPort?: number | null | undefined
}

export type WebObservation = Pick<Observation, 'http' | 'websocket'>

/** What the observation of TLS has found out before; `port` is the one connected to. */
export interface WebGround extends Omit<Route, 'host' | 'address' | 'connectPort' | 'open'> {
  readonly nodes: readonly Node[]
  readonly dnsMs: number
}

/** What wx.request and wx.connectSocket allow at the same time. */
const REQUESTS_AT_ONCE = 10
const SOCKETS_AT_ONCE = 5
const WAIT_MS = 60_000
const MAX_BODY = 1 << 20
/** Of the requests that are sent at once, the bodies hardly matter. */
const MAX_BURST_BODY = 1 << 16

export async function observeWeb(
  target: Target,
  ground: WebGround,
  options: WebOptions,
): Promise<WebObservation> {
  const open = new Set<Duplex>()
  const stop = () => {
    for (const stream of open) stream.destroy()
  }
  ground.signal?.addEventListener('abort', stop, { once: true })
  try {
    return await askAll(target, { ...ground, open }, options)
  } finally {
    ground.signal?.removeEventListener('abort', stop)
  }
}

async function askAll(
  target: Target,
  ground: WebGround & Pick<Route, 'open'>,
  options: WebOptions,
): Promise<WebObservation> {
  const { nodes, port: connectPort, ...common } = ground
  const speaking = nodes.find(isHeard)
  const node = speaking ?? nodes.find(({ reach }) => reach.state !== 'no-route')
  const { host, port, path } = target
  const route = node && { ...common, host, port, connectPort, address: node.address }
  const ip = node?.address.ip ?? ''
  const authority = formatAuthority(host, port).replace(/:443$/, '')
  const url = new URL(`https://${authority}${path ?? '/'}`).href
  const attempts = Object.values(speaking?.attempts ?? {})
  const hasTls = attempts.some(one => stands(one) || (ground.certificate && lacksCertificate(one)))
  return {
    http: wantsHttp(target, options)
      ? {
          ip,
          path: path ?? '/',
          dnsMs: ground.dnsMs,
          ownAppid: options.miniProgram !== undefined,
          ...NOTHING,
          ...(route && hasTls ? await observeHttp(route, url, options) : {}),
          plain: route && !speaking ? await askPlain(route, url, options) : null,
        }
      : undefined,
    websocket:
      target.scheme === 'wss'
        ? {
            ip,
            url: url.replace(/^https/, 'wss'),
            protocols: options.protocols ?? [],
            ...NO_SOCKET,
            ...(route && hasTls ? await observeSocket(route, url, options) : {}),
          }
        : undefined,
  }
}

const NOTHING = { visits: [], burst: [], verifyFile: null } as const
const NO_SOCKET = { upgrade: null, burst: [] } as const

async function observeHttp(
  route: Route,
  url: string,
  options: WebOptions,
): Promise<Pick<HttpObservation, 'visits' | 'burst' | 'bare' | 'verifyFile'>> {
  const { miniProgram = ANY_MINI_PROGRAM, ruleSet = '', waitMs = WAIT_MS } = options
  const [first, ...others] = referersFor(miniProgram, ruleSet)
  const go = async (as: Referer): Promise<HttpVisit> => ({
    ...as,
    hops: await visit(route, url, { waitMs, maxBytes: MAX_BODY, referer: as.referer }),
  })
  const release = await go(first)
  // A server that stays silent, or that nobody gets through to, is not asked the same thing twenty times.
  const mute = release.hops.some(({ result }) => result.kind === 'failed' || isSilent(result))
  const visits = mute ? [release] : [release, ...(await Promise.all(others.map(go)))]
  const again = (by: Route) =>
    ask(by, url, { waitMs, maxBytes: MAX_BURST_BODY, referer: first.referer })
  const burst = mute
    ? []
    : await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, () => again(route)))
  const bare = showingNone(route)
  return {
    visits,
    burst,
    ...(route.certificate && !mute ? { bare: await again(bare) } : {}),
    // The platform, who looks for it, has no certificate.
    verifyFile: await askVerifyFile(bare, url, options),
  }
}

async function askVerifyFile(
  route: Route,
  url: string,
  { verifyFile, waitMs = WAIT_MS }: WebOptions,
): Promise<VerifyFile | null> {
  if (!verifyFile) return null
  const { name, content } = verifyFile
  const at = new URL(`/${encodeURIComponent(name)}`, url).href
  let body: Uint8Array | null = null
  const result = await ask(route, at, {
    referer: null,
    waitMs,
    maxBytes: MAX_BODY,
    onBody: bytes => {
      body = bytes
    },
  })
  return { url: at, result, matches: content && body && equal(content, body) }
}

/** Port 80 stands beside 443, and beside no other port. */
async function askPlain(
  route: Route,
  url: string,
  { plainPort = route.port === 443 ? 80 : null, waitMs = WAIT_MS }: WebOptions,
): Promise<HttpObservation['plain']> {
  if (plainPort === null) return null
  const { pathname, search } = new URL(url)
  const at = new URL(`http://${formatAuthority(route.host, 80)}${pathname}${search}`).href
  const plain = { ...route, port: 80, connectPort: plainPort }
  return { url: at, result: await ask(plain, at, { referer: null, waitMs, maxBytes: MAX_BODY }) }
}

async function observeSocket(
  route: Route,
  url: string,
  options: WebOptions,
): Promise<Pick<WebSocketObservation, 'upgrade' | 'burst' | 'bare'>> {
  const first = await openSocket(route, url, options)
  if (!('inbox' in first)) return { upgrade: first, burst: [] }
  const tried = await tryOut(first, options)
  closeSocket(first)
  if (tried.kind !== 'upgraded') return { upgrade: tried, burst: [] }
  const burst = await openMany(SOCKETS_AT_ONCE, route, url, options)
  if (!route.certificate) return { upgrade: tried, burst }
  const [bare] = await openMany(1, showingNone(route), url, options)
  return { upgrade: tried, burst, bare }
}

/** Closed only when all of them stand. */
async function openMany(
  count: number,
  route: Route,
  url: string,
  options: WebOptions,
): Promise<readonly UpgradeResult[]> {
  const many = await Promise.all(
    Array.from({ length: count }, () => openSocket(route, url, options)),
  )
  for (const one of many) if ('inbox' in one) closeSocket(one)
  return many.map(one => ('inbox' in one ? one.result : one))
}

function showingNone(route: Route): Route {
  return { ...route, certificate: null }
}

async function openSocket(
  route: Route,
  url: string,
  options: WebOptions,
): Promise<Opened | UpgradeResult> {
  const { miniProgram = ANY_MINI_PROGRAM, ruleSet = '', waitMs = WAIT_MS } = options
  if (route.signal?.aborted) return INTERRUPTED
  const [release] = referersFor(miniProgram, ruleSet)
  const begun = performance.now()
  const parsed = new URL(url)
  try {
    const stream = await openRoute(route, parsed)
    const opened = await upgrade(stream, parsed, {
      referer: release.referer,
      protocols: options.protocols ?? [],
      begun,
      waitMs,
    })
    if (!route.signal?.aborted) return opened
    stream.destroy()
    return INTERRUPTED
  } catch (error) {
    return { kind: 'failed', error: recordError(error) }
  }
}

/** The server goes on with the handshake. */
function stands({ kind }: Node['attempts'][string]): boolean {
  return kind === 'completed' || kind === 'server-hello'
}

/** It would go on, had it been shown a certificate. */
function lacksCertificate(attempt: Node['attempts'][string]): boolean {
  return 'server' in attempt && attempt.server.clientAuth === 'required'
}

/** It says anything at all on that port. */
function isHeard({ attempts }: Node): boolean {
  return Object.values(attempts).some(({ kind }) => kind !== 'failed' && kind !== 'timeout')
}

function isSilent(result: HttpResult): boolean {
  return result.kind === 'broken' && result.how === 'silent'
}
