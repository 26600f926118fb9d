/** The openssl command that shows what the check saw, to be run by hand. */
import { formatAuthority } from '../connect/target.ts'
import type { ObservedTarget } from '../observation.ts'

export function opensslCommand(
  { host, port, servername }: ObservedTarget,
  starttls?: string,
): string {
  const sni = servername === null ? '-noservername' : `-servername ${servername}`
  const clear = starttls === undefined ? '' : ` -starttls ${starttls}`
  return `openssl s_client -connect ${formatAuthority(host, port)}${clear} ${sni} -showcerts`
}
