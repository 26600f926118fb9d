/** Which language to speak: `--lang`, then MPCERT_LANG, the locale variables, and the system's own setting. */
import { LOCALES, type Locale } from '../text.ts'

export interface LanguageSources {
  readonly flag: string | null
  readonly env: Readonly<Record<string, string | undefined>>
  /** The system's locale; Windows and macOS set no LANG. */
  readonly system: string
}

/** Null for the flag's value where it is no language we speak. */
export function parseLocale(text: string): Locale | null {
  const [language] = text.toLowerCase().split(/[_.@-]/)
  return LOCALES.find(locale => locale.toLowerCase().split('-')[0] === language) ?? null
}

export function chooseLocale({ flag, env, system }: LanguageSources): Locale {
  const variables = [env['MPCERT_LANG'], env['LC_ALL'], env['LC_MESSAGES'], env['LANG']]
  const first = [flag, ...variables].find(
    value => value !== undefined && value !== null && value !== '',
  )
  if (first === 'C' || first === 'POSIX' || first?.startsWith('C.')) return 'en'
  return parseLocale(first ?? system) ?? 'en'
}

/** The value of `--lang` before anything else is parsed: help and errors need it. */
export function languageFlag(argv: readonly string[]): string | null {
  const end = argv.indexOf('--')
  const flags = end < 0 ? argv : argv.slice(0, end)
  for (const [index, argument] of flags.entries()) {
    if (argument === '--lang') return flags[index + 1] ?? null
    if (argument.startsWith('--lang=')) return argument.slice('--lang='.length)
  }
  return null
}
