/** The proxy that the environment names, as curl reads it: small letters first, empty is not set. */
import { BlockList, isIP, isIPv6 } from 'node:net'
import { UsageError } from '../errors.ts'
import { join } from '../text.ts'
import { type ProxyServer, parseProxy } from './proxy.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export interface NamedProxy {
  /** The variable that names it. */
  readonly name: string
  readonly proxy: ProxyServer
}

const NAMES = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY']

/** Null where none is set, or NO_PROXY exempts the host. @throws UsageError that names the variable */
export function proxyFromEnvironment(
  env: Environment,
  { host, port }: { readonly host: string; readonly port: number },
): NamedProxy | null {
  const name = NAMES.find(key => env[key])
  if (name === undefined) return null
  // An empty variable is not set.
  if (isExempt(env['no_proxy'] || env['NO_PROXY'] || '', host, port)) return null
  try {
    return { name, proxy: parseProxy(env[name] ?? '') }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw new UsageError(join([`${name}: `, error.text]))
  }
}

/**
 * Whether a NO_PROXY list names the host. Its items stand between commas or blanks: `*` is every host; a domain is
 * itself and all below it, with a dot before it or not; addresses may be networks (`10.0.0.0/8`); a port may follow.
 */
export function isExempt(list: string, host: string, port: number): boolean {
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(item => item !== '')
    .some(item => covers(item, host.toLowerCase(), port))
}

function covers(item: string, host: string, port: number): boolean {
  if (item === '*') return true
  const [name, only] = splitPort(item)
  if (only !== undefined && Number(only) !== port) return false
  const [network = '', prefix] = name.split('/')
  if (isIP(network) !== 0) return inNetwork(host, network, prefix)
  const domain = name.replace(/^\*?\./, '').replace(/\.$/, '')
  return domain !== '' && (host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`)))
}

/** An IPv6 address has colons of its own: it carries a port only where it stands in brackets. */
function splitPort(item: string): [name: string, port: string | undefined] {
  const [, bracketed, port] = /^\[([^\]]+)\](?::(.*))?$/.exec(item) ?? []
  if (bracketed !== undefined) return [bracketed, port]
  const parts = item.split(':')
  return parts.length === 2 ? [parts[0] ?? '', parts[1]] : [item, undefined]
}

function inNetwork(ip: string, network: string, prefix: string | undefined): boolean {
  const bits = isIPv6(network) ? 128 : 32
  const length = prefix === undefined ? bits : Number(/^\d{1,3}$/.exec(prefix)?.[0] ?? Number.NaN)
  if (isIP(ip) !== isIP(network) || !(length <= bits)) return false
  const family = isIPv6(network) ? 'ipv6' : 'ipv4'
  const list = new BlockList()
  list.addSubnet(network, length, family)
  return list.check(ip, family)
}
