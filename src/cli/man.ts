/** The manual page, made from the command table: groff's man macros (man(7)). The build writes it beside the program. */
import { VERSION } from '../version.ts'
import { COMMANDS } from './commands.ts'
import { EXIT } from './exit.ts'
import { COMMON, type Flag } from './options.ts'

export function manPage(): string {
  return [
    `.TH MPCERT 1 "" "mpcert ${VERSION}" "User Commands"`,
    '.SH NAME',
    roff("mpcert - tells whether a server's TLS will work for a WeChat Mini Program's users"),
    '.SH SYNOPSIS',
    '.B mpcert',
    '.I command',
    '[options] [arguments]',
    '.SH COMMANDS',
    ...COMMANDS.flatMap(({ form, text, flags }) => [
      `.SS "${roff(`mpcert ${form}`)}"`,
      roff(`${text.en}.`),
      ...flags.filter(({ hidden }) => !hidden).flatMap(flagLines),
    ]),
    '.SH COMMON OPTIONS',
    ...COMMON.flatMap(flagLines),
    '.SH EXIT STATUS',
    ...Object.entries(CODES).flatMap(([code, text]) => ['.TP', `.B ${code}`, roff(text)]),
    '.SH ENVIRONMENT',
    ...Object.entries(ENVIRONMENT).flatMap(([name, text]) => ['.TP', `.B ${name}`, roff(text)]),
    '',
  ].join('\n')
}

function flagLines({ form, text }: Flag): readonly string[] {
  return ['.TP', `.B ${roff(form)}`, roff(text.en)]
}

const CODES: Readonly<Record<number, string>> = {
  [EXIT.ok]: 'Every target was checked, and nothing is at or above --fail-on.',
  [EXIT.findings]: 'There are findings at or above --fail-on.',
  [EXIT.usage]: 'The command line or the configuration is wrong; nothing was checked.',
  [EXIT.unknown]: 'A target could not be checked, or ended unknown.',
  [EXIT.bug]: 'A bug in mpcert.',
  [EXIT.interrupted]: 'Interrupted; what was done is reported.',
  [EXIT.terminated]: 'Terminated; what was done is reported.',
}

const ENVIRONMENT: Readonly<Record<string, string>> = {
  'MPCERT_LANG, LC_ALL, LC_MESSAGES, LANG': 'The language: en or zh-CN.',
  'MPCERT_FAIL_ON, MPCERT_TIMEOUT, ...':
    'Every flag by its long name; the command line wins. Switches take 1 or 0.',
  'MPCERT_DATA_DIR, MPCERT_CACHE_DIR':
    'Folders for imported lists, and for what was fetched and compiled; empty for none.',
  NODE_DISABLE_COMPILE_CACHE: 'Set: compiled code is neither kept nor used.',
  MPCERT_NOTIFY_SECRET: 'The secret shared with the webhook of --notify.',
  'HTTPS_PROXY, ALL_PROXY, NO_PROXY': 'The proxy, as curl reads them.',
  'NO_COLOR, FORCE_COLOR': 'Whether there is colour.',
}

/** A backslash, a hyphen that is typed, and a dot or quote at the start would mean something else. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('×', '\\(mu')
    .replace(/^[.']/, '\\&$&')
}
