/** What the user's configuration names to be checked, and what it allows. */
import { parseTarget, type Target } from '../connect/target.ts'
import { UsageError } from '../errors.ts'
import type { Allowed } from '../facts/facts.ts'
import { judgeUrl } from '../miniprogram/allowed.ts'
import type { Config } from '../miniprogram/config.ts'
import { hostKind } from '../miniprogram/host-kind.ts'
import { type Entry, LIST_NAMES, SCHEMES } from '../miniprogram/list.ts'
import { parseNetUrl } from '../miniprogram/net-url.ts'
import { DEFAULT_RULE_SET, type RuleSetId, ruleSets } from '../miniprogram/rule-set.ts'
import type { Place } from '../place.ts'
import type { Configuration, Invocation } from './invocation.ts'

export interface UserConfig {
  readonly config: Config
  readonly ruleSet: RuleSetId
}

export function userConfig({ flags, configuration: { config } }: Invocation): UserConfig {
  return { config, ruleSet: flags.value<RuleSetId>('ruleSet') ?? DEFAULT_RULE_SET }
}

/** Its targets, and the domains that speak TLS; `port` is that of a bare host. @throws UsageError that names file and key */
export function targetsOf({ config, file }: Configuration, port?: number): readonly Target[] {
  const { targets = [], domains = {} } = config
  const named = targets.map(({ text, place }, index) => {
    try {
      return { ...parseTarget(text, port), ...placed(place) }
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      const where = `${file}: targets[${index}]`
      const { en, 'zh-CN': zh } = error.text
      throw new UsageError({ en: `${where}: ${en}`, 'zh-CN': `${where}：${zh}` })
    }
  })
  const entries = LIST_NAMES.flatMap(name => domains[name] ?? []).filter(speaksTls)
  return [...named, ...entries.map(entry => ({ ...toTarget(entry), ...placed(entry.place) }))]
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

/** A place outside of the current folder is of no use to those who look into a repository. */
function placed(place: Place | null): Pick<Target, 'place'> {
  return place && !place.file.startsWith('..') ? { place } : {}
}

export function toTarget({ host, port }: Pick<Entry, 'host' | 'port'>): Target {
  return { input: host, host, port: port ?? 443, scheme: 'tls', path: null }
}
