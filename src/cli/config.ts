/** `mpcert config print`: every setting of a check, its value, and where that comes from. */
import { UsageError } from '../errors.ts'
import { LIST_NAMES } from '../miniprogram/list.ts'
import { displayWidth } from '../reports/text/layout.ts'
import { paint } from '../reports/text/words.ts'
import type { Text } from '../text.ts'
import type { Invocation } from './invocation.ts'
import { attributeOf, COMMON, type Flag, longName } from './options.ts'
import { variableOf } from './settings.ts'

/** Whoever sees these could use them. */
const SECRET = new Set(['notify', 'notify-command', 'proxy'])

interface Setting {
  readonly name: string
  readonly variable: string
  /** Null where it is the default. */
  readonly value: unknown
  readonly origin: 'flag' | 'environment' | 'file' | 'default'
  /** The variable, or file and key. */
  readonly where: string | null
}

export async function run(invocation: Invocation): Promise<number> {
  const { arguments: words, flags, configuration, commands, print } = invocation
  const [action = 'print'] = words
  if (action !== 'print')
    throw new UsageError({
      en: `config ${action}: there is config print`,
      'zh-CN': `config ${action}：可用的是 config print`,
    })
  const own = commands.find(({ form }) => form.startsWith('config '))?.flags ?? []
  const settings = [...own, ...COMMON]
    .filter(({ hidden }) => !hidden)
    .map(flag => toSetting(flag, invocation))
  const { config, file, skipped } = configuration
  if (flags.text('format') === 'json') {
    const { domains = {}, targets = [], ignore = [] } = config
    const plain = Object.fromEntries(
      LIST_NAMES.flatMap(name => {
        const entries = domains[name]
        return entries ? [[name, entries.map(({ text }) => text)]] : []
      }),
    )
    const all = {
      file,
      skipped,
      settings,
      domains: plain,
      targets: targets.map(({ text }) => text),
      ignore,
    }
    await print(`${JSON.stringify(all, null, 2)}\n`)
  } else await print(`${draw(settings, invocation).join('\n')}\n`)
  return 0
}

function toSetting(flag: Flag, { flags }: Invocation): Setting {
  const name = longName(flag)
  const attribute = attributeOf(flag)
  const value = flags.value<unknown>(attribute)
  const isSet = name.startsWith('no-') ? value === false : value !== undefined && value !== false
  const found = flags.origins.get(attribute)
  return {
    name,
    variable: variableOf(flag),
    value: !isSet
      ? null
      : SECRET.has(name)
        ? '(set)'
        : name.startsWith('no-')
          ? true
          : plain(value),
    origin: !isSet ? 'default' : (found?.kind ?? 'flag'),
    where: isSet ? (found?.where ?? null) : null,
  }
}

/** As far as JSON can hold it. */
function plain(value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value
}

function draw(
  settings: readonly Setting[],
  { locale, style, configuration }: Invocation,
): string[] {
  const { file, skipped } = configuration
  const width = Math.max(...settings.map(({ name }) => displayWidth(name)))
  const head = file === null ? NO_FILE[locale] : file
  return [
    paint('bold', head, style),
    ...skipped.map(one => paint('dim', `${one}  ${SKIPPED[locale]}`, style)),
    ...settings.map(({ name, value, origin, where }) => {
      const text = value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value)
      const from = where ?? ORIGINS[origin][locale]
      const line = ` ${name.padEnd(width)}  ${text}  ${paint('dim', from, style)}`
      return value === null ? paint('dim', line, { ...style, color: false }) : line
    }),
  ]
}

const NO_FILE: Text = { en: 'no configuration file', 'zh-CN': '没有配置文件' }
const SKIPPED: Text = { en: 'is code and was not run', 'zh-CN': '是代码，未执行' }
const ORIGINS: Readonly<Record<Setting['origin'], Text>> = {
  flag: { en: 'flag', 'zh-CN': '命令行' },
  environment: { en: 'environment', 'zh-CN': '环境变量' },
  file: { en: 'file', 'zh-CN': '配置文件' },
  default: { en: 'default', 'zh-CN': '默认' },
}
