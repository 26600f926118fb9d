/** DNS names as certificates write them: syntax, and when one lies within another. */
import { domainToASCII, domainToUnicode } from 'node:url'

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i
const LDH_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i

/** One or more labels of at most 63 octets, at most 253 in all, no dot at the end; underscores pass. */
export function isDnsName(name: string): boolean {
  return name.length <= 253 && name.split('.').every(label => LABEL.test(label))
}

/** The preferred syntax of RFC 1034 §3.5: letters, digits and hyphens. */
export function isPreferredDnsName(name: string): boolean {
  return name.length <= 253 && name.split('.').every(label => LDH_LABEL.test(label))
}

/** Labels with hyphens in third and fourth place are A-labels, and those stand for some U-label (BR §7.1.4.2.1). */
export function hasValidALabels(name: string): boolean {
  return name
    .toLowerCase()
    .split('.')
    .every(label => !/^..--/.test(label) || isALabel(label))
}

function isALabel(label: string): boolean {
  const unicode = domainToUnicode(label)
  return label.startsWith('xn--') && unicode !== label && domainToASCII(unicode) === label
}

/** `*.` and a DNS name (RFC 9525 §6.3). */
export function isWildcard(name: string): boolean {
  return name.startsWith('*.')
}

/** What stands right of the first dot. */
export function parentOf(name: string): string {
  return name.slice(name.indexOf('.') + 1)
}
