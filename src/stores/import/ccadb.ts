/** The reports of the Common CA Database (ccadb.org/resources), told apart by their columns. */
import { DecodeError, UsageError } from '../../errors.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { decodePem } from '../../x509/pem.ts'
import type { StoreName } from '../store.ts'
import { importCertificate, unique } from './certificates.ts'
import { type Csv, type CsvRow, parseCsv } from './csv.ts'

export type CcadbReport =
  | { readonly kind: 'intermediates'; readonly certificates: readonly Certificate[] }
  /** `store` is null where the report does not say whose roots they are. */
  | {
      readonly kind: 'roots'
      readonly store: StoreName | null
      readonly certificates: readonly Certificate[]
    }
  /** Roots by SHA-256 alone, hexadecimal. */
  | { readonly kind: 'named-roots'; readonly fingerprints: readonly string[] }

/** Whether the first line names columns of these reports. */
export function isCcadb(text: string): boolean {
  const [head = ''] = text.split('\n', 1)
  return !/^#|-----/.test(head) && /(?:^|[",\ufeff(])(?:PEM\b|SHA-?256\b)/i.test(head)
}

/** `store` picks the list out of the report of all records, which holds several. Throws a DecodeError with the line. */
export function readCcadb(text: string, store: StoreName | null): CcadbReport {
  const csv = parseCsv(text)
  const has = (column: string) => csv.columns.some(name => name.toLowerCase() === column)
  const pem = PEM_COLUMNS.find(has)
  if (has('certificate record type') && has('mozilla status'))
    return { kind: 'named-roots', fingerprints: namedRoots(csv, store) }
  if (pem === undefined) throw new DecodeError('no column holds certificates', 'csv line 1', 0)
  if (has('trust bits')) {
    const rows = csv.rows.filter(row => /\bWebsites\b/i.test(row.field('trust bits')))
    return { kind: 'roots', store: 'mozilla', certificates: certificatesOf(rows, pem) }
  }
  if (csv.columns.length === 1)
    return { kind: 'roots', store: null, certificates: certificatesOf(csv.rows, pem) }
  if (!ISSUER_COLUMNS.some(has))
    throw new DecodeError('neither roots of a store nor intermediates', 'csv line 1', 0)
  const standing = csv.rows
    .filter(row => /^(?:intermediate certificate)?$/i.test(row.field('certificate record type')))
    .filter(row => !isRevoked(row.field('revocation status')))
  return { kind: 'intermediates', certificates: certificatesOf(standing, pem) }
}

const PEM_COLUMNS = ['pem info', 'pem', 'x.509 certificate (pem)'] as const

/** Reports of removed roots, or of all there are, have none of them. */
const ISSUER_COLUMNS = ['parent name', 'issuer', 'revocation status'] as const

function isRevoked(status: string): boolean {
  return status !== '' && !/^not revoked$/i.test(status)
}

/** The block stands between single quotes. */
function certificatesOf(rows: readonly CsvRow[], column: string): readonly Certificate[] {
  const certificates = rows.map(row => {
    const place = `csv line ${row.line}`
    const [block] = decodePem(row.field(column))
    if (block?.label !== 'CERTIFICATE') throw new DecodeError('no certificate', place, 0)
    const certificate = importCertificate(block.der, place)
    const told = FINGERPRINT_COLUMNS.map(name => row.field(name)).find(value => value !== '')
    if (told !== undefined && told.replaceAll(':', '').toLowerCase() !== certificate.sha256)
      throw new DecodeError('a certificate that is not the one its SHA-256 names', place, 0)
    return certificate
  })
  return unique(certificates)
}

const FINGERPRINT_COLUMNS = ['sha-256 fingerprint', 'sha256'] as const

function namedRoots(csv: Csv, store: StoreName | null): readonly string[] {
  const column = `${store} status`
  if (!csv.columns.some(name => name.toLowerCase() === column))
    throw new UsageError({
      en: 'this report holds the lists of several stores: name one with --store apple, chrome, microsoft or mozilla',
      'zh-CN': '该报告包含多个根证书库：请用 --store 指定 apple、chrome、microsoft 或 mozilla',
    })
  return csv.rows
    .filter(row => /^root certificate$/i.test(row.field('certificate record type')))
    .filter(row => /^included$/i.test(row.field(column)) && isForServers(row))
    .map(row => {
      const sha256 = row.field('sha-256 fingerprint').replaceAll(':', '').toLowerCase()
      if (/^[0-9a-f]{64}$/.test(sha256)) return sha256
      throw new DecodeError('no SHA-256 fingerprint', `csv line ${row.line}`, 0)
    })
}

/** The reports' versions say it in different columns; where none says it, every purpose counts. */
function isForServers(row: CsvRow): boolean {
  const capable = row.field('tls capable')
  if (capable !== '') return /^true$/i.test(capable)
  const bits = row.field('derived trust bits')
  return bits === '' || /server authentication|websites/i.test(bits)
}
