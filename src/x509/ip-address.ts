/** IP addresses between octets and text. */

/** `10.0.0.1`, `2001:db8::1` (RFC 5952), or hexadecimal where the length is that of no address. */
export function formatIp(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join('.')
  if (octets.length !== 16) return Buffer.from(octets).toString('hex')
  const groups: string[] = []
  for (let index = 0; index < 16; index += 2)
    groups.push((((octets[index] ?? 0) << 8) | (octets[index + 1] ?? 0)).toString(16))
  return compressGroups(groups)
}

/** The octets of an address in text, or null where it is none; zones and IPv4 in shorthand are none. */
export function parseIp(text: string): Uint8Array | null {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text)
}

/** The longest run of two or more zero groups becomes `::`. */
function compressGroups(groups: readonly string[]): string {
  let best = { start: 0, length: 1 }
  for (let start = 0; start < groups.length; start++) {
    let length = 0
    while (groups[start + length] === '0') length++
    if (length > best.length) best = { start, length }
  }
  if (best.length === 1) return groups.join(':')
  const before = groups.slice(0, best.start).join(':')
  return `${before}::${groups.slice(best.start + best.length).join(':')}`
}

function parseIpv4(text: string): Uint8Array | null {
  const parts = text.split('.')
  if (parts.length !== 4) return null
  if (!parts.every(part => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return null
  return Uint8Array.from(parts, Number)
}

function parseIpv6(text: string): Uint8Array | null {
  const tail = /^(.*:)([^:]*\.[^:]*)$/.exec(text)
  if (tail?.[1] !== undefined && tail[2] !== undefined) {
    const v4 = parseIpv4(tail[2])
    if (!v4) return null
    const [a = 0, b = 0, c = 0, d = 0] = v4
    return parseIpv6(`${tail[1]}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`)
  }
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [head = [], rest] = halves.map(half => (half === '' ? [] : half.split(':')))
  const zeros = rest ? 8 - head.length - rest.length : 0
  if (rest && zeros < 1) return null
  const groups = [...head, ...Array.from({ length: zeros }, () => '0'), ...(rest ?? [])]
  if (groups.length !== 8 || !groups.every(group => /^[0-9a-f]{1,4}$/i.test(group))) return null
  const values = groups.map(group => Number.parseInt(group, 16))
  return Uint8Array.from(values.flatMap(value => [value >> 8, value & 0xff]))
}
