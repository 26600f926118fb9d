/** The packets of a pcap or pcapng file (draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng). */
import { DecodeError } from '../errors.ts'

export interface Packet {
  /** LINKTYPE_ value: what the bytes begin with. */
  readonly linkType: number
  readonly bytes: Uint8Array
  /** The capture kept only a part of it. */
  readonly cut: boolean
}

/** Null for a file of another kind. A last packet that is not whole is left out: captures are often interrupted. */
export function readPackets(file: Uint8Array): Iterable<Packet> | null {
  if (file.length < 12) return null
  const [start, reversed] = [fieldsOf(file, false).u32(0), fieldsOf(file, true).u32(0)]
  if (start === SECTION) return readPcapng(file)
  if (start === MICROSECONDS || start === NANOSECONDS) return readPcap(file, false)
  return reversed === MICROSECONDS || reversed === NANOSECONDS ? readPcap(file, true) : null
}

const MICROSECONDS = 0xa1b2c3d4
const NANOSECONDS = 0xa1b23c4d

function* readPcap(file: Uint8Array, little: boolean): Generator<Packet> {
  if (file.length < 24) fail('a pcap header of less than 24 bytes', 0)
  const { u32 } = fieldsOf(file, little)
  // The upper bits tell of a checksum at the end of each frame.
  const linkType = u32(20) & 0xffff
  for (let at = 24; at + 16 <= file.length; ) {
    const [kept, length] = [u32(at + 8), u32(at + 12)]
    at += 16
    if (at + kept > file.length) return
    yield { linkType, bytes: file.subarray(at, at + kept), cut: kept < length }
    at += kept
  }
}

const SECTION = 0x0a0d0d0a
const BYTE_ORDER = 0x1a2b3c4d
const INTERFACE = 1
const SIMPLE_PACKET = 3
const ENHANCED_PACKET = 6

interface Interface {
  readonly linkType: number
  /** Bytes kept of a packet at most; 0 for all. */
  readonly snapLength: number
}

function* readPcapng(file: Uint8Array): Generator<Packet> {
  let little = false
  let interfaces: Interface[] = []
  for (let at = 0; at + 12 <= file.length; ) {
    if (fieldsOf(file, false).u32(at) === SECTION) {
      little = fieldsOf(file, true).u32(at + 8) === BYTE_ORDER
      if (!little && fieldsOf(file, false).u32(at + 8) !== BYTE_ORDER)
        fail('a pcapng section of no byte order', at + 8)
      interfaces = []
    }
    const { u16, u32 } = fieldsOf(file, little)
    const [type, length] = [u32(at), u32(at + 4)]
    if (length < 12 || length % 4 !== 0) fail(`a pcapng block of ${length} bytes`, at + 4)
    if (at + length > file.length) return
    const end = at + length - 4
    if (type === INTERFACE && length >= 20)
      interfaces.push({ linkType: u16(at + 8), snapLength: u32(at + 12) })
    else if (type === ENHANCED_PACKET && length >= 32) {
      const [kept, whole] = [u32(at + 20), u32(at + 24)]
      const from = interfaces[u32(at + 8)] ?? fail('a packet of no interface', at + 8)
      if (at + 28 + kept > end) fail('a packet longer than its block', at + 20)
      const bytes = file.subarray(at + 28, at + 28 + kept)
      yield { linkType: from.linkType, bytes, cut: kept < whole }
    } else if (type === SIMPLE_PACKET && length >= 16) {
      const whole = u32(at + 8)
      const [from = fail('a packet of no interface', at)] = interfaces
      const kept = Math.min(whole, from.snapLength || whole, end - at - 12)
      const bytes = file.subarray(at + 12, at + 12 + kept)
      yield { linkType: from.linkType, bytes, cut: kept < whole }
    }
    at += length
  }
}

/** Integers of either byte order, at offsets that the caller has checked. */
function fieldsOf(bytes: Uint8Array, little: boolean) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return {
    u16: (at: number) => view.getUint16(at, little),
    u32: (at: number) => view.getUint32(at, little),
  }
}

function fail(reason: string, at: number): never {
  throw new DecodeError(reason, 'capture', at)
}
