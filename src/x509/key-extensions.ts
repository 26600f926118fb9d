/** Extensions about the key: its identifiers and what it may be used for (RFC 5280 §4.2.1.1–3 and 12, RFC 7633). */
import { type DerNode, TAG } from './der.ts'
import { decodeGeneralNames, type GeneralName } from './general-name.ts'
import type { Note } from './note.ts'

const KEY_USAGE_BITS = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const

export type KeyUsageBit = (typeof KEY_USAGE_BITS)[number]

/** Numbers of the bits as `namedBits` wants them. */
export function keyUsageNumber(bit: KeyUsageBit): number {
  return KEY_USAGE_BITS.indexOf(bit)
}

export interface AuthorityKeyIdentifier {
  readonly keyId: Uint8Array | null
  readonly issuer: readonly GeneralName[] | null
  /** Octets of the INTEGER. */
  readonly serial: Uint8Array | null
}

export function decodeSubjectKeyIdentifier(node: DerNode): Uint8Array {
  if (node.tag !== TAG.octetString) node.fail('OCTET STRING expected')
  return node.content
}

export function decodeAuthorityKeyIdentifier(node: DerNode, note: Note): AuthorityKeyIdentifier {
  if (node.tag !== TAG.sequence) node.fail('SEQUENCE expected')
  const fields = node.children()
  const keyId = fields.optional('keyIdentifier', 0x80)
  const issuer = fields.optional('authorityCertIssuer', 0xa1)
  const serial = fields.optional('authorityCertSerialNumber', 0x82)
  fields.end()
  if ((issuer === null) !== (serial === null)) note(node.error('issuer and serial go together'))
  return {
    keyId: keyId?.content ?? null,
    issuer: issuer ? decodeGeneralNames(issuer, note) : null,
    serial: serial?.integer() ?? null,
  }
}

export function decodeKeyUsage(node: DerNode, note: Note): KeyUsageBit[] {
  if (node.tag !== TAG.bitString) node.fail('BIT STRING expected')
  const { bytes, unused } = node.bitString()
  const bits = KEY_USAGE_BITS.filter((_, bit) => ((bytes[bit >> 3] ?? 0) << (bit & 7)) & 0x80)
  if (bits.length === 0) note(node.error('no usage at all'))
  // DER ends a BIT STRING of named bits with its last set bit (X.690 §11.2.2).
  else if (((bytes.at(-1) ?? 0) & (1 << unused)) === 0) note(node.error('trailing zero bits'))
  return bits
}

export function decodeExtendedKeyUsage(node: DerNode, note: Note): string[] {
  if (node.tag !== TAG.sequence) node.fail('SEQUENCE expected')
  const purposes = [...node.children().rest(TAG.oid)].map(purpose => purpose.oid())
  if (purposes.length === 0) note(node.error('no key purpose'))
  return purposes
}

export function decodeTlsFeature(node: DerNode, note: Note): number[] {
  if (node.tag !== TAG.sequence) node.fail('SEQUENCE expected')
  const features = [...node.children().rest(TAG.integer)].map(feature => feature.smallInteger())
  if (features.length === 0) note(node.error('no TLS feature'))
  return features
}

export function decodePoison(node: DerNode): true {
  if (node.tag !== TAG.null || node.length > 0) node.fail('NULL expected')
  return true
}
