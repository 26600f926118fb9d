/** `mpcert rules`: every rule, one a line. */
import { SEVERITIES } from '../rule.ts'
import { ruleBook } from '../rule-book.ts'
import { columns } from './columns.ts'
import type { Invocation } from './invocation.ts'

export async function run({ print, locale }: Invocation): Promise<number> {
  const sorted = Object.entries(ruleBook).sort(
    ([a, x], [b, y]) =>
      SEVERITIES.indexOf(x.severity) - SEVERITIES.indexOf(y.severity) || (a < b ? -1 : 1),
  )
  const rows = sorted.map(([id, { severity, title }]) => [id, severity, title[locale]])
  await print(columns(rows))
  return 0
}
