/** `mpcert explain`: what a rule says, on whose word, and how to mend it; or what a pasted message means. */
import { UsageError } from '../errors.ts'
import { inBrackets, indent, labelled, wrap } from '../reports/text/layout.ts'
import type { Rule } from '../rule.ts'
import { rules } from '../rules/index.ts'
import type { Text } from '../text.ts'
import { explainMessage, messagesOfRule } from './explain-message.ts'
import type { Invocation } from './invocation.ts'

export async function run(invocation: Invocation): Promise<number> {
  const { print, locale, style } = invocation
  const id = invocation.arguments.join(' ').trim()
  const rule = (rules as Readonly<Record<string, Rule>>)[id]
  if (!rule) return explainMessage(id, invocation)
  if (invocation.flags.text('target') !== undefined) throw new UsageError(TARGET_OF_RULE)
  const { title, severity, statement, sources, example } = rule
  const fix = rule.fix(example)
  const paragraph = (text: string) => indent(wrap(text, style.width - 2), '  ')
  const snippets = Object.entries(fix?.snippets ?? {}).flatMap(([server, lines]) => [
    `  ${server}:`,
    ...indent(lines.split('\n'), '    '),
  ])
  const words = WORDS[locale]
  const lines = [
    labelled(inBrackets(id, severity, locale), title[locale], locale),
    words.statement,
    ...paragraph(statement[locale]),
    words.example,
    ...paragraph(rule.message(example)[locale]),
    ...(fix ? [words.fix, ...paragraph(fix.text[locale]), ...snippets] : []),
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

const WORDS = {
  en: {
    statement: 'What is demanded',
    example: 'What it says',
    fix: 'Fix',
    messages: 'What phones say',
    sources: 'Sources',
  },
  'zh-CN': {
    statement: '要求',
    example: '提示示例',
    fix: '修复',
    messages: '手机上的报错',
    sources: '出处',
  },
} as const
