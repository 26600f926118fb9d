/** Certificates for tests: the makers of src/x509/issue.ts with dates and keys filled in. */
import { type Certificate, parseCertificate } from '../../src/x509/certificate.ts'
import { TAG } from '../../src/x509/der.ts'
import { bitString, element, explicit, integer, sequence, time } from '../../src/x509/der-writer.ts'
import {
  authorityKeyIdentifier,
  encodeExtensions,
  keyIdentifier,
  type NewExtension,
} from '../../src/x509/extension-builders.ts'
import {
  type CaSpec,
  type Issued,
  issueCa,
  issueLeaf,
  type LeafSpec,
} from '../../src/x509/issue.ts'
import { EXTENSION_OID } from '../../src/x509/oids.ts'
import { generateKey, type KeyKind, type SigningKey, signWith } from '../../src/x509/signing-key.ts'

export const DAY_MS = 86_400_000

/** The moment at which tests judge; every certificate made here is valid then. */
export const NOW = Date.UTC(2026, 10, 22)

/** Keys are made once for each kind and number: making them is what takes time. */
export function testKey(kind: KeyKind = 'ec-p256', number = 0): SigningKey {
  const name = `${kind} ${number}`
  const known = keys.get(name)
  if (known) return known
  const key = generateKey(kind)
  keys.set(name, key)
  return key
}

/** A key that no other call gives: numbers below 0 are its own. */
export function freshKey(kind: KeyKind = 'ec-p256'): SigningKey {
  return testKey(kind, -++fresh)
}

/** A CA certificate; a root where no issuer is given. Valid for ten years, with a key of its own. */
export function makeCa(subject: CaSpec['subject'], spec: Partial<CaSpec> = {}): Issued {
  return issueCa({
    subject,
    key: spec.key ?? freshKey(),
    notBefore: NOW - 1000 * DAY_MS,
    notAfter: NOW + 2650 * DAY_MS,
    ...spec,
  })
}

/** A server certificate, valid for 90 days, 30 of which are gone. */
export function makeLeaf(names: LeafSpec['names'], spec: Partial<LeafSpec> = {}): Issued {
  return issueLeaf({
    names,
    key: spec.key ?? testKey('ec-p256', 0),
    notBefore: NOW - 30 * DAY_MS,
    notAfter: NOW + 60 * DAY_MS,
    ...spec,
  })
}

export function parsed({ der }: { readonly der: Uint8Array }): Certificate {
  return parseCertificate(der)
}

export interface CrlSpec {
  readonly issuer: Issued
  readonly revoked?: readonly {
    readonly serial: Uint8Array
    readonly reason?: number
    readonly extensions?: readonly NewExtension[]
  }[]
  readonly number?: number | null
  /** The base it continues: makes it a delta. */
  readonly base?: number
  readonly scope?: Uint8Array
  readonly thisUpdate?: number
  readonly nextUpdate?: number | null
  readonly extensions?: readonly NewExtension[]
  readonly key?: SigningKey
}

/** A CRL as RFC 5280 wants it, but for what is asked for. */
export function makeCrl(spec: CrlSpec): Uint8Array {
  const { issuer, number = 7, nextUpdate = NOW + 7 * DAY_MS } = spec
  const key = spec.key ?? issuer.key
  const extension = (oid: string, critical: boolean, value: Uint8Array) => ({
    oid,
    critical,
    value,
  })
  const entries = (spec.revoked ?? []).map(({ serial, reason, extensions = [] }) => {
    const all = [...extensions]
    if (reason !== undefined)
      all.push(
        extension(EXTENSION_OID.reasonCode, false, element(TAG.enumerated, Uint8Array.of(reason))),
      )
    return sequence(
      integer(serial),
      time(NOW - DAY_MS),
      ...(all.length > 0 ? [encodeExtensions(all)] : []),
    )
  })
  const extensions = [
    authorityKeyIdentifier(keyIdentifier(key.keyBits)),
    ...(number === null ? [] : [extension(EXTENSION_OID.crlNumber, false, integer(number))]),
    ...(spec.base === undefined
      ? []
      : [extension(EXTENSION_OID.deltaCrlIndicator, true, integer(spec.base))]),
    ...(spec.scope ? [extension(EXTENSION_OID.issuingDistributionPoint, true, spec.scope)] : []),
  ]
  const replaced = new Set(spec.extensions?.map(({ oid }) => oid))
  const tbs = sequence(
    integer(1),
    signWith(key, new Uint8Array()).algorithm,
    issuer.subject,
    time(spec.thisUpdate ?? NOW - DAY_MS),
    ...(nextUpdate === null ? [] : [time(nextUpdate)]),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
    explicit(
      0,
      encodeExtensions([
        ...extensions.filter(({ oid }) => !replaced.has(oid)),
        ...(spec.extensions ?? []),
      ]),
    ),
  )
  const { algorithm, signature } = signWith(key, tbs)
  return sequence(tbs, algorithm, bitString(signature))
}

const keys = new Map<string, SigningKey>()
let fresh = 0
