/** From a packet down to its TCP segment: link, IPv4 or IPv6, TCP (RFC 791, RFC 8200, RFC 9293). */
import { Reader, toBinary } from '../bytes.ts'
import { DecodeError } from '../errors.ts'
import type { Packet } from './packet-file.ts'

/** Part of one direction of a connection. */
export interface Segment {
  /** Equal for all segments of this direction. */
  readonly flow: string
  /** Sequence number of its first byte. */
  readonly sequence: number
  readonly bytes: Uint8Array
}

export type Content =
  | { readonly kind: 'tcp'; readonly segment: Segment }
  | { readonly kind: 'quic' }
  /** No bytes of a TCP connection, a fragment, or a packet that is not whole. */
  | { readonly kind: 'other' }
  | { readonly kind: 'unknown-link' }

export function readPacket({ linkType, bytes }: Packet): Content {
  const open = LINKS[linkType]
  if (!open) return { kind: 'unknown-link' }
  try {
    const reader = new Reader(bytes, 'packet')
    return open(reader) ? readIp(reader) : OTHER
  } catch (error) {
    if (error instanceof DecodeError) return OTHER
    throw error
  }
}

/** Whether a datagram begins as QUIC does: a long header of a version in use (RFC 8999 §5.1, RFC 9369). */
export function isQuic(datagram: Uint8Array): boolean {
  if (datagram.length < 7 || (datagram[0] ?? 0) < 0x80) return false
  const version = new Reader(datagram.subarray(1), 'quic').u32()
  return version === 1 || version === QUIC_2 || version >>> 8 === QUIC_DRAFTS
}

const OTHER = { kind: 'other' } as const
const QUIC_2 = 0x6b3343cf
const QUIC_DRAFTS = 0xff0000

const IPV4 = 0x0800
const IPV6 = 0x86dd
/** IEEE 802.1Q, 802.1ad, and what came before it. */
const VLAN_TAGS: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100])

/** LINKTYPE_NULL, _RAW and the like: by each, how to get to the IP header; false where there is none. */
const LINKS: Readonly<Record<number, (reader: Reader) => boolean>> = {
  0: loopback,
  1: ethernet,
  12: raw, // DLT_RAW of most systems
  14: raw, // DLT_RAW of OpenBSD
  101: raw,
  108: loopback,
  113: cooked,
  228: raw,
  229: raw,
  276: cooked2,
}

/** Four bytes of an address family, which differs by system: the version in the IP header tells as much. */
function loopback(reader: Reader): boolean {
  reader.take(4)
  return true
}

function ethernet(reader: Reader): boolean {
  reader.take(12)
  return isIp(reader)
}

function raw(): boolean {
  return true
}

/** Linux cooked capture, version 1: packet type, device type, address, protocol. */
function cooked(reader: Reader): boolean {
  reader.take(14)
  return isIp(reader)
}

/** Version 2: protocol, reserved, interface, device type, packet type, address. */
function cooked2(reader: Reader): boolean {
  const protocol = reader.u16()
  reader.take(18)
  return protocol === IPV4 || protocol === IPV6
}

/** Reads an EtherType, behind VLAN tags at most four. */
function isIp(reader: Reader): boolean {
  let type = reader.u16()
  for (let tags = 0; VLAN_TAGS.has(type) && tags < 4; tags++) {
    reader.take(2)
    type = reader.u16()
  }
  return type === IPV4 || type === IPV6
}

const TCP = 6
const UDP = 17

function readIp(reader: Reader): Content {
  const start = reader.position
  const version = reader.u8() >> 4
  reader.position = start
  return version === 4 ? readIpv4(reader) : version === 6 ? readIpv6(reader) : OTHER
}

function readIpv4(reader: Reader): Content {
  const start = reader.position
  const headerLength = (reader.u8() & 0x0f) * 4
  reader.take(1)
  const total = reader.u16()
  reader.take(2)
  // More fragments, or an offset.
  if ((reader.u16() & 0x3fff) !== 0) return OTHER
  reader.take(1)
  const protocol = reader.u8()
  reader.take(2)
  const addresses = reader.take(8)
  skipOptions(reader, headerLength)
  // 0 where the network card cut the packet later than it was captured.
  const end = total === 0 ? reader.bytes.length : start + total
  return readTransport(protocol, addresses, upTo(reader, end))
}

/** Extension headers that tell their length in units of eight bytes: hop-by-hop, routing, destination, mobility. */
const OPTIONS: ReadonlySet<number> = new Set([0, 43, 60, 135])
const MAX_OPTIONS = 8

function readIpv6(reader: Reader): Content {
  reader.take(4)
  const length = reader.u16()
  let next = reader.u8()
  reader.take(1)
  const addresses = reader.take(32)
  const end = length === 0 ? reader.bytes.length : reader.position + length
  for (let count = 0; OPTIONS.has(next) && count < MAX_OPTIONS; count++) {
    next = reader.u8()
    reader.take(reader.u8() * 8 + 6)
  }
  return readTransport(next, addresses, upTo(reader, end))
}

/** After the twenty bytes that every header has, of IPv4 and of TCP. */
function skipOptions(reader: Reader, headerLength: number): void {
  if (headerLength < 20) reader.fail(`a header of ${headerLength} bytes`)
  reader.take(headerLength - 20)
}

/** Frames are filled up to their least length: what the IP header does not count is no payload. */
function upTo(reader: Reader, end: number): Reader {
  return new Reader(reader.bytes.subarray(reader.position, end), reader.path, reader.position)
}

function readTransport(protocol: number, addresses: Uint8Array, reader: Reader): Content {
  if (protocol === UDP) {
    reader.take(8)
    return isQuic(reader.rest()) ? { kind: 'quic' } : OTHER
  }
  if (protocol !== TCP) return OTHER
  const flow = toBinary(addresses) + toBinary(reader.take(4))
  const first = reader.u32()
  reader.take(4)
  const headerLength = (reader.u8() >> 4) * 4
  const syn = (reader.u8() & 2) !== 0
  reader.take(6)
  skipOptions(reader, headerLength)
  const bytes = reader.rest()
  if (bytes.length === 0) return OTHER
  // SYN counts as a byte of its own; with Fast Open, data follow it.
  return { kind: 'tcp', segment: { flow, sequence: (first + (syn ? 1 : 0)) >>> 0, bytes } }
}
