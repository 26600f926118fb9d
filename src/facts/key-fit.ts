/** Whether a client can use a leaf's key with a server of today, which speaks TLS 1.3 with all who do. */
import { SCHEMES, VERSIONS } from '../wire/names.ts'
import { suiteOf } from '../wire/suite.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { KeyMisfit } from './facts.ts'
import { acceptedVersions, type Client, leafGroup } from './objection.ts'

/** Null where the handshake of both sides' newest version is possible with that key. */
export function keyMisfit(leaf: Certificate, client: Client): KeyMisfit | null {
  const { algorithm, label } = leaf.publicKey
  if (forbidsUse(leaf, client)) return { lacks: 'usage', key: label }
  // Every client knows some suite for it.
  if (algorithm === 'RSA') return null
  if (label.startsWith('EC ')) return curveMisfit(leaf, client)
  const schemes = SCHEMES_OF[label] ?? SCHEMES_OF[algorithm] ?? []
  const { signatureSchemes } = client.spec
  if (schemes.some(scheme => signatureSchemes.includes(scheme))) return null
  return { lacks: 'signature', key: label }
}

/** The key may not sign, nor have a secret encrypted to it, and the client minds. */
function forbidsUse({ keyUsage, publicKey }: Certificate, client: Client): boolean {
  if (!keyUsage || keyUsage.includes('digitalSignature')) return false
  const isRsa = publicKey.algorithm === 'RSA'
  if (isRsa && keyUsage.includes('keyEncipherment')) return false
  const place = speaksTls13(client) ? 'TLS 1.3' : isRsa ? 'RSA' : 'ECDSA'
  return client.limits.keyUsage.some(known => known === place)
}

function speaksTls13(client: Client): boolean {
  return acceptedVersions(client).includes(VERSIONS['TLS 1.3'])
}

/** By kind of key; those that TLS 1.2 signs with in several ways have no entry. */
const SCHEMES_OF: Readonly<Record<string, readonly number[]>> = {
  'RSA-PSS': [SCHEMES.rsa_pss_pss_sha256, SCHEMES.rsa_pss_pss_sha384, SCHEMES.rsa_pss_pss_sha512],
  Ed25519: [SCHEMES.ed25519],
  Ed448: [SCHEMES.ed448],
  DSA: [SCHEMES.dsa_sha1, SCHEMES.dsa_sha224, SCHEMES.dsa_sha256],
  SM2: [SCHEMES.sm2sig_sm3],
  'ML-DSA-44': [SCHEMES.mldsa44],
  'ML-DSA-65': [SCHEMES.mldsa65],
  'ML-DSA-87': [SCHEMES.mldsa87],
}

/** TLS 1.3 binds the curve to one scheme (RFC 8446 section 4.2.3); before, it is one of the groups and any hash will do. */
function curveMisfit(leaf: Certificate, client: Client): KeyMisfit | null {
  const { spec, limits } = client
  const key = leaf.publicKey.label
  if (speaksTls13(client)) {
    const bound = BOUND_SCHEMES[key]
    const isOffered = bound !== undefined && spec.signatureSchemes.includes(bound)
    return isOffered ? null : { lacks: 'signature', key }
  }
  const group = leafGroup(leaf)
  const knowsCurve =
    limits.leafCurve === 'ignored' ||
    spec.groups.length === 0 ||
    (group !== null && spec.groups.includes(group))
  if (!knowsCurve) return { lacks: 'curve', key }
  const signs =
    spec.suites.some(suite => suiteOf(suite)?.authentication === 'ECDSA') &&
    (spec.signatureSchemes.length === 0 || spec.signatureSchemes.some(isEcdsa))
  return signs ? null : { lacks: 'signature', key }
}

const BOUND_SCHEMES: Readonly<Record<string, number>> = {
  'EC P-256': SCHEMES.ecdsa_secp256r1_sha256,
  'EC P-384': SCHEMES.ecdsa_secp384r1_sha384,
  'EC P-521': SCHEMES.ecdsa_secp521r1_sha512,
}

const ECDSA_SCHEMES: ReadonlySet<number> = new Set([
  SCHEMES.ecdsa_sha1,
  SCHEMES.ecdsa_sha224,
  SCHEMES.ecdsa_secp256r1_sha256,
  SCHEMES.ecdsa_secp384r1_sha384,
  SCHEMES.ecdsa_secp521r1_sha512,
])

function isEcdsa(scheme: number): boolean {
  return ECDSA_SCHEMES.has(scheme)
}
