/** A chain as a report shows it: what was sent, what is missing, and since when systems trust where it leads. */
import { sha256Hex } from '../bytes.ts'
import type { BookedChain } from '../facts/chain-book.ts'
import type { SentEntry } from '../facts/facts.ts'
import { certificateLabel, certificateNames } from '../facts/leaf.ts'
import type { AnchorResult, CertificateResult, ChainResult } from '../report.ts'
import { describeHoldings } from '../stores/describe.ts'
import { same } from '../text.ts'
import type { World } from '../world.ts'
import type { Certificate } from '../x509/certificate.ts'
import { encodePem } from '../x509/pem.ts'
import type { JudgedCell } from './cell.ts'

export function describeChain(
  { chain, trust }: BookedChain,
  cells: readonly JudgedCell[],
  world: World,
): ChainResult {
  const own = cells.filter(cell => cell.chain === chain.id)
  const anchors = own.flatMap(cell => cell.trust?.path?.at(-1) ?? [])
  const ends = own.flatMap(({ trust }) =>
    trust?.path ? [Math.min(...trust.path.map(({ notAfter }) => notAfter))] : [],
  )
  const unique = [...new Map(anchors.map(anchor => [anchor.sha256, anchor])).values()]
  return {
    id: chain.id,
    sent: chain.entries.map(describeEntry),
    missing: (trust?.missing ?? []).map(({ subject, keyId, url, sha256 }) => ({
      subject,
      keyId,
      issuerUrl: url,
      sha256,
    })),
    anchors: unique.map(anchor => describeAnchor(anchor, world)),
    holdsUntil: ends.length > 0 ? Math.max(...ends) : null,
    trustedBy: unique.length > 0 ? same(describeHoldings(world.stores.holders(...unique))) : null,
  }
}

function describeAnchor(anchor: Certificate, { stores }: World): AnchorResult {
  return {
    sha256: anchor.sha256,
    label: certificateLabel(anchor),
    trustedBy: same(describeHoldings(stores.holders(anchor))),
  }
}

function describeEntry({ der, certificate, fault, role }: SentEntry): CertificateResult {
  const pem = encodePem(der)
  if (!certificate)
    return { ...UNREADABLE, sha256: sha256Hex(der), pem, role, fault: fault?.message ?? null }
  return {
    sha256: certificate.sha256,
    subject: certificate.subject.text,
    label: certificateLabel(certificate),
    issuer: certificate.issuer.text,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    serial: certificate.serialHex,
    key: certificate.publicKey.label,
    signatureAlgorithm: certificate.signatureAlgorithm.label,
    san: certificateNames(certificate),
    pem,
    role,
    fault: null,
  }
}

const UNREADABLE = {
  subject: '',
  label: '?',
  issuer: '',
  notBefore: null,
  notAfter: null,
  serial: null,
  key: '',
  signatureAlgorithm: '',
  san: [],
}
