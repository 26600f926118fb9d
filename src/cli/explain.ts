/** `mpcert explain`: what a rule says, on whose word, and how to mend it; or what a pasted message means. */
import { UsageError } from '../errors.ts'
import { inBrackets, indent, labelled, wrap } from '../reports/text/layout.ts'
import type { RuleWords } from '../rule.ts'
import { ruleBook } from '../rule-book.ts'
import type { Locale, Text } from '../text.ts'
import { WEAKNESSES, type Weakness } from '../weaknesses.ts'
import { causesOfRule, explainMessage, messagesOfRule } from './explain-message.ts'
import type { Invocation } from './invocation.ts'
import { proofsOf } from './proof.ts'

export async function run(invocation: Invocation): Promise<number> {
  const { print, locale, style } = invocation
  const id = invocation.arguments.join(' ').trim()
  const rule = (ruleBook as Readonly<Record<string, RuleWords>>)[id]
  const weaknesses = WEAKNESSES.filter(weakness => weakness.rule === id)
  const [weakness] = weaknesses
  if (!rule && !weakness) return explainMessage(id, invocation)
  if (invocation.flags.text('target') !== undefined) throw new UsageError(TARGET_OF_RULE)
  if (!rule) {
    if (weakness)
      await print(`${explainWeakness(weakness, weaknesses, locale, style.width).join('\n')}\n`)
    return 0
  }
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
    labelled(inBrackets(id, severity, locale), title[locale], locale),
    words.statement,
    ...paragraph(statement[locale]),
    words.example,
    ...paragraph(rule.message(example)[locale]),
    ...heading(
      words.causes,
      causesOfRule(id).flatMap(({ text, tells }) => [
        ...paragraph(text[locale]),
        ...indent(wrap(tells[locale], style.width - 4), '    '),
      ]),
    ),
    words.proof,
    ...proofsOf(id).map(command => `  ${command}`),
    ...(fix ? [words.fix, ...paragraph(fix.text[locale]), ...snippets, ...consoles] : []),
    ...heading(
      words.messages,
      messagesOfRule(id).flatMap(({ [locale]: text }) => paragraph(text)),
    ),
    words.sources,
    ...sources.flatMap(paragraph),
  ]
  await print(`${lines.join('\n')}\n`)
  return 0
}

/** Nothing where nothing stands below it. */
function heading(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [title, ...lines] : []
}

const TARGET_OF_RULE: Text = {
  en: '--target goes with a message; mpcert check says what a server breaks',
  'zh-CN': '--target 只能与报错信息一起使用；要检查服务器请用 mpcert check',
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
    labelled(inBrackets(rule, severity, locale), title[locale], locale),
    words.example,
    ...paragraphs(all.map(({ message }) => message[locale])),
    words.proof,
    ...proofsOf(rule).map(command => `  ${command}`),
    words.fix,
    ...paragraphs(all.map(({ fix }) => fix.text[locale])),
    words.sources,
    ...paragraphs(all.flatMap(({ sources }) => sources)),
  ]
}

const WORDS = {
  en: {
    statement: 'What is demanded',
    example: 'What it says',
    causes: 'Cause, and what tells it',
    proof: 'Proof',
    fix: 'Fix',
    messages: 'What phones say',
    sources: 'Sources',
  },
  'zh-CN': {
    statement: '要求',
    example: '提示示例',
    causes: '原因与判断依据',
    proof: '验证',
    fix: '修复',
    messages: '手机上的报错',
    sources: '出处',
  },
} as const
