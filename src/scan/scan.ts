/** From a target to what its server accepts: the first address that answers is asked for everything, or each is. */
import type { Connect as ConnectTo } from '../connect/connection.ts'
import type { Address } from '../connect/dns.ts'
import { formatAuthority, isIpLiteral, type Target } from '../connect/target.ts'
import { type RecordedError, recordError } from '../observation.ts'
import { connectorFor, locate, type Way } from '../observe/connector.ts'
import type { ObserveOptions } from '../observe/observe.ts'
import { type Connect, createAsker } from './asker.ts'
import { Pacer } from './pacer.ts'
import type { ScanFacts } from './scan-facts.ts'
import { type Contact, makeContact, nothingFound, scanServer } from './scan-server.ts'

export interface ScanOptions
  extends Way,
    Pick<ObserveOptions, 'servername' | 'timeoutMs' | 'connectTo' | 'signal'> {
  /** Most connections at once; default 8. */
  readonly maxConnections?: number | undefined
  /** Most connections a second. */
  readonly rate?: number | undefined
  /** For everything; default 5 minutes. */
  readonly totalMs?: number | undefined
  /** Connections in all; default 2,000. */
  readonly totalConnections?: number | undefined
  readonly onProgress?:
    | ((progress: { readonly sent: number; readonly address: Address }) => void)
    | undefined
}

export interface Scan {
  /** The name sent as SNI; null where none was sent. */
  readonly servername: string | null
  readonly addresses: readonly Address[]
  /** The one that was scanned; null where none answered, and not each was to be. */
  readonly address: Address | null
  /** Null where nobody answered. */
  readonly facts: ScanFacts | null
  /** How the port answers that speaks something else than TLS; `nothing` hangs up on every ClientHello. */
  readonly speaks: 'tls' | 'http' | 'ssh' | 'text' | 'binary' | 'nothing'
  readonly error: RecordedError | null
}

const DEFAULT_TIMEOUT_MS = 10_000
const DEFAULT_AT_ONCE = 8
const DEFAULT_TOTAL_MS = 300_000
const DEFAULT_CONNECTIONS = 2000
const MOST_ADDRESSES = 64

/**
 * The first address that answers; with `allAddresses` each of them, one after the other, and one result for each. What
 * the server does and what we could not do are both in the result; it throws only for bugs.
 */
export async function scan(
  target: Target,
  options: ScanOptions = {},
): Promise<readonly [Scan, ...Scan[]]> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, allAddresses, signal } = options
  const own = isIpLiteral(target.host) ? null : target.host
  const servername = options.servername === undefined ? own : options.servername
  const { host, port } = options.connectTo ?? target
  const nothing = { servername, addresses: [], address: null, facts: null, speaks: 'tls' } as const
  let addresses: readonly Address[]
  try {
    addresses = await locate(host, port, { ...options, timeoutMs })
  } catch (error) {
    return [{ ...nothing, error: recordError(error) }]
  }
  const connect = await connectorFor(servername ?? target.host, options)
  const scans: Scan[] = []
  for (const address of addresses.slice(0, MOST_ADDRESSES)) {
    const scanned = await scanAddress(connect, address, port, servername, options)
    scans.push({ servername, addresses, address, ...scanned })
    if ((scanned.facts && !allAddresses) || signal?.aborted) break
  }
  // Who answers comes first.
  const [first, ...others] = scans.toSorted((a, b) => Number(!a.facts) - Number(!b.facts))
  if (!first) return [{ ...nothing, addresses, error: null }]
  if (allAddresses) return [first, ...others]
  return [first.facts ? first : { ...nothing, addresses, error: first.error }]
}

async function scanAddress(
  connectTo: ConnectTo,
  address: Address,
  port: number,
  servername: string | null,
  options: ScanOptions,
): Promise<Pick<Scan, 'facts' | 'speaks' | 'error'>> {
  const startedAt = performance.now()
  const pacer = new Pacer({
    atOnce: options.maxConnections ?? DEFAULT_AT_ONCE,
    perSecond: options.rate ?? null,
    connections: options.totalConnections ?? DEFAULT_CONNECTIONS,
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    deadline: startedAt + (options.totalMs ?? DEFAULT_TOTAL_MS),
    signal: options.signal ?? null,
  })
  let rttMs: number | null = null
  const connect: Connect = async timeoutMs => {
    options.onProgress?.({ sent: pacer.sent, address })
    const connection = await connectTo(address, port, timeoutMs)
    rttMs = Math.min(rttMs ?? connection.rttMs, connection.rttMs)
    return connection.stream
  }
  const asker = createAsker(connect, servername, pacer)
  const contact = await makeContact(asker)
  const { answer } = contact
  if (answer.kind === 'failed') return { facts: null, speaks: 'tls', error: answer.error }
  if (answer.kind === 'timeout' || answer.kind === 'not-asked')
    return { facts: null, speaks: 'tls', error: silence(address, port) }
  const isTls = answer.kind !== 'not-tls' && answer.kind !== 'closed'
  const facts = isTls
    ? await scanServer(asker, contact, pacer)
    : // Nothing more is asked of who speaks something else; who hangs up has not said what he speaks.
      nothingFound(answer.kind === 'closed' ? null : false)
  return {
    facts: {
      ...facts,
      cost: {
        sent: pacer.sent,
        unanswered: pacer.unanswered,
        atOnce: pacer.peak,
        durationMs: Math.round(performance.now() - startedAt),
        rttMs,
        exhausted: pacer.exhausted,
      },
    },
    speaks: speaksWhat(contact),
    error: null,
  }
}

function speaksWhat({ answer }: Contact): Scan['speaks'] {
  if (answer.kind === 'closed') return 'nothing'
  return answer.kind === 'not-tls' ? answer.looksLike : 'tls'
}

function silence({ ip }: Address, port: number): RecordedError {
  const where = formatAuthority(ip, port)
  return {
    code: 'ERR_TIMEOUT',
    phase: 'handshake',
    system: null,
    text: {
      en: `${where} accepts the connection and then stays silent`,
      'zh-CN': `${where} 接受连接后一直没有回应`,
    },
  }
}
