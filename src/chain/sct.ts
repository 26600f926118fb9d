/** One certificate timestamp held against the logs that are known: who promised, and whether it counts (RFC 6962 §3.2). */

import { fromHex, toHex } from '../bytes.ts'
import type { CtLog } from '../stores/ct-logs.ts'
import type { Text } from '../text.ts'
import type { Certificate, Sct } from '../x509/certificate.ts'
import { readDer } from '../x509/der.ts'
import { precertificateTbs } from '../x509/precertificate.ts'
import { decodePublicKey } from '../x509/public-key.ts'
import { type SctEntry, sctSigningInput } from '../x509/sct.ts'
import { verifySignature } from '../x509/verify-signature.ts'

/** How it came: in the certificate, by TLS extension, or in the stapled OCSP response. */
export type SctOrigin = 'embedded' | 'tls' | 'ocsp'

export interface CheckedSct {
  readonly origin: SctOrigin
  /** SHA-256 of the log's key, hexadecimal; empty where the version is not known. */
  readonly logId: string
  readonly log: CtLog | null
  readonly timestampMs: number
  readonly outcome: SctOutcome
  /** The log still takes certificates; false once it has retired. */
  readonly approved: boolean
}

export type SctOutcome = 'good' | Doubt | Rejection

/** Nobody here can tell: a client whose list is newer may count it. */
export type Doubt =
  | 'unknown-log'
  /** Not approved when our list was made, or rejected only after the moment that is judged. */
  | 'undecided-log'
  /** The certificate of the issuer is not at hand, and its key is part of what an embedded one signs. */
  | 'no-issuer'

/** No client counts it. */
export type Rejection =
  | 'bad-signature'
  | 'unknown-version'
  /** Dated later than the moment that is judged. */
  | 'future'
  /** The log takes certificates of other years. */
  | 'outside-interval'
  /** Rejected, or retired before the timestamp was made. */
  | 'log-not-trusted'

const DOUBTS: ReadonlySet<SctOutcome> = new Set<Doubt>([
  'unknown-log',
  'undecided-log',
  'no-issuer',
])

/** Why it does not count, or may not, in a few words. */
export function sctOutcomeText({ outcome }: Pick<CheckedSct, 'outcome'>): Text {
  return OUTCOMES[outcome]
}

const OUTCOMES: Readonly<Record<SctOutcome, Text>> = {
  good: { en: 'verified', 'zh-CN': '已验证' },
  'unknown-log': { en: 'unknown log', 'zh-CN': '未知日志' },
  'undecided-log': {
    en: 'log not approved at that time, as far as known',
    'zh-CN': '不确定该日志当时是否已获批',
  },
  'no-issuer': { en: 'not verified without the issuer', 'zh-CN': '缺少颁发者证书，无法验证' },
  'bad-signature': { en: 'bad signature', 'zh-CN': '签名错误' },
  'unknown-version': { en: 'unknown version', 'zh-CN': '未知版本' },
  future: { en: 'dated in the future', 'zh-CN': '时间在未来' },
  'outside-interval': { en: 'log of other years', 'zh-CN': '日志不接受该有效期的证书' },
  'log-not-trusted': {
    en: 'log rejected, or retired before',
    'zh-CN': '日志已被拒绝，或此前已退役',
  },
}

/** The log's name, or the beginning of its id. */
export function sctLogName({ log, logId }: Pick<CheckedSct, 'log' | 'logId'>): string {
  return log?.name ?? (logId.slice(0, 16) || '?')
}

export function isDoubtful({ outcome }: CheckedSct): boolean {
  return DOUBTS.has(outcome)
}

/** What it is checked against. */
export interface SctContext {
  readonly leaf: Certificate
  readonly issuer: Certificate | null
  readonly logs: readonly CtLog[]
  /** ms since the epoch. */
  readonly at: number
}

export function checkSct(sct: Sct, origin: SctOrigin, context: SctContext): CheckedSct {
  const logId = toHex(sct.logId)
  const log = context.logs.find(({ id }) => id === logId) ?? null
  const { timestampMs } = sct
  return {
    origin,
    logId,
    log,
    timestampMs,
    outcome: outcomeOf(sct, origin, log, context),
    approved: log === null || log.state !== 'retired' || context.at < log.stateSince,
  }
}

function outcomeOf(
  sct: Sct,
  origin: SctOrigin,
  log: CtLog | null,
  { leaf, issuer, at }: SctContext,
): SctOutcome {
  if (sct.version !== 0) return 'unknown-version'
  if (sct.timestampMs > at) return 'future'
  if (!log) return 'unknown-log'
  if (log.interval && (leaf.notAfter < log.interval.from || leaf.notAfter >= log.interval.until))
    return 'outside-interval'
  const entry = entryFor(origin, leaf, issuer)
  if (!entry) return 'no-issuer'
  if (!isSigned(sct, entry, log)) return 'bad-signature'
  return stateOutcome(sct, log, at)
}

/** A log promises a precertificate before, and a certificate after it was issued. */
function entryFor(
  origin: SctOrigin,
  leaf: Certificate,
  issuer: Certificate | null,
): SctEntry | null {
  if (origin !== 'embedded') return { type: 'x509', certificate: leaf.der }
  return (
    issuer && {
      type: 'precert',
      issuerKeyHash: fromHex(issuer.spkiSha256),
      tbs: precertificateTbs(leaf),
    }
  )
}

const SHA_256 = 4
const FAMILIES = { 1: 'RSA', 3: 'ECDSA' } as const

/** Logs sign with SHA-256, and with the one algorithm of their key (RFC 6962 §2.1.4). */
function isSigned(sct: Sct, entry: SctEntry, { key }: CtLog): boolean {
  const family = FAMILIES[sct.signatureAlgorithm as keyof typeof FAMILIES]
  if (sct.hashAlgorithm !== SHA_256 || family === undefined) return false
  const info = decodePublicKey(readDer(key, 'log key'), () => undefined)
  const algorithm = { family, hash: 'SHA-256', pssSaltLength: null } as const
  return verifySignature(algorithm, info, sctSigningInput(sct, entry), sct.signature) === 'good'
}

/** What the log was before its present state nobody recorded; a list is older than the logs it does not approve yet. */
function stateOutcome({ timestampMs }: Sct, { state, stateSince }: CtLog, at: number): SctOutcome {
  if (state === 'pending') return 'undecided-log'
  if (state === 'rejected') return at < stateSince ? 'undecided-log' : 'log-not-trusted'
  return state === 'retired' && timestampMs >= stateSince ? 'log-not-trusted' : 'good'
}
