/** Writes what capture tools write: frames of TCP and UDP, and pcap and pcapng around them. */
import { concat, fromHex, Writer } from '../../src/bytes.ts'

export interface TcpOptions {
  readonly sequence?: number
  /** Tells connections apart. */
  readonly port?: number
  readonly flags?: number
}

/** A TCP segment, with an option of four bytes. */
export function tcp(bytes: Uint8Array, options: TcpOptions = {}): Uint8Array {
  const { sequence = 1000, port = 50_000, flags = 0x18 } = options
  const head = new Writer()
    .u16(port)
    .u16(443)
    .u32(sequence >>> 0)
    .u32(0)
  return head.u8(0x60).u8(flags).u16(0xffff).u32(0).u32(0x01010101).push(bytes).bytes()
}

export function udp(bytes: Uint8Array): Uint8Array {
  return new Writer()
    .u16(50_000)
    .u16(443)
    .u16(8 + bytes.length)
    .u16(0)
    .push(bytes)
    .bytes()
}

export function ipv4(payload: Uint8Array, protocol = 6, fragment = 0x4000): Uint8Array {
  const head = new Writer()
    .u16(0x4500)
    .u16(20 + payload.length)
    .u16(7)
    .u16(fragment)
  head.u8(64).u8(protocol).u16(0).u32(0x7f000001).u32(0x7f000002)
  return head.push(payload).bytes()
}

/** With a hop-by-hop and a destination header before the payload. */
export function ipv6(payload: Uint8Array, protocol = 6): Uint8Array {
  const options = new Writer().u8(60).u8(0).push(new Uint8Array(6)).u8(protocol).u8(1)
  const body = concat([options.push(new Uint8Array(14)).bytes(), payload])
  const head = new Writer().u32(0x60000000).u16(body.length).u8(0).u8(64)
  return head.push(new Uint8Array(15)).u8(1).push(new Uint8Array(15)).u8(2).push(body).bytes()
}

/** A frame of each link type around an IP packet, by LINKTYPE_. */
export const LINKS: Readonly<Record<number, (ip: Uint8Array) => Uint8Array>> = {
  0: ip => concat([fromHex(isV4(ip) ? '02000000' : '1e000000'), ip]),
  1: ip => concat([new Uint8Array(12), etherType(ip), ip, new Uint8Array(6)]),
  101: ip => ip,
  108: ip => concat([fromHex(isV4(ip) ? '00000002' : '0000001e'), ip]),
  113: ip => concat([fromHex('0000000100060000000000000000'), etherType(ip), ip]),
  276: ip =>
    concat([etherType(ip), fromHex('0000000000020001000600000000000000000000').subarray(2), ip]),
}

/** An Ethernet frame behind two VLAN tags. */
export function vlan(ip: Uint8Array): Uint8Array {
  return concat([new Uint8Array(12), fromHex('88a8000181000002'), etherType(ip), ip])
}

export interface PcapOptions {
  readonly linkType?: number
  readonly little?: boolean
  readonly nanoseconds?: boolean
  /** Bytes kept of a packet. */
  readonly snapLength?: number
}

export function pcap(packets: readonly Uint8Array[], options: PcapOptions = {}): Uint8Array {
  const { linkType = 1, little = true, nanoseconds = false, snapLength = 65_535 } = options
  const { u16, u32 } = fields(little)
  const magic = nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4
  const head = [u32(magic), u16(2), u16(4), u32(0), u32(0), u32(snapLength), u32(linkType)]
  return concat([
    ...head,
    ...packets.flatMap(packet => {
      const kept = packet.subarray(0, snapLength)
      return [u32(1), u32(2), u32(kept.length), u32(packet.length), kept]
    }),
  ])
}

export type Block =
  | { readonly kind: 'interface'; readonly linkType: number; readonly snapLength?: number }
  | { readonly kind: 'packet'; readonly from?: number; readonly bytes: Uint8Array }
  | { readonly kind: 'simple'; readonly bytes: Uint8Array }
  | { readonly kind: 'other' }

export function pcapng(blocks: readonly Block[], little = true): Uint8Array {
  const { u16, u32 } = fields(little)
  const block = (type: number, ...parts: Uint8Array[]) => {
    const body = padded(concat(parts))
    return concat([u32(type), u32(12 + body.length), body, u32(12 + body.length)])
  }
  const comment = concat([u16(1), u16(5), padded(Buffer.from('hello')), u16(0), u16(0)])
  const section = block(
    0x0a0d0d0a,
    ...[u32(0x1a2b3c4d), u16(1), u16(0), new Uint8Array(8).fill(0xff), comment],
  )
  const encode = (one: Block) => {
    if (one.kind === 'interface')
      return block(1, u16(one.linkType), u16(0), u32(one.snapLength ?? 0), comment)
    if (one.kind === 'other') return block(0xbad, Uint8Array.of(1, 2, 3))
    const length = u32(one.bytes.length)
    if (one.kind === 'simple') return block(3, length, one.bytes)
    const head = [u32(one.from ?? 0), u32(0), u32(0), length, length]
    return block(6, ...head, padded(one.bytes), comment)
  }
  return concat([section, ...blocks.map(encode)])
}

function fields(little: boolean) {
  const order = (bytes: Uint8Array) => (little ? bytes.toReversed() : bytes)
  return {
    u16: (value: number) => order(new Writer().u16(value).bytes()),
    u32: (value: number) => order(new Writer().u32(value).bytes()),
  }
}

function padded(bytes: Uint8Array): Uint8Array {
  return concat([bytes, new Uint8Array((4 - (bytes.length % 4)) % 4)])
}

function isV4(ip: Uint8Array): boolean {
  return (ip[0] ?? 0) >> 4 === 4
}

function etherType(ip: Uint8Array): Uint8Array {
  return fromHex(isV4(ip) ? '0800' : '86dd')
}
