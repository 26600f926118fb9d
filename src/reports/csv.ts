/** Rows for a spreadsheet: a suite a row where a server was scanned, else a cell a row (RFC 4180). */
import type { Report, TargetResult } from '../report.ts'
import { scannedIp, suiteCode, traitsOf } from '../scan/scanned-suite.ts'
import { visible } from '../text.ts'
import { groupName } from '../wire/names.ts'

const report: Report = {
  title: { en: 'CSV, a row per suite or per cell', 'zh-CN': 'CSV，每个套件或每个单元格一行' },
  begin() {
    // The first target says which rows these are.
    let rowsOf: ((target: TargetResult) => readonly Row[]) | null = null
    return {
      head: '',
      target(target) {
        if (rowsOf) return toCsv(rowsOf(target))
        rowsOf = target.scan ? suiteRows : cellRows
        return toCsv([target.scan ? SUITE_COLUMNS : CELL_COLUMNS, ...rowsOf(target)])
      },
      end: () => (rowsOf ? '' : toCsv([CELL_COLUMNS])),
    }
  },
}

export default report

function toCsv(rows: readonly Row[]): string {
  return rows.map(row => `${row.map(quote).join(',')}\r\n`).join('')
}

type Row = readonly (string | number | null)[]

const SUITE_COLUMNS: Row = [
  ...['host', 'port', 'version', 'offered', 'code', 'name', 'opensslName', 'group', 'dhBits'],
  ...['bits', 'preference', 'ip'],
]
const CELL_COLUMNS: Row = [
  ...['target', 'host', 'port', 'status', 'grade'],
  ...['platform', 'api', 'verdict', 'reasons', 'file', 'line'],
]

/** A version without suites has a row of its own, and so has an address that does not answer. */
function suiteRows(target: TargetResult): readonly Row[] {
  const { host, port, scan } = target
  const ip = scannedIp(target.addresses)
  if (!scan) return [[host, port, '', '', '', '', '', '', '', '', '', ip]]
  return scan.protocols.flatMap(({ version, offered, suites, preference }): Row[] => {
    const start = [host, port, version, offered === null ? '' : String(offered)]
    if (suites.length === 0) return [[...start, '', '', '', '', '', '', '', ip]]
    return suites.map(({ code, group, dhBits }) => {
      const { name, opensslName, bits } = traitsOf(version, code)
      const exchange = group === null ? '' : groupName(group)
      return [
        ...start,
        suiteCode(version, code),
        name,
        opensslName,
        exchange,
        dhBits,
        bits,
        preference,
        ip,
      ]
    })
  })
}

/** A finding a row for a folder; a target that nobody could ask has one row that says why. */
function cellRows(target: TargetResult): readonly Row[] {
  const { input, host, port, status, grade, error, platforms, project, findings } = target
  const start = [input, host, port, status, grade]
  if (error) return [[...start, '', '', '', error.code, '', '']]
  if (project)
    return findings.map(({ rule, severity, location }) => [
      ...start,
      ...['', '', severity, rule, location?.file ?? '', location?.line ?? ''],
    ])
  return platforms.flatMap(({ id, cells }) =>
    cells.map(({ api, verdict, reasons }) => [
      ...start,
      ...[id, api, verdict, reasons.join(' '), '', ''],
    ]),
  )
}

/** Quoted where it must be; what a spreadsheet would run as a formula is made text. */
function quote(value: string | number | null): string {
  const text = visible(String(value ?? ''))
  const harmless =
    typeof value === 'string' && /^\s*[=+\-@＝＋－＠\t]/.test(text) ? `'${text}` : text
  return /[",]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
