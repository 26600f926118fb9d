/** Signed certificate timestamps (RFC 6962 §3.2 and §3.3): facts, and the bytes a log signs. */
import { concat, Reader, Writer } from '../bytes.ts'
import { type DerNode, TAG } from './der.ts'

export interface Sct {
  /** 0 stands for v1; the fields of other versions are unknown and empty. */
  readonly version: number
  /** SHA-256 of the log's public key. */
  readonly logId: Uint8Array
  /** Milliseconds since the epoch. */
  readonly timestampMs: number
  readonly extensions: Uint8Array
  /** Codes of TLS 1.2: 4 is SHA-256; 1 is RSA, 3 is ECDSA. */
  readonly hashAlgorithm: number
  readonly signatureAlgorithm: number
  readonly signature: Uint8Array
}

/** What a log signs for a certificate as issued, or for the precertificate behind it. */
export type SctEntry =
  | { readonly type: 'x509'; readonly certificate: Uint8Array }
  | { readonly type: 'precert'; readonly issuerKeyHash: Uint8Array; readonly tbs: Uint8Array }

const MAX_SCTS = 100

/** SignedCertificateTimestampList, as TLS carries it. Throws a DecodeError. */
export function decodeSctList(bytes: Uint8Array, path = 'sctList', base = 0): Sct[] {
  const outer = new Reader(bytes, path, base)
  const list = outer.vector(2, 'list')
  outer.end()
  const scts: Sct[] = []
  while (!list.done) {
    if (scts.length === MAX_SCTS) list.fail(`more than ${MAX_SCTS} timestamps`)
    scts.push(decodeSct(list.vector(2, `sct[${scts.length}]`)))
  }
  if (scts.length === 0) list.fail('no timestamp')
  return scts
}

/** The extension of a certificate: the list inside a second OCTET STRING. */
export function decodeSctExtension(node: DerNode): Sct[] {
  if (node.tag !== TAG.octetString) node.fail('OCTET STRING expected')
  return decodeSctList(node.content, node.path, node.offset + node.raw.length - node.content.length)
}

export function encodeSctList(scts: readonly Sct[]): Uint8Array {
  return new Writer()
    .vector(2, list => {
      for (const sct of scts) list.vector(2, item => item.push(encodeSct(sct)))
    })
    .bytes()
}

/** The input of the signature of a v1 timestamp (RFC 6962 §3.2). */
export function sctSigningInput(
  sct: Pick<Sct, 'timestampMs' | 'extensions'>,
  entry: SctEntry,
): Uint8Array {
  const writer = new Writer().u8(0).u8(0).push(u64(sct.timestampMs))
  if (entry.type === 'x509')
    writer.u16(0).vector(3, certificate => certificate.push(entry.certificate))
  else
    writer
      .u16(1)
      .push(entry.issuerKeyHash)
      .vector(3, tbs => tbs.push(entry.tbs))
  return writer.vector(2, extensions => extensions.push(sct.extensions)).bytes()
}

function decodeSct(reader: Reader): Sct {
  const version = reader.u8()
  if (version !== 0) {
    reader.rest()
    return { ...EMPTY, version }
  }
  const logId = reader.take(32)
  const timestampMs = Number(reader.u64())
  const extensions = reader.vector(2, 'extensions').rest()
  const hashAlgorithm = reader.u8()
  const signatureAlgorithm = reader.u8()
  const signature = reader.vector(2, 'signature').rest()
  reader.end()
  return {
    version,
    logId,
    timestampMs,
    extensions,
    hashAlgorithm,
    signatureAlgorithm,
    signature,
  }
}

const EMPTY: Omit<Sct, 'version'> = {
  logId: new Uint8Array(),
  timestampMs: 0,
  extensions: new Uint8Array(),
  hashAlgorithm: 0,
  signatureAlgorithm: 0,
  signature: new Uint8Array(),
}

function encodeSct(sct: Sct): Uint8Array {
  return new Writer()
    .u8(sct.version)
    .push(sct.logId)
    .push(u64(sct.timestampMs))
    .vector(2, extensions => extensions.push(sct.extensions))
    .u8(sct.hashAlgorithm)
    .u8(sct.signatureAlgorithm)
    .vector(2, signature => signature.push(sct.signature))
    .bytes()
}

function u64(value: number): Uint8Array {
  const high = new Writer().u32(Math.floor(value / 2 ** 32)).bytes()
  return concat([high, new Writer().u32(value % 2 ** 32).bytes()])
}
