/** Languages, and the type of every text a user reads: a missing translation does not compile. */

export const LOCALES = ['en', 'zh-CN'] as const
export type Locale = (typeof LOCALES)[number]

/** One text in every language. Rule ids, JSON keys and enum values are never translated. */
export type Text = Readonly<Record<Locale, string>>

/** A text that is the same in every language: names, codes, commands. */
export function same(text: string): Text {
  return { en: text, 'zh-CN': text }
}

/** Joins texts, or text and plain strings, language by language. */
export function join(parts: readonly (Text | string)[], separator = ''): Text {
  const pick = (locale: Locale) =>
    parts.map(part => (typeof part === 'string' ? part : part[locale])).join(separator)
  return { en: pick('en'), 'zh-CN': pick('zh-CN') }
}

/**
 * What a stranger wrote, harmless to show on one line: controls that move a cursor, ends of lines, halves of characters
 * and what turns the direction of text are replaced.
 */
export function visible(text: string): string {
  return text.replace(ACTIVE, '\ufffd')
}

/** The same where lines are our own: each stays a line. */
export function visibleLines(text: string): string {
  return text.replace(ACTIVE, sign => (sign === '\n' ? sign : '\ufffd'))
}

const ACTIVE = /(?!\t)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Noncharacter_Code_Point}]/gu

/** The day of a moment, UTC: `2026-11-12`, the form both languages read. */
export function formatDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

export const DAY_MS = 86_400_000
