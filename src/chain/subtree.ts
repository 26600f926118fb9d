/** One name against one base of a name constraint (RFC 5280 §4.2.1.10). */
import type { GeneralName, Name } from '../x509/certificate.ts'
import { isDnsName, isWildcard, parentOf } from './dns-name.ts'
import { type Mailbox, parseMailbox, sameMailbox } from './mailbox.ts'

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

/** How one name lies to any base of its type. */
export type Locate = (base: Base) => Position

/** One base of a constraint, read once: thousands of names may be held against it. */
export type Base =
  | { readonly type: 'dns'; readonly domain: string; readonly suffix: string }
  | { readonly type: 'email'; readonly mailbox: Mailbox | null; readonly host: string }
  | { readonly type: 'uri'; readonly host: string }
  | { readonly type: 'ip'; readonly octets: Uint8Array }
  | { readonly type: 'directory'; readonly name: Name }

export function readBase(base: Constrainable): Base {
  switch (base.type) {
    case 'dns': {
      const domain = base.value.toLowerCase()
      return { type: 'dns', domain, suffix: domain.startsWith('.') ? domain : `.${domain}` }
    }
    case 'email': {
      const mailbox = base.value.includes('@') ? parseMailbox(base.value) : null
      return { type: 'email', mailbox, host: base.value.toLowerCase() }
    }
    case 'uri':
      return { type: 'uri', host: base.value.toLowerCase() }
    case 'ip':
      return { type: 'ip', octets: base.value }
    case 'directory':
      return { type: 'directory', name: base.value }
  }
}

/** The name is read once as well. */
export function locator(name: Constrainable): Locate {
  switch (name.type) {
    case 'dns':
      return dnsLocator(name.value)
    case 'email':
      return emailLocator(name.value)
    case 'uri':
      return uriLocator(name.value)
    case 'ip':
      return ipLocator(name.value)
    case 'directory':
      return base => toPosition(base.type === 'directory' && isPrefix(base.name, name.value))
  }
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
function dnsLocator(value: string): Locate {
  const name = value.toLowerCase()
  const wildcard = isWildcard(name)
  const fixed = wildcard ? parentOf(name) : name
  if (!isDnsName(fixed)) return () => 'unreadable'
  return base => {
    if (base.type !== 'dns') return 'outside'
    const { domain, suffix } = base
    if (domain === '') return 'inside'
    if (!wildcard) return toPosition(fixed === domain || fixed.endsWith(suffix))
    // Every expansion is one label and `.fixed`.
    if (`.${fixed}`.endsWith(suffix)) return 'inside'
    return parentOf(domain) === fixed ? 'partly' : 'outside'
  }
}

/** A base is one mailbox, one host, or behind a leading dot the hosts of a domain. */
function emailLocator(value: string): Locate {
  const mailbox = parseMailbox(value)
  if (!mailbox) return () => 'unreadable'
  return base => {
    if (base.type !== 'email') return 'outside'
    if (base.mailbox) return toPosition(sameMailbox(mailbox, base.mailbox))
    return toPosition(isHostOf(mailbox.host, base.host))
  }
}

/** Only the host counts; a URI without one, or with an address, cannot be judged. */
function uriLocator(value: string): Locate {
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:@[\]]+)(?::\d*)?(?:[/?#]|$)/i
    .exec(value)?.[1]
    ?.toLowerCase()
  if (host === undefined || !isDnsName(host) || /^[\d.]+$/.test(host)) return () => 'unreadable'
  return base => toPosition(base.type === 'uri' && isHostOf(host, base.host))
}

function isHostOf(host: string, base: string): boolean {
  return base === '' || host === base || (base.startsWith('.') && host.endsWith(base))
}

function ipLocator(address: Uint8Array): Locate {
  const size = address.length
  if (size !== 4 && size !== 16) return () => 'unreadable'
  return base => {
    if (base.type !== 'ip' || base.octets.length !== size * 2) return 'outside'
    const { octets } = base
    return toPosition(
      address.every(
        (octet, index) => ((octet ^ (octets[index] ?? 0)) & (octets[size + index] ?? 0)) === 0,
      ),
    )
  }
}

function isPrefix(base: Name, name: Name): boolean {
  return base.rdns.every((rdn, index) => rdn === name.rdns[index])
}

function toPosition(inside: boolean): Position {
  return inside ? 'inside' : 'outside'
}
