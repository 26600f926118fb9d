/** Who has been heard on the revocation of certificates: staples, responders and CRLs, each judged once. */
import { sha256Hex } from '../bytes.ts'
import { Budget, DEFAULT_LIMITS } from '../chain/limits.ts'
import { statusByOcsp } from '../chain/ocsp.ts'
import { statusByCrl } from '../chain/revocation.ts'
import { isSignedBy, type SignatureCache } from '../chain/signatures.ts'
import { type Status, unknown } from '../chain/status.ts'
import { DecodeError } from '../errors.ts'
import type { Fact, FetchedStatus, Observation } from '../observation.ts'
import type { Certificate } from '../x509/certificate.ts'
import { type Crl, parseCrl } from '../x509/crl.ts'
import { known, NOT_APPLICABLE } from './fact.ts'
import type { CertificateStatus, HeardStatus, Revocation } from './facts.ts'

/** A certificate and the one above it. */
export interface Link {
  readonly certificate: Certificate
  readonly issuer: Certificate
}

/** Leaf first; the anchor has nobody above it. */
export function linksOf(path: readonly Certificate[]): readonly Link[] {
  return path.slice(0, -1).flatMap((certificate, depth) => {
    const issuer = path[depth + 1]
    return issuer ? [{ certificate, issuer }] : []
  })
}

export class RevocationBook {
  private readonly at: number
  /** Issuers that were fetched. */
  private readonly found: readonly Certificate[]
  /** By SHA-256 of the certificate. What one handshake brought counts for all that show this leaf. */
  private readonly staples = new Map<string, Map<string, Uint8Array>>()
  private readonly fetched = new Map<string, FetchedStatus[]>()
  private readonly heard = new Map<string, readonly HeardStatus[]>()
  private readonly stapled = new Map<string, Status>()
  private readonly signatures: SignatureCache = new Map()

  constructor({ nodes, revocation }: Observation, found: readonly Certificate[], at: number) {
    this.at = at
    this.found = found
    for (const { attempts } of nodes)
      for (const attempt of Object.values(attempts)) {
        if (attempt.kind === 'failed') continue
        const { chain, ocspStaple } = attempt.server
        if (!chain?.[0] || !ocspStaple) continue
        const leaf = sha256Hex(chain[0])
        const staples = this.staples.get(leaf) ?? new Map<string, Uint8Array>()
        this.staples.set(leaf, staples.set(sha256Hex(ocspStaple), ocspStaple))
      }
    for (const status of revocation)
      this.fetched.set(status.certificate, [
        ...(this.fetched.get(status.certificate) ?? []),
        status,
      ])
  }

  /**
   * `path` is null where a client builds none: then the leaf alone is looked at. `sent` are the other certificates of
   * the chain, `staple` is what came with this client's handshake.
   */
  of(
    leaf: Certificate,
    path: readonly Certificate[] | null,
    sent: readonly Certificate[],
    staple: Uint8Array | null,
  ): Fact<Revocation> {
    const links = path ? linksOf(path) : this.leafLink(leaf, [...sent, ...this.found])
    const certificates = links.flatMap((link): CertificateStatus[] => {
      const heard = this.heardOf(link)
      const role = link.certificate === leaf ? 'leaf' : 'intermediate'
      return heard.length > 0 ? [{ certificate: link.certificate, role, heard }] : []
    })
    const [above] = links
    if (certificates.length === 0) return NOT_APPLICABLE
    return known({
      certificates,
      staple: staple && above ? this.statusByStaple(staple, above) : null,
    })
  }

  private leafLink(leaf: Certificate, pool: readonly Certificate[]): readonly Link[] {
    const issuer = pool.find(
      candidate =>
        candidate.subject.key === leaf.issuer.key &&
        isSignedBy(leaf, candidate, this.signatures) === 'good',
    )
    return issuer ? [{ certificate: leaf, issuer }] : []
  }

  private heardOf(link: Link): readonly HeardStatus[] {
    const { certificate } = link
    const known = this.heard.get(keyOf(link))
    if (known) return known
    const staples = [...(this.staples.get(certificate.sha256)?.values() ?? [])]
    const fetched = this.fetched.get(certificate.sha256) ?? []
    const heard: readonly HeardStatus[] = [
      ...staples.map(staple => ({
        source: 'staple' as const,
        url: null,
        status: this.statusByStaple(staple, link),
      })),
      ...fetched
        .filter(({ kind }) => kind === 'ocsp')
        .map(({ url, nonce, result }) => ({
          source: 'ocsp' as const,
          url,
          status:
            result.state === 'fetched'
              ? statusByOcsp(result.body, { ...link, at: this.at, nonce })
              : unknown(result.reason, result.detail ?? ''),
        })),
      ...this.heardByCrls(
        link,
        fetched.filter(({ kind }) => kind === 'crl'),
      ),
    ]
    this.heard.set(keyOf(link), heard)
    return heard
  }

  private statusByStaple(staple: Uint8Array, link: Link): Status {
    const key = `${sha256Hex(staple)} ${keyOf(link)}`
    const status =
      this.stapled.get(key) ?? statusByOcsp(staple, { ...link, at: this.at, nonce: null })
    this.stapled.set(key, status)
    return status
  }

  /** The lists speak together, a delta with its base; each that cannot be read speaks for itself. */
  private heardByCrls(link: Link, fetched: readonly FetchedStatus[]): readonly HeardStatus[] {
    const crls: Crl[] = []
    const heard: HeardStatus[] = []
    const lost = (url: string, status: Status) => heard.push({ source: 'crl', url, status })
    for (const { url, result } of fetched) {
      if (result.state === 'failed') {
        lost(url, unknown(result.reason, result.detail ?? ''))
        continue
      }
      const crl = readCrl(result.body)
      if (crl instanceof DecodeError) lost(url, unknown('crl-unreadable', crl.text))
      else crls.push(crl)
    }
    const [first] = fetched
    if (!first || crls.length === 0) return heard
    const context = { crls, at: this.at, budget: new Budget(DEFAULT_LIMITS), strict: false }
    const status = statusByCrl(link.certificate, link.issuer, context)
    return [{ source: 'crl', url: first.url, status }, ...heard]
  }
}

function keyOf({ certificate, issuer }: Link): string {
  return `${certificate.sha256} ${issuer.spkiSha256}`
}

/** A list may be large, and many certificates stand in the same. */
const read = new WeakMap<Uint8Array, Crl | DecodeError>()

export function readCrl(der: Uint8Array): Crl | DecodeError {
  const known = read.get(der)
  if (known) return known
  const crl = decodeCrl(der)
  read.set(der, crl)
  return crl
}

function decodeCrl(der: Uint8Array): Crl | DecodeError {
  try {
    return parseCrl(der)
  } catch (error) {
    if (error instanceof DecodeError) return error
    throw error
  }
}
