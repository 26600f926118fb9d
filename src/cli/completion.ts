/** `mpcert completion SHELL`: a script that completes commands, flags and their values; it is made from the command table. */
import { UsageError } from '../errors.ts'
import { APIS, FAMILIES, TIERS } from '../platform.ts'
import { platforms } from '../platforms/index.ts'
import { ruleBook } from '../rule-book.ts'
import type { Locale, Text } from '../text.ts'
import type { CommandSpec } from './commands.ts'
import type { Invocation } from './invocation.ts'
import { COMMON, type Flag, longName } from './options.ts'

export async function run({
  arguments: [shell],
  locale,
  print,
  commands,
}: Invocation): Promise<number> {
  const write = SHELLS[shell ?? '']
  if (!write)
    throw new UsageError({
      en: `completion: name a shell: ${Object.keys(SHELLS).join(', ')}`,
      'zh-CN': `completion：请指定 shell：${Object.keys(SHELLS).join('、')}`,
    })
  await print(write(commands.map(toCompletion), locale))
  return 0
}

/** A command as a shell sees it. */
interface Completion {
  readonly name: string
  readonly text: Text
  /** What its first argument may be; null for files and hosts. */
  readonly words: readonly string[] | null
  readonly flags: readonly FlagCompletion[]
}

interface FlagCompletion {
  /** As typed, such as `-f` and `--format`. */
  readonly names: readonly string[]
  readonly text: Text
  readonly value: 'none' | 'file' | 'other' | readonly string[]
}

function toCompletion({ form, text, flags }: CommandSpec): Completion {
  const [name = ''] = form.split(' ')
  const shown = [...flags, ...COMMON].filter(({ hidden }) => !hidden)
  return { name, text, words: argumentsOf(name), flags: shown.map(describe) }
}

function argumentsOf(name: string): readonly string[] | null {
  switch (name) {
    case 'completion':
      return Object.keys(SHELLS)
    case 'explain':
      return Object.keys(ruleBook)
    case 'platforms':
      return Object.keys(platforms)
    case 'stores':
      return ['list', 'find', 'update']
    case 'schema':
      return ['report', 'config']
    default:
      return null
  }
}

function describe(flag: Flag): FlagCompletion {
  const names = flag.form.match(/(?<=^|[\s,])--?[a-z0-9][a-z0-9-]*/g) ?? []
  return { names, text: flag.text, value: kindOf(flag) }
}

function kindOf(flag: Flag): FlagCompletion['value'] {
  const [, kind] = /<([a-z:]+)>/.exec(flag.form) ?? []
  if (kind === undefined) return 'none'
  if (flag.choices) return flag.choices
  if (longName(flag) === 'platforms')
    return [...Object.keys(platforms), ...FAMILIES, ...TIERS, 'all']
  if (longName(flag) === 'api') return APIS
  return kind === 'file' || kind === 'source' ? 'file' : 'other'
}

const SHELLS: Readonly<
  Record<string, (commands: readonly Completion[], locale: Locale) => string>
> = { bash, zsh, fish, powershell }

function bash(commands: readonly Completion[]): string {
  const flags = [
    ...new Map(commands.flatMap(one => one.flags).map(one => [one.names.join(), one])).values(),
  ]
  const values = flags.flatMap(({ names, value }) =>
    Array.isArray(value) ? [`    ${names.join('|')}) words="${value.join(' ')}" ;;`] : [],
  )
  const files = flags.flatMap(({ names, value }) => (value === 'file' ? names : []))
  const others = flags.flatMap(({ names, value }) => (value === 'other' ? names : []))
  const cases = commands.map(
    ({ name, words, flags: own }) =>
      `    ${name}) flags="${own.flatMap(({ names }) => names).join(' ')}"; words="${words?.join(' ') ?? ''}" ;;`,
  )
  return `# bash completion of mpcert: source <(mpcert completion bash)
_mpcert() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} flags words=
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(' ')}" -- "$current"))
    return
  fi
  case $previous in
    ${files.join('|')}) COMPREPLY=($(compgen -f -- "$current")); return ;;
    ${others.join('|')}) return ;;
${values.join('\n')}
  esac
  if [[ $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    return
  fi
  case \${COMP_WORDS[1]} in
${cases.join('\n')}
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$current"))
  elif [[ $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  else
    COMPREPLY=($(compgen -f -- "$current"))
  fi
}
complete -o filenames -F _mpcert mpcert
`
}

function zsh(commands: readonly Completion[], locale: Locale): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
  const plain = (text: Text) => text[locale].replace(/[[\]:\\]/g, ' ')
  const spec = ({ names, text, value }: FlagCompletion) => {
    const action =
      value === 'none'
        ? ''
        : value === 'file'
          ? ':file:_files'
          : value === 'other'
            ? ':value:'
            : `:value:(${value.join(' ')})`
    return names.map(name => quoted(`*${name}[${plain(text)}]${action}`))
  }
  const cases = commands.map(({ name, words, flags }) => {
    const rest = words ? `*:argument:(${words.join(' ')})` : '*:argument:_files'
    return `    ${name}) _arguments ${[...flags.flatMap(spec), quoted(rest)].join(' ')} ;;`
  })
  return `#compdef mpcert
# zsh completion of mpcert: mpcert completion zsh > "\${fpath[1]}/_mpcert"
_mpcert() {
  local -a commands
  commands=(${commands.map(({ name, text }) => quoted(`${name}:${plain(text)}`)).join(' ')})
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${cases.join('\n')}
  esac
}
if [[ $funcstack[1] == _mpcert ]]; then _mpcert "$@"; else compdef _mpcert mpcert; fi
`
}

function fish(commands: readonly Completion[], locale: Locale): string {
  const quoted = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`
  const lines = commands.flatMap(({ name, text, words, flags }) => {
    const own = `complete -c mpcert -n '__fish_seen_subcommand_from ${name}'`
    return [
      `complete -c mpcert -n __fish_use_subcommand -f -a ${name} -d ${quoted(text[locale])}`,
      ...(words ? [`${own} -f -a ${quoted(words.join(' '))}`] : []),
      ...flags.map(({ names, text: help, value }) => {
        const options = names.map(one =>
          one.startsWith('--') ? `-l ${one.slice(2)}` : `-s ${one.slice(1)}`,
        )
        const action =
          value === 'none'
            ? ''
            : value === 'file'
              ? ' -r -F'
              : value === 'other'
                ? ' -x'
                : ` -x -a ${quoted(value.join(' '))}`
        return `${own} ${options.join(' ')}${action} -d ${quoted(help[locale])}`
      }),
    ]
  })
  return `# fish completion of mpcert: mpcert completion fish > ~/.config/fish/completions/mpcert.fish\n${lines.join('\n')}\n`
}

function powershell(commands: readonly Completion[]): string {
  const list = (words: readonly string[]) => `@(${words.map(word => `'${word}'`).join(', ')})`
  const flags = new Map(
    commands.flatMap(one => one.flags).flatMap(one => one.names.map(name => [name, one] as const)),
  )
  const values = [...flags].flatMap(([name, { value }]) =>
    Array.isArray(value) ? [`    '${name}' = ${list(value)}`] : [],
  )
  const cases = commands.map(
    ({ name, words, flags: own }) =>
      `    '${name}' = ${list([...(words ?? []), ...own.flatMap(({ names }) => names)])}`,
  )
  return `# PowerShell completion of mpcert: mpcert completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName mpcert -ScriptBlock {
  param($word, $ast, $position)
  $commands = @{
${cases.join('\n')}
  }
  $values = @{
${values.join('\n')}
  }
  $typed = @($ast.CommandElements | ForEach-Object { $_.ToString() } | Where-Object { $_ -ne $word })
  $previous = $typed[-1]
  $choices = if ($typed.Count -lt 2) { $commands.Keys } elseif ($values.ContainsKey($previous)) { $values[$previous] } else { $commands[$typed[1]] }
  $choices | Where-Object { $_ -clike "$word*" } | Sort-Object | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`
}
