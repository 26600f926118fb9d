/** From a target to an observation: names to addresses, a handshake with each, and the full set where answers differ. */
import type { SecureContext } from 'node:tls'
import type { Connect } from '../connect/connection.ts'
import type { Address } from '../connect/dns.ts'
import { isIpLiteral, type Target } from '../connect/target.ts'
import type { Interfaces } from '../connect/tcp.ts'
import type { Hello } from '../hello.ts'
import { type Node, type Observation, type ObservedTarget, recordError } from '../observation.ts'
import type { ProbePlan } from '../probe.ts'
import { probes } from '../probes/index.ts'
import { looksAlike } from './alike.ts'
import { connectorFor, locate, paced, type Way } from './connector.ts'
import { type NodeContext, NodeProbe } from './node-probe.ts'
import { wantsWeb } from './wanted.ts'
import type { WebOptions } from './web.ts'

export interface ObserveOptions extends Way {
  /** What the judged stacks send; the first one is sent first, and to every address. */
  readonly hellos: readonly Hello[]
  /** SNI instead of the host's name; null for none. */
  readonly servername?: string | null | undefined
  /** The name the certificate must hold, instead of the SNI. */
  readonly verifyName?: string | undefined
  /** To connect, and between two bytes; a whole target may take three times as long. Default 10 s. */
  readonly timeoutMs?: number | undefined
  /** Connect there, whatever the target's name says. */
  readonly connectTo?: { readonly host: string; readonly port: number } | undefined
  /** Connections to one address at the same time. Default 8. */
  readonly maxConnections?: number | undefined
  /** TLS connections to one address a second, at most. */
  readonly rate?: number | undefined
  /** Ends the observation early: what was not asked yet is not probed. */
  readonly signal?: AbortSignal | undefined
  /** One handshake with each address, and no more. */
  readonly quick?: boolean | undefined
  /** HTTP and WebSocket, where the target's form or these ask for them. */
  readonly web?: WebOptions | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
  /** This machine's network interfaces, for tests. */
  readonly interfaces?: Interfaces | undefined
}

export interface Progress {
  readonly target: Target
  readonly address: Address
  readonly hello: Hello
  readonly done: number
  readonly wanted: number
}

const DEFAULT_TIMEOUT_MS = 10_000
const DEFAULT_AT_ONCE = 8
/** Beside one for each client: for how many connections a rate may hold everything up. */
const MORE_CONNECTIONS = 32
const MAX_ADDRESSES = 16
/** Where the user wants all of them. */
const MOST_ADDRESSES = 64
/** How long an address that answers waits for one that stands before it (RFC 8305 section 5). */
const HEAD_START_MS = 250

/**
 * What the server does and what we could not do are both in the observation; it throws only for bugs.
 * @throws UsageError where the client certificate or its key cannot be used; nothing was connected then
 *
 * @example
 * ```js
 * import { createWorld, observe, parseTarget } from 'mpcert'
 *
 * const [platform] = createWorld(Date.now()).platforms
 * const hellos = platform.stacks.map(({ hello }) => hello)
 * const { nodes } = await observe(parseTarget('127.0.0.1:8443'), { hellos })
 * for (const { address, attempts } of nodes)
 *   console.log(address.ip, Object.keys(attempts).length > 0) // 127.0.0.1 true
 * ```
 */
export async function observe(target: Target, options: ObserveOptions): Promise<Observation> {
  const common = {
    target: describe(target, options),
    observedAt: Date.now(),
    issuers: [],
    revocation: [],
  }
  const { web = {} } = options
  const wanted = wantsWeb(target, web)
  const certificate = wanted ? await certificateOf(web) : null
  const begun = performance.now()
  const { host, port } = options.connectTo ?? target
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = options
  let addresses: readonly Address[]
  try {
    addresses = await locate(host, port, { ...options, timeoutMs })
  } catch (error) {
    return { ...common, resolution: { state: 'failed', error: recordError(error) }, nodes: [] }
  }
  // Spared by another target of the run, but not by who opens this one alone.
  const dnsMs = Math.round(options.names?.tookMs(host) ?? performance.now() - begun)
  const most = options.allAddresses ? MOST_ADDRESSES : MAX_ADDRESSES
  const connect = await connectorFor(common.target.servername ?? target.host, options)
  const context = nodeContext(target, port, common.target, { ...options, timeoutMs, connect })
  const probed = addresses.slice(0, most).map(address => new NodeProbe(address, context))
  const plan = { judged: options.hellos, servername: common.target.servername }
  if (options.quick) await Promise.all(probed.map(node => askOnce(node, plan)))
  else await probeNodes(probed, plan, options.allAddresses ?? false)
  const rest = addresses.slice(most).map(notProbed)
  const resolution = { state: 'resolved' } as const
  const nodes = [...probed.map(node => node.record()), ...rest]
  // How long an answer takes is measured there: nothing may wait for its turn.
  const ground = { ...options, ...context, connect, nodes, dnsMs, certificate }
  // Its code is loaded where somebody asks by HTTP.
  const beyond = wanted && (await (await import('./web.ts')).observeWeb(target, ground, web))
  return { ...common, ...beyond, resolution, nodes, ...(options.quick ? { quick: true } : {}) }
}

async function certificateOf({ clientCertificate }: WebOptions): Promise<SecureContext | null> {
  if (!clientCertificate) return null
  const { showing } = await import('../connect/secure.ts')
  return showing(clientCertificate)
}

async function askOnce(node: NodeProbe, { judged: [first] }: ProbePlan): Promise<void> {
  if (!first) return
  await node.askFirst(first)
  await node.firstAnswer()
}

function nodeContext(
  target: Target,
  port: number,
  { servername }: ObservedTarget,
  options: ObserveOptions & { readonly timeoutMs: number; readonly connect: Connect },
): NodeContext {
  const { connect, timeoutMs, rate, hellos, signal = null } = options
  const waitsMs = rate ? (1000 / rate) * (hellos.length + MORE_CONNECTIONS) : 0
  return {
    connect: rate ? paced(connect, rate, signal) : connect,
    port,
    servername,
    timeoutMs,
    deadline: performance.now() + 3 * timeoutMs + waitsMs,
    signal,
    maxAtOnce: options.maxConnections ?? DEFAULT_AT_ONCE,
    interfaces: options.interfaces,
    completes: !options.quick,
    onAttempt: (address, hello, done, wanted) =>
      options.onProgress?.({ target, address, hello, done, wanted }),
  }
}

/**
 * One handshake with every address at once; the full set with the first one that answers, and with those that answer
 * otherwise: a verdict on them needs all of it.
 */
async function probeNodes(
  nodes: readonly NodeProbe[],
  plan: ProbePlan,
  allAddresses: boolean,
): Promise<void> {
  const [first] = plan.judged
  if (!first) return
  const heard = nodes.map(node => node.askFirst(first))
  const primary = await choosePrimary(nodes, heard)
  if (!primary) return
  const askAll = (node: NodeProbe) => node.askAll(Object.values(probes), plan)
  const others = nodes.map(async (node, index) => {
    await heard[index]
    if (node === primary || !node.connected) return
    if (allAddresses || !looksAlike(await primary.firstAnswer(), await node.firstAnswer()))
      await askAll(node)
  })
  await Promise.all([askAll(primary), ...others])
}

/** The earliest address in the resolver's order that answers, without waiting long for one that does not. */
async function choosePrimary(
  nodes: readonly NodeProbe[],
  asked: readonly Promise<void>[],
): Promise<NodeProbe | null> {
  const answers = asked.map(async (done, index) => {
    await done
    if (!nodes[index]?.connected) throw new Error('no answer')
    return index
  })
  const fastest = await Promise.any(answers).catch(() => null)
  if (fastest === null) return null
  let timer: NodeJS.Timeout | undefined
  const headStart = new Promise<void>(resolve => {
    timer = setTimeout(resolve, HEAD_START_MS)
  })
  await Promise.race([Promise.all(asked.slice(0, fastest)), headStart])
  clearTimeout(timer)
  return nodes.find(node => node.connected) ?? null
}

function describe(target: Target, options: ObserveOptions): ObservedTarget {
  const { input, host, port } = target
  const own = isIpLiteral(host) ? null : host
  const servername = options.servername === undefined ? own : options.servername
  return { input, host, port, servername, verifyName: options.verifyName ?? servername ?? host }
}

function notProbed(address: Address): Node {
  return { address, reach: { state: 'not-probed' }, rttMs: null, attempts: {} }
}
