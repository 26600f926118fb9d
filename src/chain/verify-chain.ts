/** Path validation as a library function: bytes in, verdict out; no network, no clock, no exception. */
import { DecodeError } from '../errors.ts'
import { type Policy, RFC5280, WEBPKI } from '../policy.ts'
import { type Certificate, type KeyUsageBit, parseCertificate } from '../x509/certificate.ts'
import { type Crl, parseCrl } from '../x509/crl.ts'
import { parseIp } from '../x509/ip-address.ts'
import { toAnchorSet } from './anchor-set.ts'
import { matchesEmail, matchesName } from './hostname.ts'
import { checkLeaf } from './leaf.ts'
import { DEFAULT_LIMITS, type Limits, type Stats } from './limits.ts'
import { buildPath } from './path.ts'
import {
  type ChainCode,
  certificateName,
  flaw,
  mostSpecific,
  type PathError,
  type Problem,
  pathErrorText,
  toPathError,
} from './path-error.ts'
import type { Purpose } from './purpose.ts'
import { revocationProblem } from './revocation.ts'

export interface ExpectedName {
  readonly type: 'dns' | 'ip' | 'email'
  readonly value: string
}

/** Certificates are DER, in any order; duplicates and roots are allowed among the intermediates. */
export interface VerifyInput {
  readonly leaf: Uint8Array
  readonly intermediates: readonly Uint8Array[]
  readonly anchors: readonly Uint8Array[]
  /** The name the leaf must hold; null where none is asked for. */
  readonly name: ExpectedName | null
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly purpose: Purpose
  /** The leaf's key usage, where it has one, must hold these. */
  readonly keyUsage?: readonly KeyUsageBit[] | null
  /** Purposes beside `purpose`, by name or OID. */
  readonly extendedKeyUsage?: readonly string[]
  /** Labels or OIDs; every signature below the anchor must be one of them. */
  readonly signatureAlgorithms?: readonly string[]
  readonly maxChainDepth?: number | null
  /** Further names that the leaf must hold. */
  readonly peerNames?: readonly ExpectedName[]
  readonly crls?: readonly Uint8Array[]
  /** `crl-all`: every certificate below the anchor needs a CRL that does not revoke it. */
  readonly revocation?: 'none' | 'crl-all'
  readonly profile?: 'webpki' | 'rfc5280'
  /** `br`: the commonName must repeat an alternative name, character for character. */
  readonly commonName?: 'ignore' | 'br'
  readonly limits?: Partial<Limits>
}

export interface VerifyResult {
  readonly ok: boolean
  /** From leaf to anchor, DER. */
  readonly chain?: readonly Uint8Array[]
  /** The most specific of all errors. */
  readonly error?: VerifyError
  /** Why every other path failed. */
  readonly paths: readonly { readonly chain: readonly Uint8Array[]; readonly error: VerifyError }[]
  readonly stats: Stats
}

export interface VerifyError {
  readonly code: ChainCode
  readonly message: string
  /** 0 is the leaf. */
  readonly depth: number
  readonly subject?: string
}

/**
 * Pure: no network, no clock, and it never throws. Certificates are DER.
 *
 * @example
 * ```js
 * import { X509Certificate } from 'node:crypto'
 * import { readFileSync } from 'node:fs'
 * import { verifyChain } from 'mpcert'
 *
 * const der = file => new Uint8Array(new X509Certificate(readFileSync(file)).raw)
 * const { ok, error } = verifyChain({
 *   leaf: der('leaf.pem'),
 *   intermediates: [],
 *   anchors: [der('root.pem')],
 *   name: { type: 'dns', value: 'api.example.com' },
 *   time: Date.now(),
 *   purpose: 'serverAuth',
 * })
 * console.log(ok, error?.code) // false NO_PATH
 * ```
 */
export function verifyChain(input: VerifyInput): VerifyResult {
  const leaf = read(input.leaf)
  if (leaf instanceof DecodeError) {
    const detail = leaf.message
    const error = toPathError({ ...flaw('malformed', { detail }), depth: 0, certificate: null })
    return { ok: false, error: toVerifyError(error), paths: [], stats: NOTHING_SPENT }
  }
  const policy = input.profile === 'rfc5280' ? RFC5280 : WEBPKI
  const judgement = { policy, at: input.time, purpose: input.purpose }
  const limits = limitsOf(input)
  const crls = (input.crls ?? []).flatMap(readCrl)
  const result = buildPath({
    ...judgement,
    policy: { ...policy, maxDepth: limits.maxDepth },
    leaf,
    pool: input.intermediates.flatMap(readUsable),
    anchors: toAnchorSet(input.anchors.flatMap(readUsable)),
    limits,
    finalCheck: (path, budget) =>
      algorithmProblem(path, input.signatureAlgorithms ?? []) ??
      (input.revocation === 'crl-all' ? revocationProblem(path, crls, input.time, budget) : null),
  })
  const errors = [
    ...checkLeaf(leaf, judgement, {
      keyUsage: input.keyUsage ?? [],
      extendedKeyUsage: input.extendedKeyUsage ?? [],
      commonNameInSan: input.commonName === 'br',
    }),
    ...nameErrors(leaf, input, policy),
    ...(result.ok ? [] : [result.error]),
  ]
  const error = mostSpecific(errors)
  const paths = result.tried.map(tried => ({
    chain: tried.path.map(({ der }) => der),
    error: toVerifyError(tried.error),
  }))
  const { stats } = result
  if (error) return { ok: false, error: toVerifyError(error), paths, stats }
  return { ok: true, chain: result.ok ? result.path.map(({ der }) => der) : [], paths, stats }
}

const NOTHING_SPENT: Stats = { signatures: 0, ncComparisons: 0, buildCalls: 0 }

function limitsOf({ limits, maxChainDepth }: VerifyInput): Limits {
  const all = { ...DEFAULT_LIMITS, ...limits }
  return { ...all, maxDepth: Math.min(all.maxDepth, maxChainDepth ?? all.maxDepth) }
}

function read(der: Uint8Array): Certificate | DecodeError {
  return orFault(() => parseCertificate(der))
}

/** What cannot be read can lead nowhere. */
function readUsable(der: Uint8Array): Certificate[] {
  const certificate = read(der)
  return certificate instanceof DecodeError ? [] : [certificate]
}

function readCrl(der: Uint8Array): Crl[] {
  const crl = orFault(() => parseCrl(der))
  return crl instanceof DecodeError ? [] : [crl]
}

function orFault<T>(decode: () => T): T | DecodeError {
  try {
    return decode()
  } catch (error) {
    if (error instanceof DecodeError) return error
    throw error
  }
}

function algorithmProblem(
  path: readonly Certificate[],
  accepted: readonly string[],
): Problem | null {
  if (accepted.length === 0) return null
  const depth = path.slice(0, -1).findIndex(({ signatureAlgorithm: { oid, label } }) => {
    return !accepted.includes(oid) && !accepted.includes(label)
  })
  const certificate = path[depth]
  if (!certificate) return null
  const algorithm = certificate.signatureAlgorithm.label
  return { ...flaw('algorithm-not-accepted', { algorithm }), depth, certificate }
}

function nameErrors(leaf: Certificate, input: VerifyInput, policy: Policy): PathError[] {
  const names = [...(input.name ? [input.name] : []), ...(input.peerNames ?? [])]
  return names
    .filter(({ type, value }) => {
      if (type === 'email') return !matchesEmail(leaf, value)
      return (type === 'ip' && !parseIp(value)) || !matchesName(leaf, value, policy.commonName)
    })
    .map(({ value }) =>
      toPathError({ ...flaw('name-mismatch', { name: value }), depth: 0, certificate: leaf }),
    )
}

function toVerifyError(error: PathError): VerifyError {
  const { code, depth, certificate } = error
  const subject = certificate ? { subject: certificateName(certificate) } : {}
  return { code, message: pathErrorText(error).en, depth, ...subject }
}
