/** A WebSocket opening handshake, a ping, and a wait, over a stream that stands (RFC 6455 sections 4.1, 5.5). */
import { createHash, randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { equal } from '../bytes.ts'
import type { UpgradeResult } from '../observation/web.ts'
import { controlFrame, type Frame, OPCODE, readFrame } from './frames.ts'
import { USER_AGENT } from './get.ts'
import { Inbox, type Lack } from './inbox.ts'

export interface UpgradeOptions {
  readonly referer: string | null
  readonly protocols: readonly string[]
  readonly begun: number
  readonly waitMs: number
}

export interface Opened {
  readonly result: UpgradeResult
  readonly stream: Duplex
  readonly inbox: Inbox
}

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const MAX_HEAD = 16_384
const PONG_MS = 5_000
const NORMAL_CLOSURE = Uint8Array.of(0x03, 0xe8)

/** Never rejects. The stream stays open for whoever wants to use or to close it. */
export async function upgrade(stream: Duplex, url: URL, options: UpgradeOptions): Promise<Opened> {
  const inbox = new Inbox(stream)
  const key = randomBytes(16).toString('base64')
  stream.write(requestText(url, key, options))
  const head = await inbox.take(readHead, options.begun + options.waitMs)
  return { result: judgeHead(head, key, options), stream, inbox }
}

export interface TryOptions {
  readonly waitMs?: number | undefined
  /** How long to leave it alone; not at all where left out. */
  readonly idleMs?: number | undefined
}

/** Whether a ping is answered, and how long the server leaves the connection alone. */
export async function tryOut(
  { stream, inbox, result }: Opened,
  { waitMs = PONG_MS, idleMs }: TryOptions,
): Promise<UpgradeResult> {
  if (result.kind !== 'upgraded') return result
  const payload = randomBytes(8)
  stream.write(controlFrame(OPCODE.ping, payload))
  const isPong = (frame: Frame) => frame.opcode === OPCODE.pong && equal(frame.payload, payload)
  const heard = await waitFor(stream, inbox, isPong, performance.now() + Math.min(PONG_MS, waitMs))
  const ping = heard === 'too-much' ? 'silent' : heard
  if (idleMs === undefined || ping === 'closed') return { ...result, ping }
  const begun = performance.now()
  const end = await waitFor(stream, inbox, () => false, begun + idleMs)
  const closedAfterMs = end === 'closed' ? Math.round(performance.now() - begun) : null
  return { ...result, ping, idle: { forMs: idleMs, closedAfterMs } }
}

export function closeSocket({ stream, result }: Opened): void {
  if (result.kind === 'upgraded') stream.write(controlFrame(OPCODE.close, NORMAL_CLOSURE))
  stream.end()
  setTimeout(() => stream.destroy(), 1_000).unref()
}

function requestText(url: URL, key: string, { referer, protocols }: UpgradeOptions): string {
  const lines = [
    `GET ${url.pathname}${url.search} HTTP/1.1`,
    `Host: ${url.host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${key}`,
    ...(protocols.length > 0 ? [`Sec-WebSocket-Protocol: ${protocols.join(', ')}`] : []),
    ...(referer === null ? [] : [`Referer: ${referer}`]),
    `User-Agent: ${USER_AGENT}`,
  ]
  return `${lines.join('\r\n')}\r\n\r\n`
}

interface Head {
  /** Null where it is no HTTP. */
  readonly status: number | null
  readonly firstLine: string
  /** By lower-case name; the first one counts. */
  readonly fields: ReadonlyMap<string, string>
}

function readHead(bytes: Uint8Array): { readonly value: Head; readonly length: number } | null {
  const text = Buffer.from(bytes.subarray(0, MAX_HEAD)).toString('latin1')
  const isHttp = 'HTTP/1.'.startsWith(text.slice(0, 7))
  const end = text.indexOf('\r\n\r\n')
  if (isHttp && end < 0 && bytes.length < MAX_HEAD) return null
  if (bytes.length === 0) return null
  const [firstLine = '', ...lines] = text.slice(0, end < 0 ? 200 : end).split('\r\n')
  const fields = lines.toReversed().map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).trim().toLowerCase(), printable(line.slice(colon + 1))]
  })
  const status = /^HTTP\/1\.[01] ([1-5]\d\d)(?: |$)/.exec(firstLine)?.[1]
  return {
    value: {
      status: status === undefined || end < 0 ? null : Number(status),
      firstLine: printable(firstLine),
      fields: new Map(fields),
    },
    length: end < 0 ? bytes.length : end + 4,
  }
}

function judgeHead(
  head: { readonly value: Head } | Lack,
  key: string,
  { protocols, begun }: UpgradeOptions,
): UpgradeResult {
  const afterMs = Math.round(performance.now() - begun)
  if (head === 'silent' || head === 'closed')
    return { kind: 'broken', how: head, detail: '', afterMs }
  if (head === 'too-much') return { kind: 'broken', how: 'not-http', detail: '', afterMs }
  const { status, firstLine, fields } = head.value
  if (status === null) return { kind: 'broken', how: 'not-http', detail: firstLine, afterMs }
  const refused = (
    why: Extract<UpgradeResult, { kind: 'refused' }>['why'],
    detail: string,
  ): UpgradeResult => ({
    kind: 'refused',
    why,
    status,
    location: fields.get('location') ?? null,
    detail,
  })
  if (status !== 101) return refused('status', firstLine)
  const names = (name: string) => (fields.get(name) ?? '').toLowerCase().split(/\s*,\s*/)
  if (!names('upgrade').includes('websocket') || !names('connection').includes('upgrade'))
    return refused('upgrade-header', fields.get('upgrade') ?? '')
  const accept = createHash('sha1').update(`${key}${GUID}`).digest('base64')
  if (fields.get('sec-websocket-accept') !== accept)
    return refused('accept', fields.get('sec-websocket-accept') ?? '')
  const protocol = fields.get('sec-websocket-protocol') ?? null
  const isOffered = protocol === null ? protocols.length === 0 : protocols.includes(protocol)
  if (!isOffered) return refused('protocol', protocol ?? '')
  return { kind: 'upgraded', protocol, ping: 'not-sent', idle: null }
}

/** Answers the server's pings meanwhile, as every client does. */
async function waitFor(
  stream: Duplex,
  inbox: Inbox,
  isWanted: (frame: Frame) => boolean,
  untilMs: number,
): Promise<'answered' | Lack> {
  for (;;) {
    const frame = await inbox.take(readFrame, untilMs)
    if (typeof frame === 'string') return frame
    const { opcode, payload } = frame.value
    if (isWanted(frame.value)) return 'answered'
    if (opcode === OPCODE.close) return 'closed'
    if (opcode === OPCODE.ping) stream.write(controlFrame(OPCODE.pong, payload.subarray(0, 125)))
  }
}

function printable(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 200)
}
