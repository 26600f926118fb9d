/** Pieces of HTML: whatever they are given is text, and stays text. */
import { LOCALES, type Locale, type Text, visibleLines } from '../../text.ts'

/** Markup, as distinct from text, which is escaped. */
export class Html {
  readonly markup: string

  constructor(markup: string) {
    this.markup = markup
  }
}

export type Value = Html | string | number | null | undefined | false | readonly Value[]

/** A template whose values are escaped unless they are markup; lists are joined, null and false are nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(
    parts.reduce((all, part, index) => all + toMarkup(values[index - 1] ?? null) + part),
  )
}

function toMarkup(value: Value): string {
  if (value === null || value === undefined || value === false) return ''
  if (value instanceof Html) return value.markup
  if (typeof value === 'object') return value.map(toMarkup).join('')
  return escaped(String(value))
}

/** Control characters have no place in HTML. */
function escaped(text: string): string {
  return visibleLines(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** The same in every language, one of which is shown. */
export function both(text: Text | ((locale: Locale) => Value)): Html {
  const inner = (locale: Locale) => (typeof text === 'function' ? text(locale) : text[locale])
  return html`${LOCALES.map(locale => html`<span lang="${locale}">${inner(locale)}</span>`)}`
}
