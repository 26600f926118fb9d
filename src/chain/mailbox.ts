/** Mailboxes as certificates write them (RFC 5280 §4.2.1.6). */
import { isDnsName } from './dns-name.ts'

export interface Mailbox {
  readonly local: string
  /** Lower case. */
  readonly host: string
}

/** `local@host`; null where it is anything else. A local part in quotes may hold an `@`. */
export function parseMailbox(text: string): Mailbox | null {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, Math.max(at, 0))
  const host = text.slice(at + 1).toLowerCase()
  const quoted = /^"(?:[^"\\]|\\.)*"$/.test(local)
  const plain = /^[^@"\s\\]+$/.test(local)
  return (quoted || plain) && isDnsName(host) ? { local, host } : null
}

export function sameMailbox(a: Mailbox, b: Mailbox): boolean {
  return a.local === b.local && a.host === b.host
}
