/** The user's configuration, by flag, environment, file and default, and what it names to be checked. */
import { parseTarget, type Target } from '../connect/target.ts'
import { UsageError } from '../errors.ts'
import type { Allowed } from '../facts/facts.ts'
import { judgeUrl } from '../miniprogram/allowed.ts'
import type { Config } from '../miniprogram/config.ts'
import { loadConfig } from '../miniprogram/config-file.ts'
import { hostKind } from '../miniprogram/host-kind.ts'
import { type Entry, LIST_NAMES, SCHEMES } from '../miniprogram/list.ts'
import { parseNetUrl } from '../miniprogram/net-url.ts'
import {
  DEFAULT_RULE_SET,
  RULE_SET_IDS,
  type RuleSetId,
  ruleSets,
} from '../miniprogram/rule-set.ts'
import type { Invocation } from './invocation.ts'

export interface UserConfig {
  readonly config: Config
  readonly ruleSet: RuleSetId
}

/** `folder` is that of a Mini Program: the search begins there, and places are relative to it. */
export async function userConfig(
  { flags, host, hint }: Invocation,
  folder?: string,
): Promise<UserConfig> {
  const found = await loadConfig({
    named: flags.text('config') ?? (host.env['MPCERT_CONFIG'] || undefined),
    cwd: host.cwd(),
    from: folder,
    placesFor: folder,
    onSkipped: file =>
      hint({
        en: `${file} is code and was not run: name it with --config`,
        'zh-CN': `${file} 是代码，未执行：请用 --config 指定`,
      }),
  })
  const config = found?.config ?? {}
  const named = flags.value<RuleSetId>('ruleSet') ?? ruleSetOf(host.env['MPCERT_RULE_SET'])
  return { config, ruleSet: named ?? config.ruleSet ?? DEFAULT_RULE_SET }
}

/** Its targets, and the domains that speak TLS. */
export function targetsOf({ targets = [], domains = {} }: Config): readonly Target[] {
  const entries = LIST_NAMES.flatMap(name => domains[name] ?? [])
  return [...targets.map(parseTarget), ...entries.filter(speaksTls).map(toTarget)]
}

/** Whether the list admits a URL; a list that nobody gave refuses nothing. Absent without any list. */
export function allowedBy({ config: { domains }, ruleSet }: UserConfig): Allowed | undefined {
  if (!domains) return undefined
  return (text, api) => {
    const url = parseNetUrl(text, false)
    return url === null || judgeUrl(url, api, domains, ruleSets[ruleSet]).allowed !== false
  }
}

export function speaksTls({ list, host }: Entry): boolean {
  return SCHEMES[list] !== 'tcp' && SCHEMES[list] !== 'udp' && hostKind(host) !== 'loopback'
}

export function toTarget({ host, port }: Pick<Entry, 'host' | 'port'>): Target {
  return { input: host, host, port: port ?? 443, scheme: 'tls', path: null }
}

function ruleSetOf(text: string | undefined): RuleSetId | null {
  if (!text) return null
  const found = RULE_SET_IDS.find(id => id === text)
  if (found) return found
  throw new UsageError({
    en: `MPCERT_RULE_SET ${text}: choose one of ${RULE_SET_IDS.join(', ')}`,
    'zh-CN': `MPCERT_RULE_SET ${text}：可选值为 ${RULE_SET_IDS.join('、')}`,
  })
}
