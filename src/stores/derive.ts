/** Other stores from given ones: replicas in the place of real roots, anchors added, anchors alone. */
import { UsageError } from '../errors.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { createStores } from './create.ts'
import type { Interval, Root, StoreName, Stores, StoreTable } from './store.ts'
import { subjectHash } from './subject-hash.ts'

export interface Replica {
  /** DER. Throws a DecodeError where it cannot be read. */
  readonly certificate: Uint8Array
  /** SHA-256 of the root whose place it takes, hexadecimal. */
  readonly standsFor: string
}

/**
 * Each replica takes the real root's place in every store and version: one can sign under it with a key of one's
 * own.
 *
 * @example
 * ```js
 * import { X509Certificate } from 'node:crypto'
 * import { readFileSync } from 'node:fs'
 * import { createWorld, withReplicas } from 'mpcert'
 *
 * const der = file => new Uint8Array(new X509Certificate(readFileSync(file)).raw)
 * const world = createWorld(Date.now())
 * const replica = { certificate: der('root.pem'), standsFor: world.stores.roots[0].sha256 }
 * const stores = withReplicas(world.stores, [replica])
 * console.log(stores.roots.length === world.stores.roots.length) // true
 * ```
 */
export function withReplicas(stores: Stores, replicas: readonly Replica[]): Stores {
  const roots = [...stores.roots]
  for (const { certificate, standsFor } of replicas) {
    const at = roots.findIndex(root => root.sha256 === standsFor.toLowerCase())
    const real = roots[at]
    if (!real) throw unknownRoot(standsFor)
    roots[at] = { ...real, ...identity(parseCertificate(certificate)) }
  }
  return createStores({ ...stores, roots })
}

/**
 * Every store, in every version, holds these too.
 *
 * @example
 * ```js
 * import { X509Certificate } from 'node:crypto'
 * import { readFileSync } from 'node:fs'
 * import { createWorld, withAnchors } from 'mpcert'
 *
 * const der = file => new Uint8Array(new X509Certificate(readFileSync(file)).raw)
 * const world = createWorld(Date.now())
 * const own = { ...world, stores: withAnchors(world.stores, [der('root.pem')]) }
 * console.log(own.stores.roots.length - world.stores.roots.length) // 1
 * ```
 */
export function withAnchors(stores: Stores, certificates: readonly Uint8Array[]): Stores {
  return createStores({ ...stores, roots: [...stores.roots, ...added(stores, certificates)] })
}

/**
 * Every store, in every version, holds these and nothing else.
 *
 * @example
 * ```js
 * import { X509Certificate } from 'node:crypto'
 * import { readFileSync } from 'node:fs'
 * import { createWorld, onlyAnchors } from 'mpcert'
 *
 * const der = file => new Uint8Array(new X509Certificate(readFileSync(file)).raw)
 * const { stores } = createWorld(Date.now())
 * console.log(onlyAnchors(stores, [der('root.pem')]).roots.length) // 1
 * ```
 */
export function onlyAnchors(stores: Stores, certificates: readonly Uint8Array[]): Stores {
  return createStores({ ...stores, roots: added(stores, certificates) })
}

function unknownRoot(sha256: string): UsageError {
  return new UsageError({
    en: `no root has the SHA-256 ${sha256}`,
    'zh-CN': `没有 SHA-256 为 ${sha256} 的根证书`,
  })
}

function added({ tables }: Stores, certificates: readonly Uint8Array[]): Root[] {
  const intervals = Object.fromEntries(tables.map(always))
  return certificates.map(der => ({ ...newRoot(der), builtIn: false, intervals }))
}

/** What a certificate says of a root, and that it is one for TLS servers. */
export function newRoot(der: Uint8Array): Omit<Root, 'builtIn' | 'intervals'> {
  const certificate = parseCertificate(der)
  return { ...identity(certificate), serverAuth: true, microsoftTls: true, constraints: [] }
}

function always({ name, versions: [first] }: StoreTable): [StoreName, Interval[]] {
  return [name, first ? [[first.version, null]] : []]
}

type Identity = Omit<Root, 'serverAuth' | 'microsoftTls' | 'builtIn' | 'intervals' | 'constraints'>

function identity(certificate: Certificate): Identity {
  const { subject } = certificate
  return {
    sha256: certificate.sha256,
    spkiSha256: certificate.spkiSha256,
    name: subject.commonName ?? subject.text,
    subject: subject.text,
    notAfter: new Date(certificate.notAfter).toISOString().slice(0, 10),
    key: certificate.publicKey.label,
    signature: certificate.signatureAlgorithm.hash,
    subjectHash: subjectHash(subject.key),
    der: certificate.der,
  }
}
