/** The contract of a dialect: what one piece of software, or a person, says when a request fails, and what it means. */
import type { Api, Family } from './platform.ts'
import type { AnyRuleId } from './rule-book.ts'
import type { Text } from './text.ts'

export interface Dialect {
  /** Who says it. */
  readonly title: Text
  /** Whose word counts where several are quoted at once, 0 first: what is closest to the failure. */
  readonly rank: number
  /** The one that says more comes first. */
  readonly messages: readonly Message[]
  /** What can be said of a text of this dialect that is none of the messages; null where it is none of this dialect. */
  recognise(text: string): Text | null
  readonly sources: readonly string[]
}

export interface Message {
  /** The message and what it means, in one line. */
  readonly title: Text
  /** Numbers that stand for it, with their sign, such as `-202`. */
  readonly codes?: readonly string[]
  /** Words that stand for it, in text made plain by `plain`. */
  readonly patterns: readonly RegExp[]
  /** It only wraps another message, which says more. */
  readonly wraps?: true
  /** Who meets it; everybody where left out. */
  readonly scope?: { readonly families?: readonly Family[]; readonly apis?: readonly Api[] }
  /** The most likely first. */
  readonly causes: readonly Cause[]
  /** What is easily concluded from it and is wrong. */
  readonly note?: Text
}

export interface Cause {
  /** What is wrong, in one sentence. */
  readonly text: Text
  /** What tells it from the other causes. */
  readonly tells: Text
  /** The command that proves it, HOST being the server and DIR the Mini Program's folder; null where none can. */
  readonly proof: string | null
  /** The rules that find it; none where it cannot be seen from here. */
  readonly rules: readonly AnyRuleId[]
  /** Error codes, ours or the system's, of a server that cannot be reached for this cause. */
  readonly unreachable?: readonly string[]
}

/** A message that was found, and in whose words. */
export interface Match<Id extends string = string> {
  readonly dialect: Id
  readonly message: Message
}

/** What is read of a pasted text, in UTF-16 units. */
export const MOST_READ = 16_384

/** All messages in a pasted text, the one that says most first. */
export function findMessages<Id extends string>(
  pasted: string,
  dialects: Readonly<Record<Id, Dialect>>,
): readonly Match<Id>[] {
  const text = plain(pasted)
  const found = (Object.entries(dialects) as [Id, Dialect][]).flatMap(([id, dialect]) => {
    const marked = dialect.messages.map(message => ({ message, mark: markOf(message, text) }))
    // A number alone counts only where this dialect says nothing clearer.
    const best = Math.min(...marked.map(({ mark }) => mark))
    return marked
      .filter(({ mark }) => mark === best && mark < NOT_SAID)
      .map(({ message, mark }) => ({
        weight: message.wraps ? NOT_SAID : mark,
        rank: dialect.rank,
        match: { dialect: id, message },
      }))
  })
  if (found.length === 0) return cutOff(text, dialects)
  return found.toSorted((a, b) => a.weight - b.weight || a.rank - b.rank).map(({ match }) => match)
}

/** A name that breaks off at the end of the text, where one message alone begins so. */
function cutOff<Id extends string>(
  text: string,
  dialects: Readonly<Record<Id, Dialect>>,
): readonly Match<Id>[] {
  const [, name] = /\b(ERR_[A-Z_]{4,}|errSSL\w{3,})[.\s]*$/.exec(text) ?? []
  if (name === undefined) return []
  const begun = (Object.entries(dialects) as [Id, Dialect][]).flatMap(([dialect, { messages }]) =>
    messages
      .filter(({ title }) => title.en.includes(name))
      .map((message): Match<Id> => ({ dialect, message })),
  )
  return begun.length === 1 ? begun : []
}

/** What each dialect can say of a text in which no message was found. */
export function recogniseText(pasted: string, dialects: readonly Dialect[]): readonly Text[] {
  const text = plain(pasted)
  return dialects.flatMap(dialect => dialect.recognise(text) ?? [])
}

/** Full-width forms, escapes of JSON, typographic signs and line breaks do not matter. */
export function plain(pasted: string): string {
  return pasted
    .slice(0, MOST_READ)
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/(?:\\[nrt]|[\s"\\])+/g, ' ')
    .trim()
}

const SAID = 0
const BARE_NUMBER = 1
const NOT_SAID = 2

function markOf({ codes = [], patterns }: Message, text: string): number {
  if (patterns.some(pattern => pattern.test(text))) return SAID
  if (codes.some(code => new RegExp(`${LABEL}${code}(?!\\w|\\.\\d)`, 'i').test(text))) return SAID
  return codes.some(code => new RegExp(`(?<![\\w.-])${code}(?!\\w|[.-]\\d)`).test(text))
    ? BARE_NUMBER
    : NOT_SAID
}

/** What software writes before an error's number. */
const LABEL = "(?:err(?:or)?[ _]?(?:no|code|num)?|code|codekey|domain|错误码)[\\s:=,(']{0,4}"
