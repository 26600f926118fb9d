/** What `server_name` asks of a certificate. */
import { isDnsName } from '../../../chain/dns-name.ts'
import { parseIp } from '../../../x509/ip-address.ts'

export interface ServerNames {
  /** Names that the certificate must hold, wildcards such as `*.example.com` among them. */
  readonly hosts: readonly string[]
  /** What stands for no name that a certificate could hold: regular expressions, `www.*`, `_`, and the empty name. */
  readonly unchecked: readonly string[]
}

/** By nginx's rules: `.example.com` is the name itself and all below it. */
export function serverNames(values: readonly string[]): ServerNames {
  const hosts = new Set<string>()
  const unchecked = new Set<string>()
  for (const value of values) {
    const name = value.toLowerCase()
    const parent = /^\*?\.(.+)$/s.exec(name)?.[1]
    if (parent !== undefined && isDnsName(parent)) {
      if (name.startsWith('.')) hosts.add(parent)
      hosts.add(`*.${parent}`)
    } else if (isHost(name)) hosts.add(name)
    else unchecked.add(value === '' ? '""' : value)
  }
  return { hosts: [...hosts], unchecked: [...unchecked] }
}

/** A single label with an underscore is how configurations write "nobody": `_`, `default_server`. */
function isHost(name: string): boolean {
  if (parseIp(name.replace(/^\[(.*)\]$/, '$1'))) return true
  return isDnsName(name) && (name.includes('.') || !name.includes('_'))
}
