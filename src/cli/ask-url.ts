/** `mpcert project --url`: whether the domain list allows a URL, and which statement decides. */
import { UsageError } from '../errors.ts'
import { judgeUrl, type UrlVerdict } from '../miniprogram/allowed.ts'
import { CALLS, LIST_NAMES, type ListName, SCHEMES } from '../miniprogram/list.ts'
import { type NetUrl, parseNetUrl } from '../miniprogram/net-url.ts'
import { ruleSets } from '../miniprogram/rule-set.ts'
import type { ProjectRule } from '../project-rule.ts'
import { projectRules } from '../project-rules/index.ts'
import type { Text } from '../text.ts'
import { EXIT } from './exit.ts'
import type { Invocation } from './invocation.ts'
import type { UserConfig } from './user-config.ts'

/** Exit 0 where it is allowed, 1 where not. */
export async function askUrl(
  text: string,
  { config, ruleSet }: UserConfig,
  { flags, locale, print }: Invocation,
): Promise<number> {
  const url = parseNetUrl(text, false)
  if (!url)
    throw new UsageError({
      en: `--url ${text}: not a URL such as https://api.example.com/x`,
      'zh-CN': `--url ${text}：不是网址，应形如 https://api.example.com/x`,
    })
  const list = listFrom(flags.list('api'), url)
  const verdict = judgeUrl(url, list, config.domains ?? {}, ruleSets[ruleSet])
  const { allowed, fault, entry } = verdict
  if (allowed === null)
    throw new UsageError({
      en: `no ${list} list to ask: write domains.${list} into mpcert.config.json`,
      'zh-CN': `没有可查询的 ${list} 列表：请在 mpcert.config.json 中填写 domains.${list}`,
    })
  const rule: ProjectRule = projectRules[fault ?? 'domain-not-listed']
  const args = {
    address: text,
    by: CALLS[list],
    list,
    entry: entry?.text ?? null,
    elsewhere: verdict.elsewhere,
    port: url.port,
    isEntry: false,
  }
  const why = fault ? rule.message(args)[locale] : matched(url, verdict)[locale]
  if (flags.text('format') === 'json') {
    const statement = rule.statement[locale]
    const answer = { url: text, api: list, ruleSet, allowed, ruleId: fault, why, statement, entry }
    await print(`${JSON.stringify(answer, null, 2)}\n`)
  } else {
    const word = ANSWERS[allowed ? 'allowed' : 'refused'][locale]
    const id = fault ? `  ${fault}` : ''
    const lines = [`${word}${id}`, `  ${why}`, `  ${rule.statement[locale]}`]
    await print(`${[...lines, `  ${ruleSet}: ${ruleSets[ruleSet].source}`].join('\n')}\n`)
  }
  return allowed ? EXIT.ok : EXIT.findings
}

const ANSWERS = {
  allowed: { en: 'allowed', 'zh-CN': '允许' },
  refused: { en: 'not allowed', 'zh-CN': '不允许' },
} as const satisfies Record<string, Text>

function matched({ text }: NetUrl, { entry }: UrlVerdict): Text {
  return {
    en: `${text} matches ${entry?.text ?? ''}`,
    'zh-CN': `${text} 与 ${entry?.text ?? ''} 匹配`,
  }
}

/** The API that was named, or the one that the scheme belongs to. */
function listFrom(names: readonly string[], { scheme }: NetUrl): ListName {
  const [name, ...others] = names
  if (name === undefined) return LIST_NAMES.find(one => SCHEMES[one] === scheme) ?? 'request'
  const list = LIST_NAMES.find(one => one === name)
  if (list && others.length === 0) return list
  throw new UsageError({
    en: `--api ${names.join(',')}: choose one of ${LIST_NAMES.join(', ')}`,
    'zh-CN': `--api ${names.join(',')}：请选择其一：${LIST_NAMES.join('、')}`,
  })
}
