/** A library of intermediate certificates, searched for the issuers that a server did not send. */
import { toHex } from '../bytes.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { subjectHash } from './subject-hash.ts'

export interface Intermediates {
  readonly size: number
  /** Those that may have issued it: of its issuer's name and, where any has it, of its authority key id. */
  issuersOf(certificate: Certificate): readonly Certificate[]
  /** What a file needs to hold. */
  readonly entries: readonly IntermediateEntry[]
  /** Their certificates one after another, in the order of the entries. */
  readonly pool: () => Uint8Array
}

/** What is known of one certificate without decoding it. */
export interface IntermediateEntry {
  /** Length of the certificate, in bytes. */
  readonly size: number
  readonly sha256: string
  /** Subject key identifier, hexadecimal; empty where it has none. */
  readonly keyId: string
  /** `subjectHash` of its subject's key. */
  readonly subjectHash: string
}

export const noIntermediates: Intermediates = createIntermediates([], () => new Uint8Array())

/** More certificates of one name and key are not looked at. */
const MAX_ISSUERS = 16

/** `pool` is called when something is first found. */
export function createIntermediates(
  entries: readonly IntermediateEntry[],
  pool: () => Uint8Array,
): Intermediates {
  let places: ReadonlyMap<string, readonly Place[]> | null = null
  return {
    size: entries.length,
    entries,
    pool,
    issuersOf({ authorityKeyIdentifier, issuer }) {
      places ??= placesOf(entries)
      const named = places.get(subjectHash(issuer.key)) ?? []
      const keyId = authorityKeyIdentifier?.keyId
      const exact = keyId ? named.filter(({ entry }) => entry.keyId === toHex(keyId)) : []
      return (exact.length > 0 ? exact : named)
        .slice(0, MAX_ISSUERS)
        .map(({ entry, offset }) => parseCertificate(pool().subarray(offset, offset + entry.size)))
        .filter(({ subject }) => subject.key === issuer.key)
    },
  }
}

export function describeIntermediate(certificate: Certificate): IntermediateEntry {
  const { der, sha256, subjectKeyIdentifier, subject } = certificate
  return {
    size: der.length,
    sha256,
    keyId: subjectKeyIdentifier ? toHex(subjectKeyIdentifier) : '',
    subjectHash: subjectHash(subject.key),
  }
}

interface Place {
  readonly entry: IntermediateEntry
  readonly offset: number
}

function placesOf(entries: readonly IntermediateEntry[]): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>()
  let offset = 0
  for (const entry of entries) {
    const known = places.get(entry.subjectHash) ?? []
    known.push({ entry, offset })
    places.set(entry.subjectHash, known)
    offset += entry.size
  }
  return places
}
