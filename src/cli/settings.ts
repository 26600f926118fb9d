/** What the command line leaves open is taken from the environment, then from the configuration; and where each value came from. */
import path from 'node:path'
import type { Command, Option } from 'commander'
import { UsageError } from '../errors.ts'
import type { Config } from '../miniprogram/config.ts'
import type { ConfigFile } from '../miniprogram/config-file.ts'
import type { SettingValue } from '../miniprogram/field.ts'
import { nearest } from '../nearest.ts'
import type { Text } from '../text.ts'
import type { Host } from './host.ts'
import type { Configuration, Origin } from './invocation.ts'
import { attributeOf, type Flag, longName } from './options.ts'

/** Variables that are read elsewhere. */
const OTHERS = new Set([
  'MPCERT_LANG',
  'MPCERT_DATA_DIR',
  'MPCERT_CACHE_DIR',
  'MPCERT_NOTIFY_SECRET',
  'MPCERT_PASSWORD',
])

/** `--fail-on` is MPCERT_FAIL_ON. */
export function variableOf(flag: Flag): string {
  return `MPCERT_${longName(flag).toUpperCase().replaceAll('-', '_')}`
}

/** @throws UsageError where the configuration sets what no command has */
export function requireFlags({ file, config }: ConfigFile, flags: readonly Flag[]): void {
  const names = flags.map(longName)
  for (const name of Object.keys(config.flags ?? {})) {
    if (names.includes(name) && name !== 'config') continue
    const likely = nearest(name, names)
    throw new UsageError({
      en: `${file}: flags.${name}: no such flag${likely ? ` (did you mean ${likely}?)` : ''}`,
      'zh-CN': `${file}：flags.${name}：没有该选项${likely ? `（是不是想输入 ${likely}？）` : ''}`,
    })
  }
}

/** What the user may not know of the settings. */
export function notesOn({ skipped }: Configuration, variables: readonly string[]): readonly Text[] {
  return [
    ...skipped.map(file => ({
      en: `${file} is code and was not run: name it with --config`,
      'zh-CN': `${file} 是代码，未执行：请用 --config 指定`,
    })),
    ...variables.map(name => ({
      en: `${name} is set and names no flag`,
      'zh-CN': `环境变量 ${name} 不对应任何选项`,
    })),
  ]
}

/** Variables of ours that name nothing. */
export function unknownVariables(env: Host['env'], flags: readonly Flag[]): readonly string[] {
  const known = new Set([...flags.map(variableOf), ...OTHERS])
  return Object.keys(env).filter(name => /^MPCERT_(?!TEST_)/.test(name) && !known.has(name))
}

/** What the command line leaves open, filled in by one source after the other, the stronger one first. */
export class Settings {
  /** By attribute. */
  readonly origins = new Map<string, Origin>()
  /** What a configuration from another folder asks for, and may not. */
  readonly refused: Text[] = []
  private readonly command: Command
  private readonly flags: readonly Flag[]
  private readonly known: readonly Flag[]
  private readonly spoken = new Set<Flag>()

  /** `flags` are the command's, `known` those of all commands. */
  constructor(command: Command, flags: readonly Flag[], known: readonly Flag[]) {
    this.command = command
    this.flags = flags
    this.known = known
  }

  /** @throws UsageError that names the variable */
  takeEnvironment(env: Host['env']): void {
    this.take(flag => {
      const name = variableOf(flag)
      const text = env[name]
      if (text === undefined || text === '') return null
      return { value: text, origin: { kind: 'environment', where: name } }
    })
  }

  /** `isOwn`: the user named it, or stands in its folder. @throws UsageError that names file and key */
  takeConfig({ file, config }: ConfigFile, cwd: string, isOwn: boolean): void {
    const settings = settingsOf(config)
    const folder = path.relative(cwd, path.dirname(file))
    this.take(flag => {
      const setting = settings.get(longName(flag))
      if (!setting) return null
      const where = `${file}: ${setting.key}`
      if (flag.acts && !isOwn) {
        this.refused.push({
          en: `${where} is not followed: name the file with --config`,
          'zh-CN': `${where} 未生效：请用 --config 指定该文件`,
        })
        return null
      }
      return { value: beside(folder, flag, setting.value), origin: { kind: 'file', where } }
    })
  }

  /** All that can be read is taken, also where something else is wrong: who says so needs to know how. */
  private take(find: (flag: Flag) => Found | null): void {
    const failures: unknown[] = []
    for (const flag of this.flags.filter(one => this.isOpen(one))) {
      const option = this.optionOf(flag)
      const found = option && find(flag)
      if (!found) continue
      this.spoken.add(flag)
      try {
        const value = this.read(flag, option, found)
        if (value === undefined) continue
        this.command.setOptionValueWithSource(attributeOf(flag), value, found.origin.kind)
        this.origins.set(attributeOf(flag), found.origin)
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
  }

  /** Nothing stronger has said this, or what excludes it. */
  private isOpen(flag: Flag): boolean {
    const attribute = attributeOf(flag)
    const rivals = RIVALS.find(pair => pair.includes(attribute)) ?? [attribute]
    return !this.spoken.has(flag) && rivals.every(one => !this.isGiven(one))
  }

  private isGiven(attribute: string): boolean {
    const source = this.command.getOptionValueSource(attribute)
    return source !== undefined && source !== 'default'
  }

  private optionOf(flag: Flag): Option | undefined {
    return this.command.options.find(({ flags: form }) => form === flag.form)
  }

  /** Undefined where it changes nothing: a switch that is off, a value that another command alone knows. */
  private read(flag: Flag, option: Option, { value, origin: { where } }: Found): unknown {
    const fail = (why: Text) => {
      throw new UsageError({ en: `${where}: ${why.en}`, 'zh-CN': `${where}：${why['zh-CN']}` })
    }
    if (!option.required && !option.optional) {
      if (!isSwitch(value))
        return fail({ en: 'write true or false', 'zh-CN': '应为 true 或 false' })
      if (isOn(value)) return !option.negate
      const hasTwin = this.command.options.some(({ long }) => long === `--no-${longName(flag)}`)
      return hasTwin ? false : undefined
    }
    if (typeof value === 'boolean') return fail({ en: 'needs a value', 'zh-CN': '需要一个值' })
    const texts = Array.isArray(value) ? value.map(String) : [String(value)]
    const [first = ''] = texts
    if (!flag.repeat && texts.length !== 1)
      return fail({ en: 'takes one value', 'zh-CN': '只接受一个值' })
    if (this.isForOthers(flag, first)) return undefined
    try {
      const parsed = texts.map(text => (flag.parse ? flag.parse(text) : text))
      if (!flag.repeat) return parsed[0] ?? first
      return flag.form.includes('<list>') ? parsed.flat() : parsed
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      return fail(error.text)
    }
  }

  /** `format: sarif` is meant for `check`, and `scan` has none. */
  private isForOthers(flag: Flag, text: string): boolean {
    if (!flag.choices || flag.choices.includes(text)) return false
    const namesakes = this.known.filter(other => longName(other) === longName(flag))
    return namesakes.some(({ choices }) => choices?.includes(text))
  }
}

interface Found {
  readonly value: SettingValue
  readonly origin: Origin
}

/** Attributes of which one alone can count. */
const RIVALS: readonly (readonly string[])[] = [
  ['4', '6'],
  ['revocation', 'fetch'],
]

/** Files that a configuration names lie beside it; `folder` is its own, from the current one. */
function beside(folder: string, flag: Flag, value: SettingValue): SettingValue {
  const locate = (text: string) => {
    const [, format = '', file = text] =
      (longName(flag) === 'output' && /^([a-z]+=)(.+)$/s.exec(text)) || []
    return file === '-' || path.isAbsolute(file) ? text : format + path.join(folder, file)
  }
  if (!flag.form.includes('<file>')) return value
  if (typeof value === 'string') return locate(value)
  return Array.isArray(value) ? value.map(one => locate(String(one))) : value
}

interface Setting {
  readonly key: string
  readonly value: SettingValue
}

/** By the flag's long name: some have a key of their own. */
function settingsOf({
  flags = {},
  appid,
  ruleSet,
  thresholds,
}: Config): ReadonlyMap<string, Setting> {
  const own = Object.entries({
    appid: ['appid', appid],
    'rule-set': ['ruleSet', ruleSet],
    warning: ['thresholds.warning', thresholds?.warning],
    critical: ['thresholds.critical', thresholds?.critical],
  } as const).flatMap(([name, [key, value]]) =>
    value === undefined || value === 'touristappid' ? [] : [[name, { key, value }] as const],
  )
  const named = Object.entries(flags).map(
    ([name, value]) => [name, { key: `flags.${name}`, value }] as const,
  )
  return new Map<string, Setting>([...named, ...own])
}

function isSwitch(value: SettingValue): value is string | boolean {
  return (
    typeof value === 'boolean' ||
    (typeof value === 'string' && /^(?:1|0|true|false|yes|no|on|off)$/i.test(value))
  )
}

export function isOn(value: string | boolean): boolean {
  return typeof value === 'boolean' ? value : /^(?:1|true|yes|on)$/i.test(value)
}
