/** From a target to an observation: names to addresses, a handshake with each, and the full set with one. */
import { type Address, resolve } from '../connect/dns.ts'
import { isIpLiteral, type Target } from '../connect/target.ts'
import { connectTcp, type Interfaces } from '../connect/tcp.ts'
import type { Hello } from '../hello.ts'
import { type Node, type Observation, type ObservedTarget, recordError } from '../observation.ts'
import { probes } from '../probes/index.ts'
import { NodeProbe } from './node-probe.ts'
import type { Dial } from './way.ts'
import { observeWeb, type WebOptions } from './web.ts'

export interface ObserveOptions {
  /** What the judged stacks send; the first one is sent first, and to every address. */
  readonly hellos: readonly Hello[]
  /** SNI instead of the host's name; null for none. */
  readonly servername?: string | null | undefined
  /** The name the certificate must hold, instead of the SNI. */
  readonly verifyName?: string | undefined
  /** To connect, and between two bytes; a whole target may take three times as long. Default 10 s. */
  readonly timeoutMs?: number | undefined
  readonly family?: 4 | 6 | undefined
  /** Addresses instead of the resolver's, by `host:port`. */
  readonly resolveTo?: ReadonlyMap<string, readonly string[]> | undefined
  /** Connect there, whatever the target's name says. */
  readonly connectTo?: { readonly host: string; readonly port: number } | undefined
  /** Ends the observation early: what was not asked yet is not probed. */
  readonly signal?: AbortSignal | undefined
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
const MAX_ADDRESSES = 16
/** How long an address that answers waits for one that stands before it (RFC 8305 section 5). */
const HEAD_START_MS = 250

/** What the server does and what we could not do are both in the observation; it throws only for bugs. */
export async function observe(target: Target, options: ObserveOptions): Promise<Observation> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, family, resolveTo } = options
  const common = {
    target: describe(target, options),
    observedAt: Date.now(),
    issuers: [],
    revocation: [],
  }
  const begun = performance.now()
  const { host, port } = options.connectTo ?? target
  let addresses: readonly Address[]
  try {
    addresses = await resolve(host, port, { timeoutMs, family, overrides: resolveTo })
  } catch (error) {
    return { ...common, resolution: { state: 'failed', error: recordError(error) }, nodes: [] }
  }
  const dnsMs = Math.round(performance.now() - begun)
  const probed = addresses.slice(0, MAX_ADDRESSES).map(
    address =>
      new NodeProbe(address, {
        port,
        servername: common.target.servername,
        timeoutMs,
        deadline: performance.now() + 3 * timeoutMs,
        signal: options.signal ?? null,
        interfaces: options.interfaces,
        onAttempt: (where, hello, done, wanted) =>
          options.onProgress?.({ target, address: where, hello, done, wanted }),
      }),
  )
  await probeNodes(probed, options.hellos)
  const rest = addresses.slice(MAX_ADDRESSES).map(notProbed)
  const resolution = { state: 'resolved' } as const
  const nodes = [...probed.map(node => node.record()), ...rest]
  const { servername } = common.target
  const signal = options.signal ?? null
  const ground = {
    ...{ nodes, connectPort: port, dnsMs, servername, resolveTo, timeoutMs, signal },
    dial: async (...to: Parameters<Dial>) => (await connectTcp(...to)).socket,
  }
  const web = await observeWeb(target, ground, options.web ?? {})
  return { ...common, ...web, resolution, nodes }
}

/** One handshake with every address at once; the full set with the first one that answers. */
async function probeNodes(nodes: readonly NodeProbe[], hellos: readonly Hello[]): Promise<void> {
  const [first] = hellos
  if (!first) return
  const asked = nodes.map(node => node.askFirst(first))
  const primary = await choosePrimary(nodes, asked)
  await primary?.askAll(Object.values(probes), { judged: hellos })
  await Promise.all(asked)
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
