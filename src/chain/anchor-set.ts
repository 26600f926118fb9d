/** Trust anchors at hand as certificates: a caller's own, without a store around them. */
import type { Anchor, AnchorSet } from '../stores/store.ts'
import type { Certificate } from '../x509/certificate.ts'

/** Anchors match by name and key, so that a re-issued root stands for the old one. */
export function toAnchorSet(certificates: readonly Certificate[]): AnchorSet {
  const bySubject = new Map<string, Anchor[]>()
  const seen = new Set<string>()
  for (const certificate of certificates) {
    const { sha256, subject } = certificate
    if (seen.has(sha256)) continue
    seen.add(sha256)
    const anchors = bySubject.get(subject.key)
    if (anchors) anchors.push({ sha256, certificate })
    else bySubject.set(subject.key, [{ sha256, certificate }])
  }
  const named = (key: string) => bySubject.get(key) ?? []
  return {
    bySubject: named,
    holds: ({ subject, spkiSha256 }) =>
      named(subject.key).some(({ certificate }) => certificate.spkiSha256 === spkiSha256),
  }
}
