/** Words and their values below each other, where one thing is explained. */
import type { ReportOptions } from '../../report.ts'
import { type Text, visible } from '../../text.ts'
import { displayWidth, indent, padEnd, wrap } from './layout.ts'

export type WordRow = readonly [word: Text, values: readonly Text[]]

/** Lines that stand below a heading; what strangers wrote is made harmless. */
export function layOut(
  rows: readonly WordRow[],
  { locale, style }: Pick<ReportOptions, 'locale' | 'style'>,
): string[] {
  const column = Math.max(...rows.map(([word]) => displayWidth(word[locale]))) + 2
  const margin = ' '.repeat(column + 3)
  return rows.flatMap(([word, values]) => {
    const lines = values.flatMap(value => wrap(visible(value[locale]), style.width - margin.length))
    const [first = '', ...more] = lines
    return [`   ${padEnd(word[locale], column)}${first}`, ...indent(more, margin)]
  })
}
