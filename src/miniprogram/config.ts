/** The configuration of a user: what it may hold, read strictly, and its JSON Schema. */

import type { Place } from '../place.ts'
import { choice, fields, text, texts } from './field.ts'
import { type DomainList, LIST_NAMES, type ListName, parseEntry, splitPasted } from './list.ts'
import { RULE_SET_IDS, type RuleSetId } from './rule-set.ts'

export interface Config {
  readonly appid?: string
  readonly version?: string
  readonly ruleSet?: RuleSetId
  /** Absent where no list is given at all. */
  readonly domains?: DomainList
  readonly targets?: readonly string[]
  /** As `--warning` and `--critical` have it. */
  readonly thresholds?: { readonly warning?: string; readonly critical?: string }
  readonly ignore?: readonly string[]
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
  ignore: texts('Findings to leave out: RULE or RULE@HOST'),
})

/** Where the value at a path of keys stands in its file, if that is known. */
export type PlaceOf = (path: readonly string[]) => Place | null

/** @throws UsageError naming the key */
export function readConfig(value: unknown, placeOf: PlaceOf = () => null): Config {
  const { $schema: _, domains, ...rest } = CONFIG.read(value, '')
  return domains ? { ...rest, domains: toDomainList(domains, placeOf) } : rest
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
