/** The command line: builds commander from the command table, runs one command, and turns errors into exit codes. */
import path from 'node:path'
import { Command, CommanderError, Option } from 'commander'
import { MpcertError, UsageError } from '../errors.ts'
import { LOCALES, type Locale, type Text } from '../text.ts'
import { VERSION } from '../version.ts'
import { COMMANDS, type CommandSpec } from './commands.ts'
import { EXIT, exitCodeOfError } from './exit.ts'
import type { Host } from './host.ts'
import { type Configuration, Flags, type Invocation } from './invocation.ts'
import { chooseLocale, languageFlag, parseLocale } from './language.ts'
import { attributeOf, COMMON, CONFIG_FILE, type Flag, longName } from './options.ts'
import { Outlet } from './outlet.ts'
import { isOn, notesOn, requireFlags, Settings, unknownVariables } from './settings.ts'
import { styleFor } from './terminal.ts'
import { toUsageError } from './usage.ts'

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
}

/** Runs one command line; resolves to the exit code when all output is out. */
export async function run(line: readonly string[], host: Host): Promise<number> {
  const argv = commandFirst(line)
  const flag = languageFlag(argv)
  // Of all of Intl the cheapest to make; DateTimeFormat would cost more than the whole start.
  const system = new Intl.PluralRules().resolvedOptions().locale
  const locale = chooseLocale({ flag, env: host.env, system })
  const outlet = new Outlet(host)
  const program = new Program(locale, host, outlet)
  try {
    if (flag !== null && parseLocale(flag) === null) throw unknownLanguage('--lang', flag)
    return await program.run(argv)
  } catch (error) {
    const { debug, isForNagios } = program.mannerFor(argv)
    const text = describeError(error, program.locale, debug)
    if (isForNagios) {
      // It reads nothing else, and knows no other code for what went wrong on our side.
      await outlet.print(`${text.replace(/^mpcert: /, 'MPCERT UNKNOWN - ').replaceAll('|', ' ')}\n`)
      return EXIT.unknown
    }
    await outlet.error(text)
    return exitCodeOfError(error)
  }
}

const ALL_FLAGS = [...COMMANDS.flatMap(({ flags }) => flags), ...COMMON]

interface Settled {
  readonly settings: Settings
  readonly configuration: Configuration
}

/** How to speak of what went wrong. */
interface Manner {
  readonly debug: boolean
  readonly isForNagios: boolean
}

class Program {
  locale: Locale
  private readonly host: Host
  private readonly outlet: Outlet
  private exitCode: number = EXIT.ok
  /** Once the command line could be read. */
  private command: Command | null = null

  constructor(locale: Locale, host: Host, outlet: Outlet) {
    this.locale = locale
    this.host = host
    this.outlet = outlet
  }

  async run(argv: readonly string[]): Promise<number> {
    const program = this.build(argv)
    if (argv.length === 0) {
      await this.outlet.error(program.helpInformation().trimEnd())
      return EXIT.usage
    }
    try {
      await program.parseAsync(withMessages(argv), { from: 'user' })
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error
      if (error.exitCode !== 0) throw toUsageError(error)
    }
    await this.outlet.drained()
    return this.exitCode
  }

  /** As flag, environment and configuration want it, as far as they could be read. */
  mannerFor(argv: readonly string[]): Manner {
    const { env } = this.host
    if (this.command) {
      const { debug, format } = this.command.opts<{ debug?: boolean; format?: string }>()
      return { debug: debug === true, isForNagios: format === 'nagios' }
    }
    const named = COMMANDS.find(({ form }) => form.split(' ')[0] === argv[0])
    const hasFormat = (named?.flags ?? ALL_FLAGS).some(flag => longName(flag) === 'format')
    const format = formatFlag(argv) ?? (hasFormat ? env['MPCERT_FORMAT'] : undefined)
    const debug = argv.includes('--debug') || isOn(env['MPCERT_DEBUG'] ?? '')
    return { debug, isForNagios: format === 'nagios' }
  }

  private build(argv: readonly string[]): Command {
    const program = this.prepare(new Command('mpcert'))
      .description(
        this.words({
          en: "Tells whether a server's TLS will work for the people who open a WeChat Mini Program on their phones.",
          'zh-CN': '检查用户手机上的微信小程序能否通过 TLS 正常访问服务器。',
        }),
      )
      .version(VERSION, '-V, --version', this.words({ en: 'the version', 'zh-CN': '显示版本号' }))
      .helpCommand(
        'help [command]',
        this.words({ en: 'the help of a command', 'zh-CN': '显示命令的帮助' }),
      )
    for (const spec of COMMANDS) this.addCommand(program, spec, argv)
    return program
  }

  /** The flags of commands that are not named are not needed: making them all costs a third of the start. */
  private addCommand(program: Command, spec: CommandSpec, argv: readonly string[]): void {
    const command = this.prepare(program.command(spec.form)).description(this.words(spec.text))
    if (spec.alias) command.alias(spec.alias)
    if (![command.name(), spec.alias].some(name => argv.includes(name ?? ''))) return
    for (const flag of [...spec.flags, ...COMMON]) command.addOption(this.toOption(flag))
    command.action(async () => {
      this.command = command
      const { run } = await spec.load()
      const settled = await this.settle(command, spec)
      this.exitCode = await this.withSignals(signal =>
        run(this.invocation(command, settled, signal)),
      )
    })
  }

  private prepare(command: Command): Command {
    const { locale } = this
    return command
      .exitOverride()
      .configureOutput({
        writeOut: text => this.outlet.write(text),
        // Said once more, in our words, by whoever catches the error.
        writeErr: () => undefined,
      })
      .helpOption('-h, --help', this.words({ en: 'this help', 'zh-CN': '显示帮助' }))
      .configureHelp({
        styleTitle: title => (locale === 'zh-CN' ? (TITLES[title] ?? title) : title),
        showGlobalOptions: false,
      })
  }

  private toOption(flag: Flag): Option {
    const { form, text, parse, repeat, hidden } = flag
    const option = new Option(form, this.words(text))
    option.attributeName = () => attributeOf(flag)
    if (hidden) option.hideHelp()
    if (repeat)
      option.argParser((value: string, seen: readonly unknown[] = []) => {
        const read = parse ? parse(value) : value
        return Array.isArray(read) && form.includes('<list>') ? [...seen, ...read] : [...seen, read]
      })
    else if (parse) option.argParser(parse)
    return option
  }

  /** What the command line leaves open; most runs leave it to the defaults. */
  private async settle(command: Command, spec: CommandSpec): Promise<Settled> {
    const { host } = this
    const flags = [...spec.flags, ...COMMON]
    const settings = new Settings(command, flags, ALL_FLAGS)
    settings.takeEnvironment(host.env)
    const skipped: string[] = []
    if (!flags.includes(CONFIG_FILE))
      return { settings, configuration: { config: {}, file: null, skipped } }
    const { loadConfig } = await import('../miniprogram/config-file.ts')
    const cwd = path.resolve(host.cwd())
    const folder = path.resolve(cwd, (spec.inFolder && command.args[0]) || '.')
    const { config: named } = command.opts<{ config?: string }>()
    const found = await loadConfig({
      named,
      cwd,
      from: folder,
      placesFor: folder,
      onSkipped: file => skipped.push(file),
    })
    if (found) {
      requireFlags(found, ALL_FLAGS)
      const isOwn = named !== undefined || path.dirname(found.file) === cwd
      settings.takeConfig(found, cwd, isOwn)
      this.locale = this.languageOf(command, settings)
    }
    const { config = {}, file = null } = found ?? {}
    return { settings, configuration: { config, file, skipped } }
  }

  /** The configuration stands behind the environment, and before what the system says. */
  private languageOf(command: Command, { origins }: Settings): Locale {
    const origin = origins.get('lang')
    if (origin?.kind !== 'file') return this.locale
    const { lang = '' } = command.opts<{ lang?: string }>()
    const locale = parseLocale(lang)
    if (locale === null) throw unknownLanguage(`${origin.where}:`, lang)
    return locale
  }

  private invocation(
    command: Command,
    { settings, configuration }: Settled,
    signal: AbortSignal,
  ): Invocation {
    const { locale, host, outlet } = this
    const flags = new Flags(command.opts(), settings.origins)
    const quiet = flags.has('quiet')
    const hint = (text: Text) => {
      if (!quiet) outlet.hint(text[locale])
    }
    const complain = (text: Text) => outlet.hint(text[locale])
    for (const text of notesOn(configuration, unknownVariables(host.env, ALL_FLAGS))) hint(text)
    for (const text of settings.refused) complain(text)
    return {
      configuration,
      arguments: command.args,
      flags,
      locale,
      host,
      commands: COMMANDS,
      signal,
      style: styleFor(host.stdout, host, {
        color: standsBehind(settings, host) ? undefined : flags.value<boolean>('color'),
        ascii: flags.value<boolean>('ascii'),
      }),
      print: text => outlet.print(text),
      complain,
      hint,
    }
  }

  /** The first interrupt asks for an orderly end, a second one has the system's own effect. */
  private async withSignals(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
    const { host } = this
    const controller = new AbortController()
    let interrupted: number | null = null
    const stop = (code: number) => () => {
      interrupted ??= code
      controller.abort()
      release()
    }
    const onInterrupt = stop(EXIT.interrupted)
    const onTerminate = stop(EXIT.terminated)
    const release = () => {
      host.off('SIGINT', onInterrupt)
      host.off('SIGTERM', onTerminate)
    }
    host.on('SIGINT', onInterrupt)
    host.on('SIGTERM', onTerminate)
    try {
      const code = await work(controller.signal)
      return interrupted ?? code
    } catch (error) {
      // What could not be done any more is not what ended it.
      if (interrupted === null || !(error instanceof MpcertError)) throw error
      return interrupted
    } finally {
      release()
    }
  }

  private words(text: Text): string {
    return text[this.locale]
  }
}

/** The colour of a configuration, behind what the user's environment says. */
function standsBehind({ origins }: Settings, { env }: Host): boolean {
  const isSaid = env['NO_COLOR'] || env['FORCE_COLOR'] !== undefined
  return origins.get('color')?.kind === 'file' && Boolean(isSaid)
}

/** The last value of `--format`, also where the command line could not be read. */
function formatFlag(argv: readonly string[]): string | undefined {
  return argv
    .flatMap((word, index) => {
      const value = /^(?:--format=|-f=?)(.+)$/.exec(word)?.[1]
      return value ?? (/^(?:-f|--format)$/.test(word) ? (argv[index + 1] ?? []) : [])
    })
    .at(-1)
}

/** `--lang zh check x` is `check --lang zh x`. */
function commandFirst(argv: readonly string[]): readonly string[] {
  const at = argv[0]?.startsWith('-') ? argv.findIndex(isCommand) : 0
  const [command, flags] = [argv[at], argv.slice(0, at)]
  if (at < 1 || command === undefined || flags.some(flag => /^(?:-V|--version)$/.test(flag)))
    return argv
  return [command, ...flags, ...argv.slice(at + 1)]
}

function isCommand(word: string): boolean {
  return COMMANDS.some(({ form, alias }) => form.split(' ')[0] === word || alias === word)
}

/** A message may begin with '-', such as `-202`; a blank before it makes it no flag. */
function withMessages(argv: readonly string[]): string[] {
  if (argv[0] !== 'explain') return [...argv]
  return argv.map(word => (word.startsWith('-') && !FLAG.test(word) ? ` ${word}` : word))
}

const FLAG = /^-(?:[46a-z]|-(?:[a-z][a-z0-9-]*(?:=.*)?)?)$/is

function describeError(error: unknown, locale: Locale, debug: boolean): string {
  if (error instanceof MpcertError) {
    const stack = debug && error.stack ? `\n${error.stack}` : ''
    return `mpcert: ${inOneLine(error.text[locale])}${stack}`
  }
  const text = {
    en: 'this is a bug in mpcert, please report it',
    'zh-CN': '这是 mpcert 的缺陷，请反馈给我们',
  }[locale]
  const stack = error instanceof Error ? error.stack : undefined
  return `mpcert: ${text}: ${debug && stack ? stack : String(error)}`
}

/** What is quoted from a file may hold anything. */
function inOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
}

function unknownLanguage(where: string, text: string): UsageError {
  return new UsageError({
    en: `${where} ${text}: choose one of ${LOCALES.join(', ')}`,
    'zh-CN': `${where} ${text}：可选值为 ${LOCALES.join('、')}`,
  })
}
