/** TCP reassembly, as far as a ClientHello needs it: segments in any order, twice or overlapping. */
import { concat } from '../bytes.ts'
import { DecodeError } from '../errors.ts'
import {
  MAX_HELLO,
  type ParsedHello,
  parseClientHello,
  readFirstFlight,
} from '../wire/parse-client-hello.ts'
import type { Segment } from './packet.ts'

/** One direction of a connection. */
interface Direction {
  /** The last segments seen: one that is ahead of its turn waits here. */
  readonly recent: Segment[]
  readonly beginnings: Set<Beginning>
}

/** Bytes in order from a place at which a ClientHello may begin. */
interface Beginning {
  readonly sequence: number
  bytes: Uint8Array
}

/** Bytes that may still be looked at: a file of crumbs would have each hello read anew for every one of them. */
interface Budget {
  left: number
}

const MAX_WORK = 256 << 20

const MAX_RECENT = 64
const MAX_BEGINNINGS = 4
/** Directions at once; the one that was silent the longest is forgotten. */
const MAX_DIRECTIONS = 4096

/**
 * Takes segments one by one and gives the first ClientHello that is whole. It may begin at any segment, not only at the
 * first one of a connection: the capture may have begun later, and a proxy is spoken to before TLS is.
 */
export function createStreams(): (segment: Segment) => ParsedHello | null {
  const directions = new Map<string, Direction>()
  const budget = { left: MAX_WORK }
  return segment => {
    const { flow } = segment
    const direction = directions.get(flow) ?? { recent: [], beginnings: new Set() }
    directions.delete(flow)
    directions.set(flow, direction)
    const [oldest] = directions.keys()
    if (directions.size > MAX_DIRECTIONS && oldest !== undefined) directions.delete(oldest)
    return advance(direction, segment, budget)
  }
}

function advance(
  { recent, beginnings }: Direction,
  segment: Segment,
  budget: Budget,
): ParsedHello | null {
  recent.push(segment)
  if (recent.length > MAX_RECENT) recent.shift()
  if (beginnings.size < MAX_BEGINNINGS && mayBegin(segment.bytes))
    beginnings.add({ sequence: segment.sequence, bytes: new Uint8Array() })
  for (const beginning of beginnings) {
    if (!extend(beginning, recent)) continue
    budget.left -= beginning.bytes.length
    if (budget.left < 0) throw new DecodeError('too many pieces to put together', 'capture', 0)
    const hello = helloIn(beginning.bytes)
    if (hello) return hello
    if (hello === null || beginning.bytes.length > 2 * MAX_HELLO) beginnings.delete(beginning)
  }
  return null
}

/** The start of a handshake record with a ClientHello in it, as far as it has come. */
function mayBegin(bytes: Uint8Array): boolean {
  const [type, major = 3, minor = 1, , , message = 1] = bytes
  return type === 22 && major === 3 && minor <= 4 && message === 1
}

/** Appends what follows in order; false where nothing does. */
function extend(beginning: Beginning, recent: readonly Segment[]): boolean {
  const parts = [beginning.bytes]
  let length = beginning.bytes.length
  const next = () => recent.find(segment => isNext(segment, beginning.sequence, length))
  for (let found = next(); found && length <= 2 * MAX_HELLO; found = next()) {
    const part = found.bytes.subarray(length - offsetOf(found, beginning.sequence))
    parts.push(part)
    length += part.length
  }
  beginning.bytes = concat(parts)
  return parts.length > 1
}

function isNext(segment: Segment, start: number, length: number): boolean {
  const offset = offsetOf(segment, start)
  return offset <= length && offset + segment.bytes.length > length
}

/** Sequence numbers wrap at 2^32. */
function offsetOf({ sequence }: Segment, start: number): number {
  return (sequence - start) | 0
}

/** Undefined while bytes are missing, null where no ClientHello can come of them. */
function helloIn(bytes: Uint8Array): ParsedHello | null | undefined {
  try {
    return readFirstFlight(bytes) ? parseClientHello(bytes) : undefined
  } catch (error) {
    if (error instanceof DecodeError) return null
    throw error
  }
}
