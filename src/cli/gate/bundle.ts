/** Certificates and keys from files of any kind, sorted into what one server would send each. */
import { equal, sha256Hex } from '../../bytes.ts'
import { DecodeError, UsageError } from '../../errors.ts'
import { type Certificate, parseCertificate } from '../../x509/certificate.ts'
import type { ContainerEntry } from '../../x509/container.ts'
import { publicHalf } from '../../x509/private-key.ts'
import { openEntries, openKey } from '../key-files.ts'
import type { Password } from '../password.ts'

/** One file, read. */
export interface Source {
  readonly file: string
  readonly certificates: readonly Listed[]
  /** SubjectPublicKeyInfo of each private key, DER. */
  readonly keys: readonly Uint8Array[]
  /** Where order means something: PEM. */
  readonly ordered: boolean
}

export interface Listed {
  readonly der: Uint8Array
  /** Null where it cannot be read. */
  readonly certificate: Certificate | null
  /** Line in a PEM file, from 1. */
  readonly line: number
}

/** One site's certificate with what goes along with it. */
export interface Bundle {
  readonly file: string
  readonly line: number
  readonly chain: readonly Uint8Array[]
  /** Place of the site's certificate in the chain. */
  readonly leaf: number
  /** SubjectPublicKeyInfo of its key; null where no key was given. */
  readonly publicKey: Uint8Array | null
}

/** @throws UsageError, MpcertError ERR_FILE, each in one line that names the file */
export async function readSource(file: string, password: Password): Promise<Source> {
  const entries = await openEntries(file, password)
  const keys: Uint8Array[] = []
  for (const entry of entries)
    if (entry.kind.endsWith('private-key'))
      keys.push(await openKey(entry, file, password, publicHalf))
  return { file, keys, certificates: listed(entries), ordered: hasLines(entries) }
}

/** Copies are read once. */
export function listed(entries: readonly ContainerEntry[]): readonly Listed[] {
  const known = new Map<string, Certificate | null>()
  return entries.flatMap(({ kind, der, line }) => {
    if (kind !== 'certificate') return []
    const print = sha256Hex(der)
    const found = known.get(print)
    const certificate = found === undefined ? readable(der) : found
    known.set(print, certificate)
    return [{ der, certificate, line: line ?? 1 }]
  })
}

function readable(der: Uint8Array): Certificate | null {
  try {
    return parseCertificate(der)
  } catch (error) {
    if (error instanceof DecodeError) return null
    throw error
  }
}

function hasLines(entries: readonly ContainerEntry[]): boolean {
  return entries.some(({ line }) => line !== null)
}

/** A file with a site's certificate makes a bundle; what the others hold goes with each. @throws UsageError where there is none */
export function bundlesOf(sources: readonly Source[]): readonly Bundle[] {
  const keys = sources.flatMap(source => source.keys)
  const found = sources.flatMap(source => {
    const leaf = leafOf(source, keys)
    return leaf < 0 ? [] : [{ source, leaf }]
  })
  const [fallback] = sources.filter(({ certificates }) => certificates.length > 0)
  const chosen = found.length > 0 ? found : fallback ? [{ source: fallback, leaf: 0 }] : []
  if (chosen.length === 0) {
    const names = sources.map(({ file }) => file).join(', ')
    throw new UsageError({
      en: `${names}: no certificate in it`,
      'zh-CN': `${names}：其中没有证书`,
    })
  }
  const bundled = new Set(chosen.map(({ source }) => source))
  const others = sources.filter(source => !bundled.has(source)).flatMap(one => one.certificates)
  const bundles = chosen.map(({ source, leaf }) =>
    toBundle(source, leaf, others, keys, chosen.length),
  )
  // The same in two files, as ACME clients leave it.
  const keyed = bundles.map(one => [one.chain.map(sha256Hex).join(' '), one] as const)
  return [...new Map(keyed.toReversed()).values()].toReversed()
}

function toBundle(
  { file, certificates, ordered, keys: own }: Source,
  place: number,
  others: readonly Listed[],
  keys: readonly Uint8Array[],
  bundles: number,
): Bundle {
  const leaf = certificates[place]
  const inFile = ordered || place === 0 || !leaf ? certificates : leafFirst(certificates, leaf)
  const known = new Set(inFile.map(({ der }) => sha256Hex(der)))
  const added = others.filter(({ der }) => !known.has(sha256Hex(der)))
  const spki = leaf?.certificate?.publicKey.spki
  const fitting = spki && keys.find(key => equal(key, spki))
  // Where several sites are judged, a key that fits none of them is nobody's.
  const given = own[0] ?? (bundles === 1 ? keys[0] : undefined)
  return {
    file,
    line: leaf?.line ?? 1,
    chain: [...inFile, ...added].map(({ der }) => der),
    leaf: leaf ? inFile.indexOf(leaf) : 0,
    publicKey: fitting ?? given ?? null,
  }
}

function leafFirst(certificates: readonly Listed[], leaf: Listed): readonly Listed[] {
  return [leaf, ...certificates.filter(one => one !== leaf)]
}

/** The certificate that a key belongs to, else the first one of no CA; -1 where the file holds none. */
function leafOf({ certificates }: Source, keys: readonly Uint8Array[]): number {
  const owned = certificates.findIndex(({ certificate }) =>
    keys.some(key => certificate && equal(certificate.publicKey.spki, key)),
  )
  if (owned >= 0) return owned
  return certificates.findIndex(
    ({ certificate }) => certificate && !certificate.basicConstraints?.ca,
  )
}
