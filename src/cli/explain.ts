/** `mpcert explain`: what a rule says, on whose word, and how to mend it. */
import { UsageError } from '../errors.ts'
import { indent, wrap } from '../reports/text/layout.ts'
import type { RuleWords } from '../rule.ts'
import { ruleBook } from '../rule-book.ts'
import type { Locale } from '../text.ts'
import { WEAKNESSES, type Weakness } from '../weaknesses.ts'
import type { Invocation } from './invocation.ts'

export async function run({
  arguments: [id = ''],
  print,
  locale,
  style,
}: Invocation): Promise<number> {
  const rule = (ruleBook as Readonly<Record<string, RuleWords>>)[id]
  const weaknesses = WEAKNESSES.filter(weakness => weakness.rule === id)
  if (!rule && weaknesses[0]) {
    await print(`${explainWeakness(weaknesses[0], weaknesses, locale, style.width).join('\n')}\n`)
    return 0
  }
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
  const consoles = Object.entries(fix?.consoles ?? {}).flatMap(([cloud, way]) => [
    `  ${cloud}:`,
    ...indent(wrap(way[locale], style.width - 4), '    '),
  ])
  const words = WORDS[locale]
  const lines = [
    `${id} (${severity}): ${title[locale]}`,
    words.statement,
    ...paragraph(statement[locale]),
    words.example,
    ...paragraph(rule.message(example)[locale]),
    ...(fix ? [words.fix, ...paragraph(fix.text[locale]), ...snippets, ...consoles] : []),
    words.sources,
    ...sources.flatMap(paragraph),
  ]
  await print(`${lines.join('\n')}\n`)
  return 0
}

/** What only a scan finds. */
function explainWeakness(
  { rule, severity, title }: Weakness,
  all: readonly Weakness[],
  locale: Locale,
  width: number,
): string[] {
  const words = WORDS[locale]
  const paragraphs = (texts: readonly string[]) =>
    [...new Set(texts)].flatMap(text => indent(wrap(text, width - 2), '  '))
  return [
    `${rule} (${severity}): ${title[locale]}`,
    words.example,
    ...paragraphs(all.map(({ message }) => message[locale])),
    words.fix,
    ...paragraphs(all.map(({ fix }) => fix.text[locale])),
    words.sources,
    ...paragraphs(all.flatMap(({ sources }) => sources)),
  ]
}

const WORDS = {
  en: { statement: 'What is demanded', example: 'What it says', fix: 'Fix', sources: 'Sources' },
  'zh-CN': { statement: '要求', example: '提示示例', fix: '修复', sources: '出处' },
} as const
