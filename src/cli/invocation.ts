/** What a command is given: its arguments, its flags, and the process it runs in. */
import type { Config } from '../miniprogram/config.ts'
import type { Style } from '../report.ts'
import type { Locale, Text } from '../text.ts'
import type { CommandSpec } from './commands.ts'
import type { Host } from './host.ts'

export interface Invocation {
  readonly arguments: readonly string[]
  readonly flags: Flags
  readonly configuration: Configuration
  readonly locale: Locale
  /** How to draw on stdout. */
  readonly style: Style
  readonly host: Host
  /** All that there are. */
  readonly commands: readonly CommandSpec[]
  /** Aborted by the first interrupt: finish what is at hand and report it. */
  readonly signal: AbortSignal
  /** To stdout; resolves when it is out. */
  print(text: string): Promise<void>
  /** A line to stderr, unless quiet. */
  hint(text: Text): void
  /** A line to stderr, also when quiet: what was asked for could not be done. */
  complain(text: Text): void
}

/** The user's configuration; empty where there is none, or the command reads none. */
export interface Configuration {
  readonly config: Config
  readonly file: string | null
  /** Found on the way and not run, for they are code from elsewhere. */
  readonly skipped: readonly string[]
}

/** Where a value comes from that the command line does not give. */
export interface Origin {
  readonly kind: 'environment' | 'file'
  /** The variable, or the file and the key in it. */
  readonly where: string
}

/** Flag values by commander's camel-case name. */
export class Flags {
  private readonly values: Readonly<Record<string, unknown>>
  /** Absent for what the command line gives, and for defaults. */
  readonly origins: ReadonlyMap<string, Origin>

  constructor(
    values: Readonly<Record<string, unknown>>,
    origins: ReadonlyMap<string, Origin> = new Map(),
  ) {
    this.values = values
    this.origins = origins
  }

  has(name: string): boolean {
    return this.values[name] === true
  }

  /** `--no-x` sets x to false; absent otherwise. */
  negated(name: string): boolean {
    return this.values[name] === false
  }

  text(name: string): string | undefined {
    const value = this.values[name]
    return typeof value === 'string' ? value : undefined
  }

  /** A value as its flag's parser made it. */
  value<T>(name: string): T | undefined {
    return this.values[name] as T | undefined
  }

  /** The values of a repeatable flag. */
  list<T = string>(name: string): readonly T[] {
    return (this.values[name] as readonly T[] | undefined) ?? []
  }
}
