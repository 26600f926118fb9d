/** What a client refuses in a server's answers, whatever its hello offers: the part of a stack that no hello shows. */

import { VERSIONS } from './wire/names.ts'

/** Every value has a source here or in the platform. */
export interface Limits {
  /** The oldest version it goes through with, where its hello lists older ones too. */
  readonly oldestVersion: number
  /** A key exchange signed as TLS 1.1 and older have it: over MD5 and SHA-1, or over SHA-1. */
  readonly legacySignatures: 'accepted' | 'refused'
  /** The prime of Diffie-Hellman over a field, bits. */
  readonly dhBits: { readonly min: number; readonly max: number }
  /** Before TLS 1.3: whether the curve of an ECDSA leaf must be among the groups on offer (RFC 8422 section 5.3). */
  readonly leafCurve: 'checked' | 'ignored'
  /** Where a leaf with a key usage must allow what is done with its key: suites of a kind before TLS 1.3, or TLS 1.3. */
  readonly keyUsage: readonly ('ECDSA' | 'RSA' | 'TLS 1.3')[]
  /** The mark by which a server says that it was talked down from a newer version (RFC 8446 section 4.1.3). */
  readonly downgradeMark: 'checked' | 'ignored'
  /** A server that does not confirm secure renegotiation (RFC 5746), before TLS 1.3. */
  readonly legacyRenegotiation: 'accepted' | 'refused'
  /** A leaf that promises a stapled OCSP response, and none comes (RFC 7633). */
  readonly mustStaple: 'checked' | 'ignored'
  readonly sources: readonly string[]
}

/** What nobody goes below: SSL 3.0, and no other demand. */
export const NO_LIMITS: Limits = {
  oldestVersion: VERSIONS['SSL 3.0'],
  legacySignatures: 'accepted',
  dhBits: { min: 0, max: Number.MAX_SAFE_INTEGER },
  leafCurve: 'ignored',
  keyUsage: [],
  downgradeMark: 'ignored',
  legacyRenegotiation: 'accepted',
  mustStaple: 'ignored',
  sources: [],
}
