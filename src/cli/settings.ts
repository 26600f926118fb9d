/** What the command line leaves open is taken from the environment, then from the configuration; and where each value came from. */
import type { Command, Option } from 'commander'
import { UsageError } from '../errors.ts'
import type { Config } from '../miniprogram/config.ts'
import type { ConfigFile } from '../miniprogram/config-file.ts'
import type { SettingValue } from '../miniprogram/field.ts'
import { nearest } from '../nearest.ts'
import type { Text } from '../text.ts'
import type { Host } from './host.ts'
import type { Configuration, Origin } from './invocation.ts'
import { type Flag, longName } from './options.ts'

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

/** Sets on the command what the environment names. @throws UsageError that names the variable */
export function applyEnvironment(
  command: Command,
  flags: readonly Flag[],
  env: Host['env'],
): ReadonlyMap<string, Origin> {
  return apply(command, flags, flag => {
    const name = variableOf(flag)
    const text = env[name]
    if (text === undefined || text === '') return null
    return { value: text, origin: { kind: 'environment', where: name } }
  })
}

/** Sets on the command what the configuration holds. @throws UsageError that names file and key */
export function applyConfig(
  command: Command,
  flags: readonly Flag[],
  { file, config }: ConfigFile,
): ReadonlyMap<string, Origin> {
  const settings = settingsOf(config)
  return apply(command, flags, flag => {
    const setting = settings.get(longName(flag))
    return (
      setting && {
        value: setting.value,
        origin: { kind: 'file', where: `${file}: ${setting.key}` },
      }
    )
  })
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

function apply(
  command: Command,
  flags: readonly Flag[],
  find: (
    flag: Flag,
  ) => { readonly value: SettingValue; readonly origin: Origin } | null | undefined,
): ReadonlyMap<string, Origin> {
  const origins = new Map<string, Origin>()
  for (const flag of flags) {
    const option = command.options.find(({ flags: form }) => form === flag.form)
    if (!option || isGiven(command, option)) continue
    const found = find(flag)
    if (!found) continue
    const value = read(flag, option, found.value, found.origin.where)
    if (value === undefined) continue
    command.setOptionValueWithSource(option.attributeName(), value, found.origin.kind)
    origins.set(option.attributeName(), found.origin)
  }
  return origins
}

/** By the command line, or by what comes before. */
function isGiven(command: Command, option: Option): boolean {
  const source = command.getOptionValueSource(option.attributeName())
  return source !== undefined && source !== 'default'
}

/** Undefined where a switch is off. */
function read(flag: Flag, option: Option, value: SettingValue, where: string): unknown {
  const fail = (why: Text) => {
    throw new UsageError({ en: `${where}: ${why.en}`, 'zh-CN': `${where}：${why['zh-CN']}` })
  }
  if (!option.required && !option.optional) {
    if (!isSwitch(value)) return fail({ en: 'write true or false', 'zh-CN': '应为 true 或 false' })
    return isOn(value) ? !option.negate : undefined
  }
  if (typeof value === 'boolean') return fail({ en: 'needs a value', 'zh-CN': '需要一个值' })
  const texts = Array.isArray(value) ? value.map(String) : [String(value)]
  const [first = ''] = texts
  if (!flag.repeat && texts.length !== 1)
    return fail({ en: 'takes one value', 'zh-CN': '只接受一个值' })
  try {
    const parsed = texts.map(text => (flag.parse ? flag.parse(text) : text))
    if (!flag.repeat) return parsed[0] ?? first
    return flag.form.includes('<list>') ? parsed.flat() : parsed
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return fail(error.text)
  }
}

function isSwitch(value: SettingValue): value is string | boolean {
  return (
    typeof value === 'boolean' ||
    (typeof value === 'string' && /^(?:1|0|true|false|yes|no|on|off)$/i.test(value))
  )
}

function isOn(value: string | boolean): boolean {
  return typeof value === 'boolean' ? value : /^(?:1|true|yes|on)$/i.test(value)
}
