/** The contract of a messenger: what changed since the last run, in the form that one service takes. Pure. */
import type { Grade, Status } from './grade.ts'
import type { Level } from './level.ts'
import type { Severity } from './rule.ts'
import type { Locale, Text } from './text.ts'

/** What one run has to tell. */
export interface Notice {
  readonly changes: readonly Change[]
}

export interface Change {
  /** Such as `api.example.com:443`. */
  readonly target: string
  /** Null where no run saw it before. */
  readonly from: Standing | null
  readonly to: Standing
  /** What is wrong now, the worst first; empty where nothing is. */
  readonly problems: readonly Problem[]
}

export interface Standing {
  readonly level: Level
  readonly status: Status
  readonly grade: Grade | null
}

export interface Problem {
  /** A rule id, or the code of the error for which nothing could be checked. */
  readonly id: string
  readonly severity: Severity
  readonly title: Text
}

export interface Messenger {
  readonly title: Text
  /** Where its addresses lead to; a URL of such a host needs no `--notify-style`. */
  readonly hosts: readonly string[]
  readonly source: string
  compose(notice: Notice, options: ComposeOptions): Message
  /** Whether it took the message: many say so in the body of a 200. */
  accepts(answer: string): boolean
}

export interface ComposeOptions {
  readonly locale: Locale
  /** Shared with the service, to prove who sent it; null where there is none. */
  readonly secret: string | null
  /** ms since the epoch. */
  readonly at: number
}

/** What is sent by POST as JSON. */
export interface Message {
  readonly body: string
  /** To be added to the URL. */
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

/** The smallest of the services takes 4,096 bytes. */
const MAX_LINES = 20
const MAX_PROBLEMS = 3

/** The notice in a few lines; the first one says how many changes there are. */
export function noticeLines({ changes }: Notice, locale: Locale): readonly string[] {
  const rest = changes.length - MAX_LINES
  return [
    HEADLINE(changes.length)[locale],
    ...changes.slice(0, MAX_LINES).map(change => changeLine(change, locale)),
    ...(rest > 0 ? [MORE(rest)[locale]] : []),
  ]
}

function changeLine({ target, from, to, problems }: Change, locale: Locale): string {
  const course = from ? `${WORDS[from.level][locale]} → ` : ''
  const titles = problems.slice(0, MAX_PROBLEMS).map(({ title }) => title[locale])
  const why = titles.join(locale === 'en' ? '; ' : '；')
  const colon = locale === 'en' ? ': ' : '：'
  return `${SIGNS[to.level]} ${target}  ${course}${WORDS[to.level][locale]}${why ? colon + why : ''}`
}

const SIGNS: Readonly<Record<Level, string>> = {
  ok: '✓',
  warn: '!',
  critical: '!',
  fail: '✗',
  unknown: '?',
  unreachable: '?',
}

const WORDS: Readonly<Record<Level, Text>> = {
  ok: { en: 'fine', 'zh-CN': '正常' },
  warn: { en: 'warning', 'zh-CN': '警告' },
  critical: { en: 'about to fail', 'zh-CN': '即将失效' },
  fail: { en: 'failing', 'zh-CN': '失败' },
  unknown: { en: 'unknown', 'zh-CN': '未知' },
  unreachable: { en: 'unreachable', 'zh-CN': '不可达' },
}

const HEADLINE = (count: number): Text => ({
  en: `mpcert: ${count} ${count === 1 ? 'server has' : 'servers have'} changed`,
  'zh-CN': `mpcert：${count} 个服务器的检查结果有变化`,
})

const MORE = (count: number): Text => ({
  en: `and ${count} more`,
  'zh-CN': `另有 ${count} 个`,
})

/** For services that answer with JSON in which a code of 0 is good. */
export function answersZero(...names: readonly string[]): Messenger['accepts'] {
  return answer => {
    try {
      const said = JSON.parse(answer) as Readonly<Record<string, unknown>>
      return names.some(name => said[name] === 0)
    } catch {
      return false
    }
  }
}
