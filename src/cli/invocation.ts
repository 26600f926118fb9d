/** What a command is given: its arguments, its flags, and the process it runs in. */
import type { Style } from '../report.ts'
import type { Locale, Text } from '../text.ts'
import type { CommandSpec } from './commands.ts'
import type { Host } from './host.ts'

export interface Invocation {
  readonly arguments: readonly string[]
  readonly flags: Flags
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

/** Flag values by commander's camel-case name. */
export class Flags {
  private readonly values: Readonly<Record<string, unknown>>

  constructor(values: Readonly<Record<string, unknown>>) {
    this.values = values
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
