/** Words and values below each other, for the commands that explain one thing. */
import { displayWidth, indent, padEnd, wrap } from '../reports/text/layout.ts'
import type { Locale, Text } from '../text.ts'

export type Row = readonly [word: Text, value: string]

/** Lines that stand below a heading. */
export function layOut(rows: readonly Row[], locale: Locale, width: number): string[] {
  const column = Math.max(...rows.map(([word]) => displayWidth(word[locale]))) + 2
  return rows.flatMap(([word, value]) => {
    const [first = '', ...more] = wrap(value, width - column - 3)
    const margin = ' '.repeat(column + 3)
    return [`   ${padEnd(word[locale], column)}${first}`, ...indent(more, margin)]
  })
}
