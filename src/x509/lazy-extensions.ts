/** The known extensions of one certificate, each decoded when it is first asked for. */
import type { DecodeError } from '../errors.ts'
import {
  decodeExtension,
  type Extension,
  KNOWN_EXTENSIONS,
  type KnownExtension,
  type KnownExtensions,
  oidOf,
} from './extension.ts'
import { attempt, type Note } from './note.ts'

interface Decoded<Key extends KnownExtension> {
  readonly value: KnownExtensions[Key]
  readonly faults: readonly DecodeError[]
}

/** Most certificates of a pool are never looked into: decoding them all would be wasted. */
export class LazyExtensions implements KnownExtensions {
  readonly extensions: readonly Extension[]
  private readonly earlyFaults: readonly DecodeError[]
  private readonly decoded: { [Key in KnownExtension]?: Decoded<Key> } = {}
  private memoFaults: readonly DecodeError[] | null = null

  constructor(extensions: readonly Extension[], earlyFaults: readonly DecodeError[]) {
    this.extensions = extensions
    this.earlyFaults = earlyFaults
  }

  get duplicateExtensions() {
    const seen = new Set<string>()
    const again = this.extensions.filter(({ oid }) => seen.size === seen.add(oid).size)
    return [...new Set(again.map(({ oid }) => oid))]
  }

  get malformedExtensions() {
    return KNOWN_EXTENSIONS.filter(
      key => this.find(key) !== undefined && this.decode(key).value === null,
    )
  }

  get faults() {
    this.memoFaults ??= [
      ...this.earlyFaults,
      ...KNOWN_EXTENSIONS.flatMap(key => this.decode(key).faults),
    ]
    return this.memoFaults
  }

  get subjectKeyIdentifier() {
    return this.decode('subjectKeyIdentifier').value
  }

  get authorityKeyIdentifier() {
    return this.decode('authorityKeyIdentifier').value
  }

  get keyUsage() {
    return this.decode('keyUsage').value
  }

  get extendedKeyUsage() {
    return this.decode('extendedKeyUsage').value
  }

  get basicConstraints() {
    return this.decode('basicConstraints').value
  }

  get nameConstraints() {
    return this.decode('nameConstraints').value
  }

  get subjectAltName() {
    return this.decode('subjectAltName').value
  }

  get issuerAltName() {
    return this.decode('issuerAltName').value
  }

  get certificatePolicies() {
    return this.decode('certificatePolicies').value
  }

  get policyMappings() {
    return this.decode('policyMappings').value
  }

  get policyConstraints() {
    return this.decode('policyConstraints').value
  }

  get inhibitAnyPolicy() {
    return this.decode('inhibitAnyPolicy').value
  }

  get authorityInfoAccess() {
    return this.decode('authorityInfoAccess').value
  }

  get subjectInfoAccess() {
    return this.decode('subjectInfoAccess').value
  }

  get crlDistributionPoints() {
    return this.decode('crlDistributionPoints').value
  }

  get freshestCrl() {
    return this.decode('freshestCrl').value
  }

  get tlsFeature() {
    return this.decode('tlsFeature').value
  }

  get signedCertificateTimestamps() {
    return this.decode('signedCertificateTimestamps').value
  }

  get precertificatePoison() {
    return this.decode('precertificatePoison').value
  }

  isCritical(extension: KnownExtension): boolean {
    return this.find(extension)?.critical ?? false
  }

  private find(key: KnownExtension): Extension | undefined {
    const oid = oidOf(key)
    return this.extensions.find(extension => extension.oid === oid)
  }

  private decode<Key extends KnownExtension>(key: Key): Decoded<Key> {
    const known: Decoded<Key> | undefined = this.decoded[key]
    if (known) return known
    const faults: DecodeError[] = []
    const note: Note = fault => faults.push(fault)
    const extension = this.find(key)
    const value = extension ? attempt(note, () => decodeExtension(key, extension, note)) : null
    const decoded = { value, faults } as Decoded<Key>
    this.decoded[key] = decoded as (typeof this.decoded)[Key]
    return decoded
  }
}
