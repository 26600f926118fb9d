/** Whatever a user brings, read into one import: the format is known by what the files hold. */

import { concat } from '../../bytes.ts'
import { DecodeError, UsageError } from '../../errors.ts'
import type { Text } from '../../text.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { TAG } from '../../x509/der.ts'
import { createIntermediates, describeIntermediate } from '../intermediates.ts'
import type { StoreName, Stores } from '../store.ts'
import { isCcadb, readCcadb } from './ccadb.ts'
import { importCertificates, unique } from './certificates.ts'
import type { Imported, ImportedConstraint, ImportedRoot, Provenance } from './imported.ts'
import { readLogList } from './log-list.ts'
import { parseRootStore } from './textproto.ts'

export interface SourceFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface ImportRequest extends Provenance {
  /** One file, or those of one folder. */
  readonly files: readonly SourceFile[]
  /** What the user says where the format does not. */
  readonly store: StoreName | null
  readonly version: string | null
}

/** `known` lends the certificates that a list names by their hash. @throws DecodeError, UsageError */
export function readImport(request: ImportRequest, known: Stores): Imported {
  const { source, sha256, date } = request
  const provenance = { source, sha256, date }
  const texts = request.files.map(({ name, bytes }) => ({ name, text: decode(bytes) }))
  const list = texts.find(({ text }) => isRootStore(text))
  if (list) return readChrome(list.text, request, known)
  const logs = texts.find(({ text }) => isLogList(text))
  if (logs) return { ...provenance, kind: 'ct-logs', ...readLogList(logs.text) }
  const report = texts.find(({ text }) => isCcadb(text))
  if (report) return readReport(report, request, known)
  const android = request.files.filter(({ name }) => CACERTS_NAME.test(name))
  if (android.length > 0 && request.store === null)
    return rootList(request, 'android', certificatesIn(android), known)
  return rootList(request, request.store, certificatesIn(request.files), known)
}

/** A folder of Android's system/ca-certificates: the hash of the subject and a number. */
const CACERTS_NAME = /^[0-9a-f]{8}\.\d+$/

function isRootStore(text: string): boolean {
  return /^version_major\s*:/m.test(text) && /^trust_anchors\b/m.test(text)
}

function isLogList(text: string): boolean {
  return /^\ufeff?\s*\{/.test(text) && text.includes('"operators"')
}

function readChrome(text: string, request: ImportRequest, known: Stores): Imported {
  const { version, anchors, constraints } = parseRootStore(text)
  const roots = resolve(anchors, request, known)
  return finish({ ...request, version }, 'chrome', roots, constraints, known)
}

function readReport(report: { name: string; text: string }, request: ImportRequest, known: Stores) {
  const { source, sha256, date, store } = request
  const read = readCcadb(report.text, store)
  if (read.kind === 'named-roots')
    return finish(request, store, resolve(read.fingerprints, request, known), null, known)
  if (read.kind === 'roots') return rootList(request, read.store ?? store, read.certificates, known)
  const { certificates } = read
  const pool = concat(certificates.map(({ der }) => der))
  const intermediates = createIntermediates(certificates.map(describeIntermediate), () => pool)
  return { source, sha256, date, kind: 'intermediates', intermediates } as const
}

/** A folder may hold other things beside; a file alone must hold certificates. */
function certificatesIn(files: readonly SourceFile[]): readonly Certificate[] {
  const holders =
    files.length > 1 ? files.filter(({ bytes }) => looksLikeCertificates(bytes)) : files
  return unique(holders.flatMap(({ name, bytes }) => importCertificates(bytes, name)))
}

function looksLikeCertificates(bytes: Uint8Array): boolean {
  return bytes[0] === TAG.sequence || decode(bytes).includes('-----BEGIN ')
}

function rootList(
  request: ImportRequest,
  store: StoreName | null,
  certificates: readonly Certificate[],
  known: Stores,
): Imported {
  const roots = certificates.map(({ sha256, der }) => ({ sha256, der }))
  return finish(request, store, roots, null, known)
}

function finish(
  { source, sha256, date, store: wanted, version: given }: ImportRequest,
  store: StoreName | null,
  roots: readonly ImportedRoot[],
  constraints: readonly ImportedConstraint[] | null,
  known: Stores,
): Imported {
  if (store === null) throw new UsageError(WHOSE_ROOTS)
  if (wanted !== null && wanted !== store)
    throw new UsageError({
      en: `these are the roots of ${store}, not of ${wanted}`,
      'zh-CN': `这是 ${store} 的根证书，而不是 ${wanted} 的`,
    })
  const version = given ?? (isDated(store, known) ? date : null)
  if (version === null)
    throw new UsageError({
      en: `which version of ${store} is it? name it with --store-version`,
      'zh-CN': `这是 ${store} 的哪个版本？请用 --store-version 指定`,
    })
  if (!/^\d[\w.-]{0,31}$/.test(version))
    throw new UsageError({
      en: `--store-version ${version}: write it as the system does, such as 18 or 16-r4`,
      'zh-CN': `--store-version ${version}：请写系统版本号，例如 18 或 16-r4`,
    })
  return { source, sha256, date, kind: 'roots', store, version, roots, constraints }
}

const WHOSE_ROOTS: Text = {
  en: 'these certificates do not say whose roots they are: name the store with --store',
  'zh-CN': '无法从这些证书判断属于哪个根证书库：请用 --store 指定',
}

/** Stores that are updated at any time count their lists by the day. */
function isDated(name: StoreName, { tables }: Stores): boolean {
  const newest = tables.find(table => table.name === name)?.versions.at(-1)
  return newest !== undefined && /^\d{4}-\d{2}/.test(newest.version)
}

/** The other files of the folder come first, then what mpcert knows. */
function resolve(
  fingerprints: readonly string[],
  { files }: ImportRequest,
  known: Stores,
): readonly ImportedRoot[] {
  const holders = files.filter(({ bytes }) => looksLikeCertificates(bytes))
  const given = new Map(certificatesIn(holders).map(({ sha256, der }) => [sha256, der]))
  const listed = new Map(known.roots.map(root => [root.sha256, root]))
  const unknown = fingerprints.filter(one => !given.has(one) && !listed.has(one))
  if (unknown.length > 0) throw new UsageError(withoutCertificates(unknown))
  return [...new Set(fingerprints)].map(sha256 => ({ sha256, der: given.get(sha256) ?? null }))
}

const MOST_NAMED = 3

function withoutCertificates(unknown: readonly string[]): Text {
  const named = unknown.slice(0, MOST_NAMED).join(', ')
  return {
    en: `${unknown.length} roots are named by their SHA-256 alone and unknown here (${named}): import a folder that holds their certificates too`,
    'zh-CN': `有 ${unknown.length} 个根证书只给出了 SHA-256 且无法识别（${named}）：请导入同时包含这些证书的文件夹`,
  }
}

const MAX_TEXT = 128 << 20

function decode(bytes: Uint8Array): string {
  if (bytes.length > MAX_TEXT) throw new DecodeError('too large', 'file', 0)
  return new TextDecoder().decode(bytes)
}
