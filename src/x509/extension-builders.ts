/** Makes extensions: each function gives one as the standards want it; spread it to change a field. */
import { createHash } from 'node:crypto'
import { utf8 } from '../bytes.ts'
import {
  boolean,
  explicit,
  implicit,
  integer,
  namedBits,
  nullValue,
  octetString,
  oid,
  sequence,
} from './der-writer.ts'
import type { Extension } from './extension.ts'
import type { GeneralName } from './general-name.ts'
import { parseIp } from './ip-address.ts'
import { type KeyUsageBit, keyUsageNumber } from './key-extensions.ts'
import { ACCESS_METHOD_OID, EXTENSION_OID, KEY_PURPOSE_OID } from './oids.ts'

export type NewExtension = Omit<Extension, 'offset'>

/** A GeneralName; plain text is an IP address where it looks like one, else a DNS name. */
export type NewGeneralName = GeneralName | string

export function basicConstraints(ca: boolean, pathLength: number | null = null): NewExtension {
  const content = [
    ...(ca ? [boolean(true)] : []),
    ...(pathLength === null ? [] : [integer(pathLength)]),
  ]
  return { oid: EXTENSION_OID.basicConstraints, critical: true, value: sequence(...content) }
}

export function keyUsage(...bits: readonly KeyUsageBit[]): NewExtension {
  const value = namedBits(bits.map(keyUsageNumber))
  return { oid: EXTENSION_OID.keyUsage, critical: true, value }
}

/** Purposes by name or OID. */
export function extendedKeyUsage(...purposes: readonly string[]): NewExtension {
  const oids = purposes.map(purpose =>
    oid(KEY_PURPOSE_OID[purpose as keyof typeof KEY_PURPOSE_OID] ?? purpose),
  )
  return { oid: EXTENSION_OID.extendedKeyUsage, critical: false, value: sequence(...oids) }
}

export function subjectAltNames(...names: readonly NewGeneralName[]): NewExtension {
  const value = sequence(...names.map(encodeGeneralName))
  return { oid: EXTENSION_OID.subjectAltName, critical: false, value }
}

export function subjectKeyIdentifier(keyId: Uint8Array): NewExtension {
  return { oid: EXTENSION_OID.subjectKeyIdentifier, critical: false, value: octetString(keyId) }
}

export function authorityKeyIdentifier(keyId: Uint8Array): NewExtension {
  const value = sequence(implicit(0, keyId))
  return { oid: EXTENSION_OID.authorityKeyIdentifier, critical: false, value }
}

/** SHA-1 of the key's bits (RFC 5280 §4.2.1.2, method 1). */
export function keyIdentifier(keyBits: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha1').update(keyBits).digest())
}

export function authorityInfoAccess(urls: {
  readonly caIssuers?: readonly string[]
  readonly ocsp?: readonly string[]
}): NewExtension {
  const describe = (method: string) => (url: string) => sequence(oid(method), uri(url))
  const descriptions = [
    ...(urls.ocsp ?? []).map(describe(ACCESS_METHOD_OID.ocsp)),
    ...(urls.caIssuers ?? []).map(describe(ACCESS_METHOD_OID.caIssuers)),
  ]
  const value = sequence(...descriptions)
  return { oid: EXTENSION_OID.authorityInfoAccess, critical: false, value }
}

/** One distribution point with all URLs as its names. */
export function crlDistributionPoints(...urls: readonly string[]): NewExtension {
  const value = sequence(sequence(explicit(0, explicit(0, ...urls.map(uri)))))
  return { oid: EXTENSION_OID.crlDistributionPoints, critical: false, value }
}

export function nameConstraints(subtrees: {
  readonly permitted?: readonly NewGeneralName[]
  readonly excluded?: readonly NewGeneralName[]
}): NewExtension {
  const encode = (number: number, bases: readonly NewGeneralName[] | undefined) =>
    bases ? [explicit(number, ...bases.map(base => sequence(encodeGeneralName(base))))] : []
  const value = sequence(...encode(0, subtrees.permitted), ...encode(1, subtrees.excluded))
  return { oid: EXTENSION_OID.nameConstraints, critical: true, value }
}

export function certificatePolicies(...policies: readonly string[]): NewExtension {
  const value = sequence(...policies.map(policy => sequence(oid(policy))))
  return { oid: EXTENSION_OID.certificatePolicies, critical: false, value }
}

/** Pairs of issuer's and subject's policy. */
export function policyMappings(...pairs: readonly (readonly [string, string])[]): NewExtension {
  const value = sequence(...pairs.map(pair => sequence(...pair.map(oid))))
  return { oid: EXTENSION_OID.policyMappings, critical: true, value }
}

export function policyConstraints(limits: {
  readonly requireExplicitPolicy?: number
  readonly inhibitPolicyMapping?: number
}): NewExtension {
  const encode = (number: number, skip: number | undefined) =>
    skip === undefined ? [] : [implicit(number, Uint8Array.of(skip))]
  const value = sequence(
    ...encode(0, limits.requireExplicitPolicy),
    ...encode(1, limits.inhibitPolicyMapping),
  )
  return { oid: EXTENSION_OID.policyConstraints, critical: true, value }
}

export function inhibitAnyPolicy(skip: number): NewExtension {
  return { oid: EXTENSION_OID.inhibitAnyPolicy, critical: true, value: integer(skip) }
}

/** TLS extension types; 5 is "must staple". */
export function tlsFeature(...features: readonly number[]): NewExtension {
  const value = sequence(...features.map(feature => integer(feature)))
  return { oid: EXTENSION_OID.tlsFeature, critical: false, value }
}

export function precertificatePoison(): NewExtension {
  return { oid: EXTENSION_OID.precertificatePoison, critical: true, value: nullValue() }
}

export function signedCertificateTimestamps(list: Uint8Array): NewExtension {
  const value = octetString(list)
  return { oid: EXTENSION_OID.signedCertificateTimestamps, critical: false, value }
}

/** SEQUENCE OF Extension. */
export function encodeExtensions(extensions: readonly NewExtension[]): Uint8Array {
  return sequence(
    ...extensions.map(extension =>
      sequence(
        oid(extension.oid),
        ...(extension.critical ? [boolean(true)] : []),
        octetString(extension.value),
      ),
    ),
  )
}

export function encodeGeneralName(name: NewGeneralName): Uint8Array {
  if (typeof name === 'string') {
    const ip = parseIp(name)
    return encodeGeneralName(ip ? { type: 'ip', value: ip } : { type: 'dns', value: name })
  }
  switch (name.type) {
    case 'other':
      return explicit(0, oid(name.oid), explicit(0, name.value))
    case 'email':
      return implicit(1, utf8(name.value))
    case 'dns':
      return implicit(2, utf8(name.value))
    case 'directory':
      return explicit(4, name.value.raw)
    case 'uri':
      return uri(name.value)
    case 'ip':
      return implicit(7, name.value)
    case 'registeredId':
      return implicit(8, oid(name.value).subarray(2))
    case 'unsupported':
      return explicit(name.tag, name.value)
  }
}

function uri(text: string): Uint8Array {
  return implicit(6, utf8(text))
}
