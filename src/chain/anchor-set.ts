/** Trust anchors at hand as certificates: a caller's own, without a store around them. */
import type { Anchor, AnchorSet } from '../stores/store.ts'
import type { Certificate } from '../x509/certificate.ts'

/** Anchors match by name and key, so that a re-issued root stands for the old one. */
export function toAnchorSet(certificates: readonly Certificate[]): AnchorSet {
  const bySubject = new Map<string, Anchor[]>()
  for (const certificate of certificates) {
    const { key } = certificate.subject
    const anchors = bySubject.get(key) ?? []
    if (anchors.some(({ sha256 }) => sha256 === certificate.sha256)) continue
    bySubject.set(key, [...anchors, { sha256: certificate.sha256, certificate }])
  }
  const named = (key: string) => bySubject.get(key) ?? []
  return {
    bySubject: named,
    holds: ({ subject, spkiSha256 }) =>
      named(subject.key).some(({ certificate }) => certificate.spkiSha256 === spkiSha256),
  }
}
