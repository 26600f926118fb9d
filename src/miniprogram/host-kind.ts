/** What a host of a URL is: a name, this device, the local network, or another address. */
import { BlockList, isIP } from 'node:net'

export type HostKind = 'name' | 'loopback' | 'lan' | 'ip'

const LOOPBACK = blockList(['127.0.0.0/8', '0.0.0.0/8', '::1/128', '::/128'])
const LAN = blockList([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
])

/** `host` as `canonicalHost` gives it. */
export function hostKind(host: string): HostKind {
  if (host === 'localhost' || host.endsWith('.localhost')) return 'loopback'
  const version = isIP(host)
  if (version === 0) return 'name'
  const family = version === 4 ? 'ipv4' : 'ipv6'
  if (LOOPBACK.check(host, family)) return 'loopback'
  return LAN.check(host, family) ? 'lan' : 'ip'
}

/**
 * As the URL standard reads it: A-labels in lower case; `2130706433`, `0x7f.1` and `0177.0.0.1` are 127.0.0.1; IPv6
 * without brackets; no trailing dot. Null where it is no host.
 */
export function canonicalHost(text: string): string | null {
  if (!/^[^\s/?#@\\<>^|%`{}"']+$/.test(text) || !URL.canParse(`http://${text}/`)) return null
  const { hostname, port, username } = new URL(`http://${text}/`)
  if (port !== '' || username !== '') return null
  const host = hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
  return isIP(host) !== 0 || /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/.test(host) ? host : null
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix = ''] = network.split('/')
    list.addSubnet(address, Number(prefix), address.includes(':') ? 'ipv6' : 'ipv4')
  }
  return list
}
