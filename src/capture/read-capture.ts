/** The first ClientHello of a file: raw bytes, a hex dump, or a capture of packets. */
import { DecodeError, UsageError } from '../errors.ts'
import type { Text } from '../text.ts'
import { type ParsedHello, parseClientHello } from '../wire/parse-client-hello.ts'
import { decodeHexDumps, textOf } from './hex-dump.ts'
import { isQuic, readPacket } from './packet.ts'
import { type Packet, readPackets } from './packet-file.ts'
import { createStreams } from './streams.ts'

export const MAX_CAPTURE = 16 << 20

/**
 * Reads a file of at most 16 MiB.
 * @throws DecodeError for bytes that are no ClientHello; UsageError for a capture in which there is none
 */
export function readCapture(file: Uint8Array): ParsedHello {
  if (file.length > MAX_CAPTURE) throw new UsageError(TOO_BIG)
  if (file.length === 0) throw new UsageError(EMPTY)
  const packets = readPackets(file)
  if (packets) return search(packets)
  const text = textOf(file)
  return fromBytes(text === null ? [file] : decodeHexDumps(text))
}

/** Each is a hello, or a packet that holds one or a part of it. */
function fromBytes(chunks: readonly Uint8Array[]): ParsedHello {
  let failure: unknown
  for (const bytes of chunks) {
    if (isQuic(bytes)) throw new UsageError(QUIC)
    try {
      return parseClientHello(bytes)
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      failure ??= error
    }
  }
  for (const linkType of [ETHERNET, RAW_IP]) {
    const { hello } = findHello(chunks.map(bytes => ({ linkType, bytes, cut: false })))
    if (hello) return hello
  }
  throw failure
}

const ETHERNET = 1
const RAW_IP = 101

function search(packets: Iterable<Packet>): ParsedHello {
  const { hello, seen } = findHello(packets)
  if (hello) return hello
  const [reason] = REASONS.filter(([sign]) => seen.has(sign))
  throw new UsageError(reason?.[1] ?? NONE)
}

type Sign = 'quic' | 'cut' | 'tcp' | 'unknown-link' | 'other'

function findHello(packets: Iterable<Packet>): {
  readonly hello: ParsedHello | null
  readonly seen: ReadonlySet<Sign>
} {
  const seen = new Set<Sign>()
  const take = createStreams()
  for (const packet of packets) {
    const content = readPacket(packet)
    seen.add(content.kind)
    if (packet.cut) seen.add('cut')
    const hello = content.kind === 'tcp' ? take(content.segment) : null
    if (hello) return { hello, seen }
  }
  return { hello: null, seen }
}

const TOO_BIG: Text = { en: 'over 16 MiB', 'zh-CN': '超过 16 MiB' }
const EMPTY: Text = { en: 'it is empty', 'zh-CN': '文件为空' }
const QUIC: Text = {
  en: 'it holds QUIC, not TLS over TCP; capture the client with QUIC switched off',
  'zh-CN': '其中是 QUIC，而不是基于 TCP 的 TLS；请让客户端关闭 QUIC 后重新抓包',
}
const NONE: Text = {
  en: 'it holds no whole ClientHello of TLS over TCP',
  'zh-CN': '其中没有完整的、基于 TCP 的 TLS ClientHello',
}

/** Why there is none, the likeliest first. */
const REASONS: readonly (readonly [Sign, Text])[] = [
  [
    'cut',
    {
      en: 'no whole ClientHello in it: its packets were cut short (capture whole ones: tcpdump -s 0)',
      'zh-CN': '其中没有完整的 ClientHello：数据包被截短（请完整抓包：tcpdump -s 0）',
    },
  ],
  ['quic', QUIC],
  ['tcp', NONE],
  ['other', NONE],
  [
    'unknown-link',
    {
      en: 'its packets are of a link type that is not read (Ethernet, Linux cooked, raw IP and loopback are)',
      'zh-CN': '其链路类型无法读取（支持以太网、Linux cooked、原始 IP 与环回）',
    },
  ],
]
