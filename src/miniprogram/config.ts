/** The configuration of a user: what it may hold, read strictly, and its JSON Schema. */

import { UsageError } from '../errors.ts'
import type { Place } from '../place.ts'
import {
  choice,
  fields,
  listOf,
  type SettingValue,
  settings,
  shortOr,
  text,
  texts,
} from './field.ts'
import { type DomainList, LIST_NAMES, type ListName, parseEntry, splitPasted } from './list.ts'
import { RULE_SET_IDS, type RuleSetId } from './rule-set.ts'

export interface Config {
  readonly appid?: string
  readonly version?: string
  readonly ruleSet?: RuleSetId
  /** Absent where no list is given at all. */
  readonly domains?: DomainList
  readonly targets?: readonly NamedTarget[]
  /** As `--warning` and `--critical` have it. */
  readonly thresholds?: { readonly warning?: string; readonly critical?: string }
  /** Findings to set aside. */
  readonly ignore?: readonly IgnoreEntry[]
  /** Flags by their long names, as on the command line. */
  readonly flags?: Readonly<Record<string, SettingValue>>
}

export interface NamedTarget {
  /** As written. */
  readonly text: string
  /** Where the configuration says so; null where that is code. */
  readonly place: Place | null
}

export interface IgnoreEntry {
  readonly rule: string
  /** A host, a host and port, or `*.example.com` for all below; null for every target. */
  readonly target: string | null
  /** A platform, a family or a tier; null for all. */
  readonly platform: string | null
  readonly reason: string | null
  /** The last day on which it holds, such as `2027-03-15`. */
  readonly until: string | null
  /** Where it stands, such as `ignore[0]`. */
  readonly where: string
}

const list = (name: ListName) =>
  texts(
    `Domains of the ${name} list: an array, or the text of the console (semicolons, commas, blanks, lines)`,
    splitPasted,
  )

const CONFIG = fields('Configuration of mpcert', {
  $schema: text('This schema', /./, './node_modules/mpcert/dist/config.schema.json'),
  appid: text(
    'AppID of the Mini Program',
    /^(?:wx[0-9a-f]{16}|touristappid)$/,
    `wx${'0'.repeat(16)}`,
  ),
  version: text('Version in the Referer', /^[\w.-]+$/, '1'),
  ruleSet: choice('Revision of the platform document', RULE_SET_IDS),
  domains: fields('The domain list, per API', {
    request: list('request'),
    upload: list('upload'),
    download: list('download'),
    socket: list('socket'),
    udp: list('udp'),
    tcp: list('tcp'),
    business: list('business'),
  }),
  targets: texts('What mpcert check checks beside the domains'),
  thresholds: fields('Time left of a certificate', {
    warning: text('Warns below', /^\d+(?:\.\d+)?(?:d|h|%)$/, '30d'),
    critical: text('Graded C below', /^\d+(?:\.\d+)?(?:d|h|%)$/, '7d'),
  }),
  ignore: listOf(
    'Findings to set aside',
    shortOr(
      text('RULE or RULE@HOST', /^[a-z0-9-]+(?:@\S+)?$/, 'cert-expiring@old.example.com'),
      fields('A finding to set aside', {
        rule: text('The rule', /^[a-z0-9-]+$/, 'cert-expiring'),
        target: text('A host, host:port, or *.example.com', /^\S+$/, 'old.example.com'),
        platform: text('A platform, a family or a tier', /^[\w.-]+$/, 'android-7.0'),
        reason: text('Why', /\S/, 'Is switched off next month'),
        until: text('The last day on which it holds', /^\d{4}-\d{2}-\d{2}$/, '2027-03-15'),
      }),
    ),
  ),
  flags: settings('Flags by their long names, such as {"fail-on": "warn", "timeout": "5s"}'),
})

/** Where the value at a path of keys stands in its file, if that is known. */
export type PlaceOf = (path: readonly string[]) => Place | null

/** @throws UsageError naming the key */
export function readConfig(value: unknown, placeOf: PlaceOf = () => null): Config {
  const { $schema: _, domains, ignore, targets, ...rest } = CONFIG.read(value, '')
  return {
    ...rest,
    ...(ignore ? { ignore: ignore.map((one, index) => toIgnore(one, `ignore[${index}]`)) } : {}),
    ...(targets ? { targets: targets.map(toNamed(placeOf)) } : {}),
    ...(domains ? { domains: toDomainList(domains, placeOf) } : {}),
  }
}

function toNamed(placeOf: PlaceOf): (text: string, index: number) => NamedTarget {
  return (text, index) => ({ text, place: placeOf(['targets', String(index)]) })
}

/** @throws UsageError where a part is missing or no day of the calendar */
export function toIgnore(
  given: string | Readonly<Partial<Omit<IgnoreEntry, 'where'>>>,
  where: string,
): IgnoreEntry {
  const [rule = '', target] = typeof given === 'string' ? given.split(/@(.*)/s) : []
  const entry = typeof given === 'string' ? { rule, target: target || null } : given
  if (!entry.rule)
    throw new UsageError({ en: `${where}: rule is missing`, 'zh-CN': `${where}：缺少 rule` })
  const { until = null } = entry
  if (until !== null && !isDay(until))
    throw new UsageError({
      en: `${where}.until: not a day: ${until}`,
      'zh-CN': `${where}.until：无效的日期：${until}`,
    })
  return { target: null, platform: null, reason: null, ...entry, rule: entry.rule, until, where }
}

function isDay(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}

export const configSchema: Readonly<Record<string, unknown>> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:mpcert:config:1.0',
  title: 'mpcert configuration',
  ...CONFIG.schema,
}

/** Each domain once. */
function toDomainList(
  domains: Readonly<Partial<Record<ListName, readonly string[]>>>,
  placeOf: PlaceOf,
): DomainList {
  const lists = LIST_NAMES.flatMap(name => {
    const given = domains[name]
    if (!given) return []
    const entries = given.map((one, index) => {
      const at = ['domains', name]
      const place = placeOf([...at, String(index)]) ?? placeOf(at)
      return parseEntry(one, name, at.join('.'), place)
    })
    const unique = new Map(
      entries.map(entry => [`${entry.scheme}://${entry.host}:${entry.port}`, entry] as const),
    )
    return [[name, [...unique.values()]] as const]
  })
  return Object.fromEntries(lists)
}
