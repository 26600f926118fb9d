/** What a client asks of the leaf itself, whatever path there is to it. */
import type { Policy } from '../policy.ts'
import type { Certificate, KeyUsageBit } from '../x509/certificate.ts'
import { formatIp } from '../x509/ip-address.ts'
import { type Flaw, flaw, type PathError, toPathError } from './path-error.ts'
import { profileFlaws } from './profile.ts'
import { allowsPurpose } from './purpose.ts'
import {
  extensionFlaws,
  type Judgement,
  keyFlaws,
  signatureFlaws,
  validityFlaws,
} from './validate.ts'

/** What a caller may ask beyond the policy. */
export interface LeafDemands {
  /** A key usage extension, where there is one, must hold these. */
  readonly keyUsage?: readonly KeyUsageBit[]
  /** Purposes by name or OID, beside the one of the judgement. */
  readonly extendedKeyUsage?: readonly string[]
  /** The commonName must be one of the alternative names, character for character (BR §7.1.4.3). */
  readonly commonNameInSan?: boolean
}

/** All flaws of the leaf; names are `matchesName`'s business. */
export function checkLeaf(
  leaf: Certificate,
  judgement: Judgement,
  demands: LeafDemands = {},
): PathError[] {
  return [...leafFlaws(leaf, judgement, demands)].map(found =>
    toPathError({ ...found, depth: 0, certificate: leaf }),
  )
}

function* leafFlaws(
  leaf: Certificate,
  judgement: Judgement,
  demands: LeafDemands,
): Generator<Flaw> {
  const { policy, at, purpose } = judgement
  yield* extensionFlaws(leaf, policy)
  yield* purposeFlaws(leaf, policy, [purpose, ...(demands.extendedKeyUsage ?? [])])
  for (const bit of demands.keyUsage ?? [])
    if (leaf.keyUsage && !leaf.keyUsage.includes(bit)) yield flaw('key-usage-lacks', { bit })
  yield* keyFlaws(leaf, policy)
  yield* signatureFlaws(leaf, policy)
  yield* validityFlaws(leaf, at)
  yield* lifetimeFlaws(leaf, policy)
  yield* profileFlaws(leaf, 'leaf', policy)
  // The rule is one for servers' certificates.
  if (demands.commonNameInSan && purpose === 'serverAuth') yield* commonNameFlaws(leaf)
}

function* purposeFlaws(
  leaf: Certificate,
  policy: Policy,
  purposes: readonly string[],
): Generator<Flaw> {
  if (!leaf.extendedKeyUsage) {
    if (policy.leafEku === 'required') yield flaw('eku-missing')
    return
  }
  for (const purpose of new Set(purposes))
    if (!allowsPurpose(leaf, policy, purpose)) yield flaw('eku-lacks', { purpose })
}

/** Clients take the plain difference; the Baseline Requirements count one second more. */
function* lifetimeFlaws(
  { notBefore, notAfter }: Certificate,
  { lifetimes }: Policy,
): Generator<Flaw> {
  const limit = lifetimes.findLast(step => step.notBeforeFrom <= notBefore)?.maxSeconds
  const seconds = (notAfter - notBefore) / 1000
  if (limit === undefined || seconds <= limit) return
  const toDays = (value: number) => String(Math.ceil(value / 86_400))
  yield flaw('lifetime', { days: toDays(seconds), limit: String(Math.floor(limit / 86_400)) })
}

function* commonNameFlaws({ subject, subjectAltName }: Certificate): Generator<Flaw> {
  const { commonName } = subject
  if (commonName === null) return
  const names = (subjectAltName ?? []).flatMap(name => {
    if (name.type === 'ip') return [formatIp(name.value)]
    return name.type === 'dns' ? [name.value] : []
  })
  if (!names.includes(commonName)) yield flaw('common-name-not-in-san', { name: commonName })
}
