/** The certificates as sent: what each one is there for, judged by names and keys alone. */
import { sha256Hex } from '../bytes.ts'
import { DecodeError } from '../errors.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import type { SentChain, SentEntry } from './facts.ts'

export type ReadableEntry = SentEntry & { readonly certificate: Certificate }

/** `leaf` is the place of the site's certificate: the first one, which is what servers take for it. */
export function readChain(id: string, sent: readonly Uint8Array[], leaf = 0): SentChain {
  const parsed = parseEach(sent)
  const seen = new Set<string>()
  const readable = parsed.find(({ certificate }) => certificate !== null)
  const reached = reachable(parsed[leaf]?.certificate ?? readable?.certificate ?? null, parsed)
  const entries = parsed.map(({ der, certificate, fault }, index): SentEntry => {
    const fingerprint = sha256Hex(der)
    const duplicate = seen.has(fingerprint)
    seen.add(fingerprint)
    const earlier = parsed.slice(0, index)
    return {
      der,
      certificate,
      fault,
      role: index === leaf ? 'leaf' : duplicate ? 'duplicate' : roleOf(certificate, reached),
      // What cannot be read may be what it certifies.
      inOrder:
        index === leaf ||
        (certificate !== null &&
          earlier.some(child => !child.certificate || issued(certificate, child.certificate))),
    }
  })
  return { id, entries }
}

/** The entries that are certificates. */
export function chainEntries({ entries }: SentChain): readonly ReadableEntry[] {
  return entries.filter((entry): entry is ReadableEntry => entry.certificate !== null)
}

/** Copies are read once: a bundle may hold a thousand. */
function parseEach(
  sent: readonly Uint8Array[],
): readonly Pick<SentEntry, 'der' | 'certificate' | 'fault'>[] {
  const known = new Map<string, Pick<SentEntry, 'certificate' | 'fault'>>()
  return sent.map(der => {
    const print = sha256Hex(der)
    const entry = known.get(print) ?? parseEntry(der)
    known.set(print, entry)
    return { ...entry, der }
  })
}

function parseEntry(der: Uint8Array): Pick<SentEntry, 'der' | 'certificate' | 'fault'> {
  try {
    return { der, certificate: parseCertificate(der), fault: null }
  } catch (error) {
    if (error instanceof DecodeError) return { der, certificate: null, fault: error }
    throw error
  }
}

function roleOf(
  certificate: Certificate | null,
  reached: ReadonlySet<Certificate>,
): SentEntry['role'] {
  if (certificate === null || !reached.has(certificate)) return 'unrelated'
  return certificate.selfIssued ? 'root' : 'issuer'
}

/** Everything from which a line of issuers leads down to the leaf, and the leaf. */
function reachable(
  leaf: Certificate | null,
  parsed: readonly Pick<SentEntry, 'certificate'>[],
): ReadonlySet<Certificate> {
  const reached = new Set(leaf ? [leaf] : [])
  // Who is reached is not looked at again: a bundle may hold the same certificate a thousand times.
  let left = parsed.flatMap(({ certificate }) => certificate ?? [])
  for (const child of reached) {
    const isIssuer = (candidate: Certificate) => issued(candidate, child)
    for (const issuer of left.filter(isIssuer)) reached.add(issuer)
    left = left.filter(candidate => !reached.has(candidate))
  }
  return reached
}

/** The names fit, and the key identifiers where both are there. */
function issued(issuer: Certificate, child: Certificate): boolean {
  if (issuer === child || issuer.subject.key !== child.issuer.key) return false
  const wanted = child.authorityKeyIdentifier?.keyId ?? null
  const own = issuer.subjectKeyIdentifier
  return wanted === null || own === null || Buffer.compare(wanted, own) === 0
}
