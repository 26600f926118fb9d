/** What comes from a port that speaks something else. */
import { toBinary } from '../bytes.ts'
import type { HandshakeEnd } from './outcome.ts'

/** As many bytes are kept. */
export const FOREIGN_BYTES = 256

/** Whether these first bytes, up to five, can begin a TLS record: a known type, and SSL 3.0 to TLS 1.3. */
export function isRecordStart(bytes: Uint8Array): boolean {
  const [type = 0x16, major = 3, minor = 0] = bytes
  return type >= 0x14 && type <= 0x18 && major === 3 && minor <= 4
}

export function notTls(firstBytes: Uint8Array): HandshakeEnd {
  return { kind: 'not-tls', looksLike: looksLike(firstBytes), firstBytes }
}

function looksLike(bytes: Uint8Array): 'http' | 'ssh' | 'text' | 'binary' {
  const text = toBinary(bytes)
  if (text.startsWith('HTTP/')) return 'http'
  if (text.startsWith('SSH-')) return 'ssh'
  // Controls other than tab, line feed, form feed and carriage return are nobody's text.
  return /^[\t\n\f\r\x20-\x7e\x80-\xff]+$/.test(text) ? 'text' : 'binary'
}
