/** Draws what a message means: causes, what tells them apart, the command that proves each, and what a check found. */
import type { Cause, Dialect, Message } from '../dialect.ts'
import type { PaintStyle } from '../report.ts'
import { findingLines } from '../reports/text/findings.ts'
import { indent, wrap } from '../reports/text/layout.ts'
import { paint, WORDS as REPORT_WORDS } from '../reports/text/words.ts'
import type { Text } from '../text.ts'
import type { CauseState, Diagnosis } from './diagnose.ts'
import type { Invocation } from './invocation.ts'

export interface Explanation {
  readonly message: Message
  readonly dialect: Dialect
  /** Titles of other messages that were quoted with it. */
  readonly also: readonly Text[]
  readonly diagnosis: Diagnosis | null
}

export type Drawing = Pick<Invocation, 'locale' | 'style'>

const MARGIN = '    '

export function drawExplanation(
  { message, dialect, also, diagnosis }: Explanation,
  drawing: Drawing,
): readonly string[] {
  const { locale } = drawing
  const causes = message.causes.flatMap((cause, index) =>
    causeLines(cause, index + 1, diagnosis, drawing),
  )
  return [
    ...bold(message.title, drawing),
    ...paragraph(`${WORDS.saidBy[locale]}${dialect.title[locale]}`, '  ', drawing),
    ...(message.note ? paragraph(message.note[locale], '  ', drawing) : []),
    ...(diagnosis ? bold(conclusion(diagnosis), drawing) : []),
    ...bold(message.causes.length > 1 ? WORDS.causes : WORDS.cause, drawing),
    ...causes,
    ...(diagnosis ? findings(diagnosis, drawing) : mending(message, drawing)),
    ...section(
      WORDS.also,
      also.map(text => text[locale]),
      drawing,
    ),
    ...section(WORDS.sources, dialect.sources, drawing),
  ]
}

/** An honest answer: what was made out, and what to do instead. */
export function drawUnknown(
  seen: readonly Text[],
  target: string | undefined,
  drawing: Drawing,
): readonly string[] {
  const { locale } = drawing
  const made = seen.map(text => text[locale])
  const steps = NEXT_STEPS.map(text => text[locale].replaceAll('HOST', target ?? 'HOST'))
  return [
    ...bold(WORDS.unknown, drawing),
    ...section(WORDS.madeOut, made, drawing),
    ...section(WORDS.next, steps, drawing),
  ]
}

function causeLines(
  cause: Cause,
  number: number,
  diagnosis: Diagnosis | null,
  drawing: Drawing,
): readonly string[] {
  const { locale, style } = drawing
  const { text, tells, rules: ids } = cause
  const named = ids.length > 0 ? `  ${ids.join(', ')}` : ''
  const [head = '', ...more] = wrap(`${text[locale]}${named}`, style.width - MARGIN.length)
  const state = diagnosis?.states.get(cause)
  const isDecided = state === 'found' || state === 'ruled-out'
  // What was just done is no advice.
  const isDone = diagnosis && cause.proof === 'mpcert check HOST'
  const proof = isDone ? undefined : cause.proof?.replaceAll('HOST', diagnosis?.name ?? 'HOST')
  return [
    `${String(number).padStart(2)}. ${head}`,
    ...indent(more, MARGIN),
    ...(state ? [`${MARGIN}${stateWords(state, drawing)}`] : []),
    ...(isDecided ? [] : paragraph(tells[locale], MARGIN, drawing)),
    ...(isDecided || proof === undefined
      ? []
      : paragraph(`${WORDS.proof[locale]}${proof}`, MARGIN, drawing)),
  ]
}

function stateWords(state: CauseState, { locale, style }: Drawing): string {
  const { signs, colour, text } = STATES[state]
  return paint(colour, `${signs[style.ascii ? 1 : 0]} ${text[locale]}`, style)
}

function conclusion({ name, states, target: { error } }: Diagnosis): Text {
  const all = [...states.values()]
  const hits = all.flatMap((state, index) => (state === 'found' ? [index + 1] : [])).join(', ')
  if (hits !== '')
    return {
      en: `${name} shows it: cause ${hits}${error ? ` (${error.text.en})` : ''}`,
      'zh-CN': `${name} 属于原因 ${hits}${error ? `（${error.text['zh-CN']}）` : ''}`,
    }
  if (error)
    return {
      en: `${name} could not be checked: ${error.text.en}`,
      'zh-CN': `未能检查 ${name}：${error.text['zh-CN']}`,
    }
  return all.includes('open')
    ? {
        en: `${name} shows none of these, but not all could be checked`,
        'zh-CN': `${name} 未发现下列原因，但有的未能检查`,
      }
    : {
        en: `${name} shows none of these from here: what is left is not visible in its TLS`,
        'zh-CN': `从本机看，${name} 不存在下列原因：剩下的可能无法从服务器的 TLS 中看出`,
      }
}

/** Where the fixes stand. */
function mending({ causes }: Message, drawing: Drawing): readonly string[] {
  const [example] = causes.flatMap(({ rules }) => rules)
  if (example === undefined) return []
  return paragraph(`${WORDS.mend[drawing.locale]}mpcert explain ${example}`, '', drawing)
}

function findings({ target }: Diagnosis, drawing: Drawing): readonly string[] {
  if (target.findings.length === 0) return []
  const lines = findingLines(target, { ...drawing, expand: false })
  return [...bold(REPORT_WORDS.findings, drawing), ...lines]
}

function bold(text: Text, { locale, style }: Drawing): readonly string[] {
  return wrap(text[locale], style.width).map(line => paint('bold', line, style))
}

/** Nothing where nothing stands below the title. */
function section(title: Text, texts: readonly string[], drawing: Drawing): readonly string[] {
  if (texts.length === 0) return []
  return [...bold(title, drawing), ...texts.flatMap(text => paragraph(text, '  ', drawing))]
}

function paragraph(text: string, margin: string, { style }: Drawing): readonly string[] {
  return indent(wrap(text, style.width - margin.length), margin)
}

const STATES: Readonly<
  Record<
    CauseState,
    { readonly signs: readonly [string, string]; readonly colour: PaintStyle; readonly text: Text }
  >
> = {
  found: {
    signs: ['✗', 'FAIL'],
    colour: 'red',
    text: { en: 'it is this', 'zh-CN': '就是这个原因' },
  },
  'ruled-out': {
    signs: ['✓', 'PASS'],
    colour: 'green',
    text: { en: 'ruled out', 'zh-CN': '已排除' },
  },
  open: {
    signs: ['?', 'UNKNOWN'],
    colour: 'cyan',
    text: { en: 'could not be checked', 'zh-CN': '未能检查' },
  },
  elsewhere: {
    signs: ['–', 'SKIP'],
    colour: 'dim',
    text: {
      en: 'cannot be seen by checking the server from here',
      'zh-CN': '从本机检查服务器无法看出',
    },
  },
}

const WORDS = {
  saidBy: { en: 'Said by: ', 'zh-CN': '来源：' },
  causes: { en: 'Causes, the most likely first', 'zh-CN': '可能的原因（从最常见的开始）' },
  cause: { en: 'Cause', 'zh-CN': '原因' },
  proof: { en: 'Proof: ', 'zh-CN': '验证：' },
  mend: { en: 'The fix for each rule, such as: ', 'zh-CN': '各规则的修复方法，例如：' },
  also: { en: 'Also in the text', 'zh-CN': '文中还有' },
  sources: { en: 'Sources', 'zh-CN': '出处' },
  unknown: { en: 'This message is not known.', 'zh-CN': '未收录该报错信息。' },
  madeOut: { en: 'What could be made out', 'zh-CN': '能辨认出的内容' },
  next: { en: 'What to do', 'zh-CN': '接下来可以' },
} as const satisfies Record<string, Text>

const NEXT_STEPS: readonly Text[] = [
  {
    en: 'Paste the whole of it, with errno, errcode and errMsg: print JSON.stringify(err) in the fail callback.',
    'zh-CN':
      '粘贴完整的报错，包括 errno、errcode 与 errMsg：在 fail 回调中打印 JSON.stringify(err)。',
  },
  {
    en: 'Check the server itself, whatever the message: mpcert check HOST',
    'zh-CN': '不论报错是什么，先检查服务器：mpcert check HOST',
  },
  {
    en: 'Check the Mini Program and its domain list: mpcert project DIR',
    'zh-CN': '检查小程序代码及其合法域名：mpcert project DIR',
  },
]
