/** One certificate explained: what it is for, how long it lasts, who vouches for it. */

import { toHex } from '../../bytes.ts'
import { type CheckedSct, sctLogName, sctOutcomeText } from '../../chain/sct.ts'
import type { SentEntry } from '../../facts/facts.ts'
import { certificateLabel, certificateNames } from '../../facts/leaf.ts'
import type { ReportOptions } from '../../report.ts'
import { DAY_MS, join, same, type Text, visible } from '../../text.ts'
import type { Certificate, GeneralName } from '../../x509/certificate.ts'
import { formatIp } from '../../x509/ip-address.ts'
import { KEY_PURPOSE_OID } from '../../x509/oids.ts'
import {
  ORIGINS,
  POLICIES,
  PURPOSES,
  ROLES,
  USAGES,
  CERTIFICATE_WORDS as WORDS,
} from './certificate-words.ts'
import { inBrackets, wrap } from './layout.ts'
import { layOut, type WordRow } from './word-rows.ts'
import { dash, paint } from './words.ts'

export interface Explained {
  readonly entry: SentEntry
  /** Its place, from 1. */
  readonly place: number
  readonly scts: readonly CheckedSct[]
  /** The moment that is judged, ms since the epoch. */
  readonly at: number
}

export function explainCertificate(
  { entry, place, scts, at }: Explained,
  options: ReportOptions,
): string[] {
  const { style, locale } = options
  const { certificate, fault } = entry
  const label = certificate ? certificateLabel(certificate) : WORDS.unreadable[locale]
  const name = certificate ? inBrackets(label, roleText(entry)[locale], locale) : label
  const rows = certificate
    ? rowsOf(certificate, scts, at, options)
    : [[WORDS.fault, fault ? [fault.text] : []] as const]
  return [
    ...wrap(`${place}. ${visible(name)}`, style.width).map(line => paint('bold', line, style)),
    ...layOut(rows, options),
  ]
}

function rowsOf(
  certificate: Certificate,
  scts: readonly CheckedSct[],
  at: number,
  options: ReportOptions,
): readonly WordRow[] {
  const { publicKey, signatureAlgorithm, authorityInfoAccess: access } = certificate
  const plain = (values: readonly (string | null | undefined)[] = []) =>
    values.flatMap(value => (value ? [same(value)] : []))
  const listed = (values: readonly string[] = []) => plain([values.join(', ')])
  const constraints = certificate.nameConstraints
  const rows: readonly WordRow[] = [
    [WORDS.subject, plain([certificate.subject.text])],
    [WORDS.names, listed(certificateNames(certificate))],
    [WORDS.issuer, plain([certificate.issuer.text])],
    [WORDS.validity, validityTexts(certificate, at, options)],
    [WORDS.key, plain([publicKey.label])],
    [WORDS.signature, plain([signatureAlgorithm.label])],
    [WORDS.ca, caTexts(certificate)],
    [WORDS.usage, joined(certificate.keyUsage?.map(bit => USAGES[bit]))],
    [WORDS.purposes, joined(certificate.extendedKeyUsage?.map(purposeText))],
    [WORDS.permitted, listed(constraints?.permitted?.map(nameText))],
    [WORDS.excluded, listed(constraints?.excluded?.map(nameText))],
    [WORDS.policies, joined(certificate.certificatePolicies?.map(({ oid }) => policyText(oid)))],
    [WORDS.staple, certificate.tlsFeature?.includes(STATUS_REQUEST) ? [WORDS.mustStaple] : []],
    [WORDS.scts, scts.map(sctText)],
    [WORDS.issuerUrl, plain(access?.caIssuers)],
    [WORDS.ocsp, plain(access?.ocsp)],
    [WORDS.crl, plain(crlUrls(certificate))],
    [WORDS.serial, plain([certificate.serialHex])],
    [WORDS.keyId, plain([hexOf(certificate.subjectKeyIdentifier)])],
    [WORDS.issuerKeyId, plain([hexOf(certificate.authorityKeyIdentifier?.keyId)])],
    [WORDS.sha256, plain([certificate.sha256])],
    [WORDS.faults, certificate.faults.slice(0, MOST_FAULTS).map(({ text }) => text)],
  ]
  return rows.filter(([, values]) => values.length > 0)
}

const MOST_FAULTS = 5
const STATUS_REQUEST = 5

/** What it is there for, among those sent. */
function roleText({ role, inOrder }: SentEntry): Text {
  const misplaced = !inOrder && (role === 'issuer' || role === 'root')
  return misplaced ? join([ROLES[role], WORDS.misplaced], ', ') : ROLES[role]
}

/** From and until, and how much of that is gone on the day that is judged. */
function validityTexts(
  { notBefore, notAfter }: Certificate,
  at: number,
  { style }: ReportOptions,
): readonly Text[] {
  const span = same(`${isoTime(notBefore)} ${dash(style)} ${isoTime(notAfter)} UTC`)
  const day = isoTime(at).slice(0, 10)
  const all = Math.round((notAfter - notBefore) / DAY_MS)
  const left = Math.floor(Math.abs(notAfter - at) / DAY_MS)
  const used = Math.floor((100 * (at - notBefore)) / (notAfter - notBefore))
  if (at < notBefore)
    return [span, { en: `not valid yet on ${day}`, 'zh-CN': `在 ${day} 尚未生效` }]
  if (at > notAfter)
    return [
      span,
      { en: `expired ${left} days before ${day}`, 'zh-CN': `截至 ${day} 已过期 ${left} 天` },
    ]
  return [
    span,
    {
      en: `${left} days left of ${all}, ${used} % used on ${day}`,
      'zh-CN': `共 ${all} 天，剩余 ${left} 天，截至 ${day} 已用 ${used}%`,
    },
  ]
}

function caTexts({ basicConstraints }: Certificate): readonly Text[] {
  if (!basicConstraints?.ca) return []
  const { pathLength } = basicConstraints
  if (typeof pathLength !== 'number') return [{ en: 'yes', 'zh-CN': '是' }]
  return [
    {
      en: `yes, with at most ${pathLength} intermediates below it`,
      'zh-CN': `是，其下最多 ${pathLength} 张中间证书`,
    },
  ]
}

/** `2026-11-12 08:00  Oak 2026H2 (Let's Encrypt), embedded: verified` */
function sctText(sct: CheckedSct): Text {
  const operator = sct.log ? ` (${sct.log.operator})` : ''
  const head = `${isoTime(sct.timestampMs)}  ${sctLogName(sct)}${operator}`
  const [origin, outcome] = [ORIGINS[sct.origin], sctOutcomeText(sct)]
  return {
    en: `${head}, ${origin.en}: ${outcome.en}`,
    'zh-CN': `${head}，${origin['zh-CN']}：${outcome['zh-CN']}`,
  }
}

function purposeText(oid: string): Text {
  const named = Object.entries(KEY_PURPOSE_OID).find(([, known]) => known === oid)?.[0]
  return PURPOSES[oid] ?? same(named ?? oid)
}

function policyText(oid: string): Text {
  return POLICIES[oid] ?? same(oid)
}

function crlUrls({ crlDistributionPoints }: Certificate): readonly string[] {
  return (crlDistributionPoints ?? []).flatMap(({ fullName }) =>
    (fullName ?? []).flatMap(name => (name.type === 'uri' ? [name.value] : [])),
  )
}

function nameText(name: GeneralName): string {
  if (name.type === 'directory') return name.value.text
  if (name.type === 'ip') return formatIp(name.value)
  return typeof name.value === 'string' ? name.value : name.type
}

function joined(texts: readonly Text[] = []): readonly Text[] {
  const { en } = join(texts, ', ')
  return texts.length > 0 ? [{ en, 'zh-CN': join(texts, '、')['zh-CN'] }] : []
}

function hexOf(bytes: Uint8Array | null | undefined): string | null {
  return bytes ? toHex(bytes) : null
}

/** A timestamp has 64 bits, and may be of no time there is. */
function isoTime(ms: number): string {
  if (ms > MAX_TIME) return '?'
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
}

const MAX_TIME = 8.64e15
