/** The command line: builds commander from the command table, runs one command, and turns errors into exit codes. */
import path from 'node:path'
import { Command, CommanderError, Option } from 'commander'
import { MpcertError, UsageError } from '../errors.ts'
import { LOCALES, type Locale, type Text } from '../text.ts'
import { VERSION } from '../version.ts'
import { COMMANDS, type CommandSpec } from './commands.ts'
import { EXIT, exitCodeOfError } from './exit.ts'
import type { Host } from './host.ts'
import { type Configuration, Flags, type Invocation, type Origin } from './invocation.ts'
import { chooseLocale, languageFlag, parseLocale } from './language.ts'
import { COMMON, CONFIG_FILE, type Flag } from './options.ts'
import { Outlet } from './outlet.ts'
import {
  applyConfig,
  applyEnvironment,
  notesOn,
  requireFlags,
  unknownVariables,
} from './settings.ts'
import { styleFor } from './terminal.ts'
import { toUsageError } from './usage.ts'

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
}

/** Runs one command line; resolves to the exit code when all output is out. */
export async function run(argv: readonly string[], host: Host): Promise<number> {
  const flag = languageFlag(argv)
  // Of all of Intl the cheapest to make; DateTimeFormat would cost more than the whole start.
  const system = new Intl.PluralRules().resolvedOptions().locale
  const locale = chooseLocale({ flag, env: host.env, system })
  const outlet = new Outlet(host)
  try {
    if (flag !== null && parseLocale(flag) === null) throw unknownLanguage(flag)
    return await new Program(locale, host, outlet).run(argv)
  } catch (error) {
    const text = describeError(error, locale, argv.includes('--debug'))
    if (isForNagios(argv)) {
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
  readonly origins: ReadonlyMap<string, Origin>
  readonly configuration: Configuration
}

class Program {
  private readonly locale: Locale
  private readonly host: Host
  private readonly outlet: Outlet
  private exitCode: number = EXIT.ok

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

  private toOption({ form, text, parse, repeat, hidden }: Flag): Option {
    const option = new Option(form, this.words(text))
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
    const origins = new Map(applyEnvironment(command, flags, host.env))
    const skipped: string[] = []
    if (!flags.includes(CONFIG_FILE))
      return { origins, configuration: { config: {}, file: null, skipped } }
    const { loadConfig } = await import('../miniprogram/config-file.ts')
    const folder = path.resolve(host.cwd(), (spec.inFolder && command.args[0]) || '.')
    const found = await loadConfig({
      named: command.opts<{ config?: string }>().config,
      cwd: host.cwd(),
      from: folder,
      placesFor: folder,
      onSkipped: file => skipped.push(file),
    })
    if (found) {
      requireFlags(found, ALL_FLAGS)
      for (const [name, origin] of applyConfig(command, flags, found)) origins.set(name, origin)
    }
    const { config = {}, file = null } = found ?? {}
    return { origins, configuration: { config, file, skipped } }
  }

  private invocation(
    command: Command,
    { origins, configuration }: Settled,
    signal: AbortSignal,
  ): Invocation {
    const { locale, host, outlet } = this
    const flags = new Flags(command.opts(), origins)
    const quiet = flags.has('quiet')
    const hint = (text: Text) => {
      if (!quiet) outlet.hint(text[locale])
    }
    for (const text of notesOn(configuration, unknownVariables(host.env, ALL_FLAGS))) hint(text)
    return {
      configuration,
      arguments: command.args,
      flags,
      locale,
      host,
      commands: COMMANDS,
      signal,
      style: styleFor(host.stdout, host, {
        color: flags.value<boolean>('color'),
        ascii: flags.value<boolean>('ascii'),
      }),
      print: text => outlet.print(text),
      complain: text => outlet.hint(text[locale]),
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

/** Also where the command line could not be read. */
function isForNagios(argv: readonly string[]): boolean {
  return argv.some((word, index) => {
    const value = /^(?:--format=|-f=?)(.+)$/.exec(word)?.[1]
    return value === 'nagios' || (/^(?:-f|--format)$/.test(word) && argv[index + 1] === 'nagios')
  })
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

function unknownLanguage(text: string): UsageError {
  return new UsageError({
    en: `--lang ${text}: choose one of ${LOCALES.join(', ')}`,
    'zh-CN': `--lang ${text}：可选值为 ${LOCALES.join('、')}`,
  })
}
