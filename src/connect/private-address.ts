/** Addresses that no public certificate points at: fetching from them could reach into the user's own network. */
import { BlockList } from 'node:net'

const NETWORKS_4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const

const NETWORKS_6 = [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const

let list: BlockList | null = null

/** Made when the first address is looked at: most runs fetch nothing. */
function privateNetworks(): BlockList {
  if (list) return list
  list = new BlockList()
  for (const [network, prefix] of NETWORKS_4) list.addSubnet(network, prefix, 'ipv4')
  for (const [network, prefix] of NETWORKS_6) list.addSubnet(network, prefix, 'ipv6')
  return list
}

/** Not a public unicast address (IANA special-purpose registries, RFC 6890); IPv4 inside IPv6 is looked into. */
export function isPrivateAddress(ip: string): boolean {
  const networks = privateNetworks()
  if (!ip.includes(':')) return networks.check(ip, 'ipv4')
  const bare = ip.replace(/%.*$/, '')
  const embedded = embeddedIpv4(bare)
  return embedded === null ? networks.check(bare, 'ipv6') : networks.check(embedded, 'ipv4')
}

/** The IPv4 address inside ::ffff:0:0/96, 64:ff9b::/96 or 2002::/16, or null. */
function embeddedIpv4(ip: string): string | null {
  const words = expand(ip)
  const [w0 = 0, w1 = 0, w2 = 0] = words
  const zeroMiddle = words.slice(1, 5).every(word => word === 0)
  const mapped = w0 === 0 && zeroMiddle && (words[5] === 0xffff || words[5] === 0) && !isLow(words)
  const translated = w0 === 0x64 && w1 === 0xff9b && words.slice(2, 6).every(word => word === 0)
  if (mapped || translated) return dotted(words[6] ?? 0, words[7] ?? 0)
  return w0 === 0x2002 ? dotted(w1, w2) : null
}

/** `::` and `::1` are addresses of their own. */
function isLow(words: readonly number[]): boolean {
  return words.slice(0, 7).every(word => word === 0) && (words[7] ?? 0) <= 1
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

/** The eight 16-bit words of a valid IPv6 literal. */
function expand(ip: string): number[] {
  const text = ip.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map(n => n.toString(16)).join(':'),
  )
  const [head = '', tail] = text.split('::')
  const words = (part: string) =>
    part === '' ? [] : part.split(':').map(word => parseInt(word, 16))
  const left = words(head)
  const right = tail === undefined ? [] : words(tail)
  return [...left, ...new Array(8 - left.length - right.length).fill(0), ...right]
}
