/** Text in columns: how wide it is on a terminal, and where it may be broken. */
import type { Locale } from '../../text.ts'

/** Columns that a text takes: East Asian wide characters take two, combining marks and controls none. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += characterWidth(character)
  return width
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

/** At most `width` columns; where something is left out, it says so. */
export function cut(text: string, width: number): string {
  return fitting(text, width) < text.length ? `${text.slice(0, fitting(text, width - 1))}…` : text
}

/** Lines of at most `width` columns: broken at blanks, beside wide characters, and within words that fit no line. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap(line => wrapLine(line, Math.max(width, 8)))
}

/** Every line after the first, or all of them, moved to the right. */
export function indent(lines: readonly string[], by: string): string[] {
  return lines.map(line => (line === '' ? line : by + line))
}

/** A remark after a name, as each language writes it. */
export function inBrackets(name: string, remark: string, locale: Locale): string {
  return locale === 'zh-CN' ? `${name}（${remark}）` : `${name} (${remark})`
}

/** A label before what it names. */
export function labelled(label: string, text: string, locale: Locale): string {
  return locale === 'zh-CN' ? `${label}：${text}` : `${label}: ${text}`
}

/** Names one after the other. */
export function listed(names: readonly string[], locale: Locale): string {
  return names.join(locale === 'zh-CN' ? '、' : ', ')
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = []
  let current = ''
  for (const piece of pieces(line)) {
    const joined = current + piece
    if (displayWidth(joined.trimEnd()) <= width) {
      current = joined
      continue
    }
    if (current.trim() !== '') lines.push(current.trimEnd())
    current = piece.trimStart()
    for (let end = fitting(current, width); end < current.length; end = fitting(current, width)) {
      lines.push(current.slice(0, end))
      current = current.slice(end)
    }
  }
  if (current.trim() !== '' || lines.length === 0) lines.push(current.trimEnd())
  return lines
}

/** Units that stay together: a word with the blank after it, or one wide character with the punctuation after it. */
function pieces(line: string): readonly string[] {
  return (
    line.match(
      /[^\s\u1100-\uffdc]*[\u1100-\uffdc][，。；：、）！？]*\s*|[^\s\u1100-\uffdc]+\s*|\s+/gu,
    ) ?? []
  )
}

/** The length of what fits from the beginning. */
function fitting(text: string, width: number): number {
  let [length, taken] = [0, 0]
  for (const character of text) {
    taken += characterWidth(character)
    if (taken > width) break
    length += character.length
  }
  return length
}

function characterWidth(character: string): number {
  if (/[\p{Mark}\p{Control}\p{Format}]/u.test(character)) return 0
  return WIDE.test(character) ? 2 : 1
}

/** Ranges of East Asian Width W and F (Unicode Standard Annex 11) that occur in names and in Chinese text. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u
