/** What a pasted message means; and, where a server is named, which of its causes it is. */
import { type Cause, findMessages, MOST_READ, recogniseText } from '../dialect.ts'
import { dialects } from '../dialects/index.ts'
import { UsageError } from '../errors.ts'
import { ruleBook } from '../rule-book.ts'
import type { Text } from '../text.ts'
import { diagnose } from './diagnose.ts'
import { EXIT } from './exit.ts'
import { drawExplanation, drawUnknown } from './explanation.ts'
import type { Invocation } from './invocation.ts'

/** Ends 0 where the message is known and 3 where it is not; with a target, as its check does. @throws UsageError */
export async function explainMessage(pasted: string, invocation: Invocation): Promise<number> {
  const { flags, print, complain } = invocation
  const target = flags.text('target')
  if (pasted === '') throw new UsageError(NOTHING)
  if (pasted.length > MOST_READ) complain(TOO_LONG)
  const [match, ...others] = findMessages(pasted, dialects)
  if (!match) {
    if (RULE_ID.test(pasted)) throw noRule(pasted)
    const seen = recogniseText(pasted, Object.values(dialects))
    await print(linesOf(drawUnknown(seen, target, invocation)))
    return EXIT.unknown
  }
  const { message, dialect } = match
  const diagnosis = target === undefined ? null : await diagnose(message, target, invocation)
  const explanation = {
    message,
    dialect: dialects[dialect],
    also: others.map(({ message: { title } }) => title),
    diagnosis,
  }
  await print(linesOf(drawExplanation(explanation, invocation)))
  return diagnosis?.exitCode ?? EXIT.ok
}

/** Why this rule finds something, each once. */
export function causesOfRule(id: string): readonly Cause[] {
  const all = Object.values(dialects).flatMap(({ messages }) =>
    messages.flatMap(({ causes }) => causes),
  )
  return [...new Set(all)].filter(({ rules }) => rules.some(rule => rule === id))
}

/** What users see where this rule finds something. */
export function messagesOfRule(id: string): readonly Text[] {
  return Object.values(dialects).flatMap(({ messages }) =>
    messages
      .filter(
        ({ causes, wraps }) =>
          !wraps && causes.some(({ rules }) => rules.some(rule => rule === id)),
      )
      .map(({ title }) => title),
  )
}

/** A word that can be nothing but a mistyped rule. */
const RULE_ID = /^(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/

function noRule(id: string): UsageError {
  const [near] = Object.keys(ruleBook)
    .map(other => ({ other, shared: sharedStart(id, other) }))
    .toSorted((x, y) => y.shared - x.shared)
  const [en, zh] =
    near && near.shared >= MEANT
      ? [` (did you mean ${near.other}?)`, `（是不是想输入 ${near.other}？）`]
      : [' (see mpcert rules)', '（见 mpcert rules）']
  return new UsageError({
    en: `no rule ${id}, and no known message${en}`,
    'zh-CN': `没有规则 ${id}，也不是已知的报错信息${zh}`,
  })
}

/** Characters in common from which on another id may be meant. */
const MEANT = 6

function sharedStart(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}

const NOTHING: Text = {
  en: 'no message: paste one, such as mpcert explain -202',
  'zh-CN': '没有报错信息：请粘贴，例如 mpcert explain -202',
}

const TOO_LONG: Text = {
  en: `only the first ${MOST_READ} characters are read`,
  'zh-CN': `只读取前 ${MOST_READ} 个字符`,
}

function linesOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`
}
