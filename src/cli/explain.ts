/** `mpcert explain`: what a rule says, on whose word, and how to mend it. */
import { UsageError } from '../errors.ts'
import { indent, wrap } from '../reports/text/layout.ts'
import type { RuleWords } from '../rule.ts'
import { ruleBook } from '../rule-book.ts'
import type { Invocation } from './invocation.ts'

export async function run({
  arguments: [id = ''],
  print,
  locale,
  style,
}: Invocation): Promise<number> {
  const rule = (ruleBook as Readonly<Record<string, RuleWords>>)[id]
  if (!rule)
    throw new UsageError({
      en: `no rule ${id} (see mpcert rules)`,
      'zh-CN': `没有规则 ${id}（见 mpcert rules）`,
    })
  const { title, severity, statement, sources, example } = rule
  const fix = rule.fix(example)
  const paragraph = (text: string) => indent(wrap(text, style.width - 2), '  ')
  const snippets = Object.entries(fix?.snippets ?? {}).flatMap(([server, lines]) => [
    `  ${server}:`,
    ...indent(lines.split('\n'), '    '),
  ])
  const words = WORDS[locale]
  const lines = [
    `${id} (${severity}): ${title[locale]}`,
    words.statement,
    ...paragraph(statement[locale]),
    words.example,
    ...paragraph(rule.message(example)[locale]),
    ...(fix ? [words.fix, ...paragraph(fix.text[locale]), ...snippets] : []),
    words.sources,
    ...sources.flatMap(paragraph),
  ]
  await print(`${lines.join('\n')}\n`)
  return 0
}

const WORDS = {
  en: { statement: 'What is demanded', example: 'What it says', fix: 'Fix', sources: 'Sources' },
  'zh-CN': { statement: '要求', example: '提示示例', fix: '修复', sources: '出处' },
} as const
