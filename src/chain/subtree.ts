/** One name against one base of a name constraint (RFC 5280 §4.2.1.10). */
import type { GeneralName, Name } from '../x509/certificate.ts'
import { isDnsName, isWildcard, parentOf } from './dns-name.ts'
import { parseMailbox, sameMailbox } from './mailbox.ts'

/**
 * How a name lies to a base. `partly`: a wildcard of whose expansions some lie inside.
 * `unreadable`: the name is malformed, so nobody can say.
 */
export type Position = 'inside' | 'partly' | 'outside' | 'unreadable'

/** A name that is held against bases of its own type. */
export type Constrainable = Extract<
  GeneralName,
  { type: 'dns' | 'email' | 'uri' | 'ip' | 'directory' }
>

export function isConstrainable(name: GeneralName): name is Constrainable {
  return name.type !== 'other' && name.type !== 'registeredId' && name.type !== 'unsupported'
}

export function locate(name: Constrainable, base: Constrainable): Position {
  if (name.type === 'dns' && base.type === 'dns') return locateDns(name.value, base.value)
  if (name.type === 'email' && base.type === 'email') return locateEmail(name.value, base.value)
  if (name.type === 'uri' && base.type === 'uri') return locateUri(name.value, base.value)
  if (name.type === 'ip' && base.type === 'ip') return locateIp(name.value, base.value)
  if (name.type === 'directory' && base.type === 'directory')
    return toPosition(isPrefix(base.value, name.value))
  return 'outside'
}

/** What is wrong with a base, or null. A leading dot of a DNS base is no standard, but clients take it. */
export function baseFault(base: Constrainable, strict: boolean): string | null {
  switch (base.type) {
    case 'dns':
      return isDomainBase(base.value, !strict) ? null : `DNS name ${base.value}`
    case 'uri':
      return isDomainBase(base.value, true) ? null : `URI host ${base.value}`
    case 'email': {
      const readable = base.value.includes('@')
        ? parseMailbox(base.value) !== null
        : isDomainBase(base.value, true)
      return readable ? null : `mailbox ${base.value}`
    }
    case 'ip':
      return isAddressBase(base.value) ? null : 'IP address without a contiguous mask'
    case 'directory':
      return null
  }
}

/** The empty base holds every name. */
function isDomainBase(base: string, dotAllowed: boolean): boolean {
  return base === '' || isDnsName(dotAllowed ? base.replace(/^\./, '') : base)
}

function isAddressBase(octets: Uint8Array): boolean {
  if (octets.length !== 8 && octets.length !== 32) return false
  const mask = octets.subarray(octets.length / 2)
  const bits = Array.from(mask, octet => octet.toString(2).padStart(8, '0')).join('')
  return /^1*0*$/.test(bits)
}

/** Zero or more labels may stand left of the base; behind a leading dot, one or more. */
function locateDns(name: string, base: string): Position {
  const [lower, lowerBase] = [name.toLowerCase(), base.toLowerCase()]
  const wildcard = isWildcard(lower)
  const fixed = wildcard ? parentOf(lower) : lower
  if (!isDnsName(fixed)) return 'unreadable'
  if (lowerBase === '') return 'inside'
  const suffix = lowerBase.startsWith('.') ? lowerBase : `.${lowerBase}`
  if (wildcard) {
    // Every expansion is one label and `.fixed`.
    if (`.${fixed}`.endsWith(suffix)) return 'inside'
    return parentOf(lowerBase) === fixed ? 'partly' : 'outside'
  }
  return toPosition(fixed === lowerBase || fixed.endsWith(suffix))
}

/** A base is one mailbox, one host, or behind a leading dot the hosts of a domain. */
function locateEmail(name: string, base: string): Position {
  const mailbox = parseMailbox(name)
  if (!mailbox) return 'unreadable'
  const baseMailbox = base.includes('@') ? parseMailbox(base) : null
  if (baseMailbox) return toPosition(sameMailbox(mailbox, baseMailbox))
  return toPosition(isHostOf(mailbox.host, base.toLowerCase()))
}

/** Only the host counts; a URI without one, or with an address, cannot be judged. */
function locateUri(name: string, base: string): Position {
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:@[\]]+)(?::\d*)?(?:[/?#]|$)/i.exec(
    name,
  )?.[1]
  if (host === undefined || !isDnsName(host) || /^[\d.]+$/.test(host)) return 'unreadable'
  return toPosition(isHostOf(host.toLowerCase(), base.toLowerCase()))
}

function isHostOf(host: string, base: string): boolean {
  return base === '' || host === base || (base.startsWith('.') && host.endsWith(base))
}

function locateIp(address: Uint8Array, base: Uint8Array): Position {
  if (address.length !== 4 && address.length !== 16) return 'unreadable'
  if (base.length !== address.length * 2) return 'outside'
  const mask = base.subarray(address.length)
  return toPosition(
    mask.every((bits, index) => (((address[index] ?? 0) ^ (base[index] ?? 0)) & bits) === 0),
  )
}

function isPrefix(base: Name, name: Name): boolean {
  return base.rdns.every((rdn, index) => rdn === name.rdns[index])
}

function toPosition(inside: boolean): Position {
  return inside ? 'inside' : 'outside'
}
