/** Whether a certificate names a host (RFC 9525 §6). */
import { domainToASCII } from 'node:url'
import { equal } from '../bytes.ts'
import type { Policy } from '../policy.ts'
import type { Certificate } from '../x509/certificate.ts'
import { parseIp } from '../x509/ip-address.ts'
import { isDnsName, isWildcard, parentOf } from './dns-name.ts'
import { parseMailbox, sameMailbox } from './mailbox.ts'

/**
 * A host by DNS name, in Unicode or as A-labels, or by IP address. An address matches iPAddress alone; a DNS name
 * matches dNSName, and the commonName only where the policy falls back to it and there is no dNSName.
 */
export function matchesName(
  certificate: Certificate,
  name: string,
  commonName: Policy['commonName'] = 'ignored',
): boolean {
  const ip = parseIp(name.replace(/^\[(.*)\]$/, '$1'))
  const names = certificate.subjectAltName ?? []
  if (ip) return names.some(({ type, value }) => type === 'ip' && equal(value, ip))
  const host = normalizeHost(name)
  if (!host) return false
  return presentedNames(certificate, commonName).some(pattern => matchesPattern(pattern, host))
}

/** Whether it names all hosts of one label below a name, as `*.example.com` asks: the same wildcard does, single names do not. */
export function matchesWildcard(
  certificate: Certificate,
  wildcard: string,
  commonName: Policy['commonName'] = 'ignored',
): boolean {
  const parent = normalizeHost(parentOf(wildcard))
  if (!parent?.includes('.')) return false
  return presentedNames(certificate, commonName).includes(`*.${parent}`)
}

/** Its dNSNames in lower case, else the commonName where that is asked. */
function presentedNames(
  { subjectAltName, subject }: Certificate,
  commonName: Policy['commonName'],
): readonly string[] {
  const names = (subjectAltName ?? []).flatMap(({ type, value }) => (type === 'dns' ? [value] : []))
  const isFallback = names.length === 0 && commonName === 'fallback'
  return (isFallback ? [subject.commonName ?? ''] : names).map(name => name.toLowerCase())
}

/** A mailbox against rfc822Name: the local part octet for octet, the host without regard to case. */
export function matchesEmail({ subjectAltName }: Certificate, email: string): boolean {
  const wanted = parseMailbox(email)
  if (!wanted) return false
  return (subjectAltName ?? []).some(({ type, value }) => {
    const mailbox = type === 'email' ? parseMailbox(value) : null
    return mailbox !== null && sameMailbox(mailbox, wanted)
  })
}

/** Lower-case A-labels without the root's dot; null where it is no DNS name. */
function normalizeHost(name: string): string | null {
  const ascii = /^[\x21-\x7e]+$/.test(name) ? name : domainToASCII(name)
  const host = ascii.toLowerCase().replace(/\.$/, '')
  return isDnsName(host) ? host : null
}

/** A wildcard is the whole leftmost label, stands for exactly one, and leaves at least two to its right. */
function matchesPattern(pattern: string, host: string): boolean {
  if (!isWildcard(pattern)) return pattern === host
  const parent = parentOf(pattern)
  return (
    parent.includes('.') && isDnsName(parent) && host.includes('.') && parentOf(host) === parent
  )
}
