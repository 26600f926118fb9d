/** Comma-separated values (RFC 4180): quoted fields may hold commas, quotes and line breaks. */
import { DecodeError } from '../../errors.ts'

export interface CsvRow {
  /** Line on which it begins, from 1. */
  readonly line: number
  /** The field of this column, without blanks around it; empty where the row has none. */
  field(column: string): string
}

export interface Csv {
  /** As the first line names them. */
  readonly columns: readonly string[]
  readonly rows: readonly CsvRow[]
}

const MAX_ROWS = 100_000
const MAX_FIELDS = 500

/** Columns are told apart whatever their case. Throws a DecodeError that names the line. */
export function parseCsv(text: string): Csv {
  const [head, ...records] = [...readRecords(text)]
  if (!head) throw new DecodeError('empty', 'csv', 0)
  const columns = head.fields.map(name => name.trim())
  const indexes = new Map(columns.map((name, index) => [name.toLowerCase(), index]))
  const rows = records.map(({ line, fields }): CsvRow => {
    if (fields.length > columns.length)
      throw new DecodeError(`${fields.length} fields for ${columns.length} columns`, at(line), 0)
    return {
      line,
      field: column => (fields[indexes.get(column.toLowerCase()) ?? -1] ?? '').trim(),
    }
  })
  return { columns, rows }
}

interface Record {
  readonly line: number
  readonly fields: readonly string[]
}

/** Lines that hold nothing are passed over. */
function* readRecords(text: string): Generator<Record> {
  let position = text.startsWith('\ufeff') ? 1 : 0
  let line = 1
  for (let count = 0; position < text.length; ) {
    const first = line
    const fields: string[] = []
    for (let more = true; more; ) {
      const quoted = text[position] === '"'
      const end = quoted ? closingQuote(text, position, line) : plainEnd(text, position)
      const raw = quoted ? text.slice(position + 1, end) : text.slice(position, end)
      line += raw.split('\n').length - 1
      fields.push(quoted ? raw.replaceAll('""', '"') : raw)
      if (fields.length > MAX_FIELDS)
        throw new DecodeError(`more than ${MAX_FIELDS} fields`, at(line), position)
      position = quoted ? end + 1 : end
      more = text[position] === ','
      if (more) position++
    }
    if (text[position] === '\r') position++
    if (position < text.length && text[position] !== '\n')
      throw new DecodeError('something after a closing quote', at(line), position)
    position++
    line++
    if (fields.length === 1 && fields[0] === '') continue
    if (++count > MAX_ROWS) throw new DecodeError(`more than ${MAX_ROWS} rows`, at(line), position)
    yield { line: first, fields }
  }
}

function plainEnd(text: string, start: number): number {
  for (let end = start; ; end++) {
    const character = text[end]
    if (character === undefined || character === ',' || character === '\n' || character === '\r')
      return end
  }
}

/** A doubled quote is one that belongs to the field. */
function closingQuote(text: string, start: number, line: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 2))
    if (text[end + 1] !== '"') return end
  throw new DecodeError('a quote that is never closed', at(line), start)
}

function at(line: number): string {
  return `csv line ${line}`
}
