/** The client that a user brings: its hello as it was captured, and the judgement of the known client it looks like. */

import { sha256Hex, utf8 } from '../bytes.ts'
import { nearestHello } from '../capture/nearest.ts'
import type { Hello } from '../hello.ts'
import { hellos } from '../hellos/index.ts'
import { NO_LIMITS } from '../limits.ts'
import { APIS, OWN_CLIENT, type Platform, type Stack } from '../platform.ts'
import { RFC5280 } from '../policy.ts'
import type { Stores } from '../stores/store.ts'
import { same, type Text } from '../text.ts'
import type { ParsedHello } from '../wire/parse-client-hello.ts'
import { toSpec } from '../wire/replay-hello.ts'

export interface OwnClient {
  readonly platform: Platform
  /** The known hello it looks like. */
  readonly nearest: Hello | null
}

export interface Known {
  readonly platforms: readonly Platform[]
  readonly stores: Stores
}

/** `title` names it in reports; `date` is the day it was read, such as `2026-06-25`. */
export function ownClient(
  parsed: ParsedHello,
  title: string,
  date: string,
  { platforms, stores }: Known,
): OwnClient {
  const spec = toSpec(parsed)
  const sent = platforms.flatMap(({ stacks }) => stacks.map(({ hello }) => hello))
  const clients = Object.values(hellos).filter(({ aside }) => !aside)
  const nearest = nearestHello(spec, [...clients, ...sent])
  const [relative, stack] = relativeOf(nearest, platforms)
  const hello: Hello = {
    id: `${OWN_CLIENT}-${sha256Hex(utf8(JSON.stringify(spec))).slice(0, 8)}`,
    title: same(title),
    evidence: 'captured',
    sources: [title],
    date,
    doubts: [],
    spec,
  }
  const platform: Platform = {
    id: OWN_CLIENT,
    family: 'reference',
    title: same(title),
    since: '0',
    tier: 'reference',
    stores: relative?.stores ?? [{ name: 'mozilla', version: newest(stores) }],
    stacks: [{ ...(stack ?? UNKNOWN), apis: APIS, hello, borrowed: null }],
    sources: [title, ...(relative?.sources ?? [])],
    notes: [relative ? judgedAs(relative) : NOT_KNOWN],
  }
  return { platform, nearest }
}

/** The newest platform with a stack that sends this hello as its own. */
function relativeOf(
  nearest: Hello | null,
  platforms: readonly Platform[],
): readonly [Platform, Stack] | readonly [] {
  const own = platforms.flatMap(platform =>
    platform.stacks
      .filter(({ hello, borrowed }) => hello.id === nearest?.id && borrowed === null)
      .map(stack => [platform, stack] as const),
  )
  return own.at(-1) ?? []
}

/** Nobody's rules: what RFC 5280 demands of every client, and no more. */
const UNKNOWN: Omit<Stack, 'apis' | 'hello' | 'borrowed'> = {
  name: OWN_CLIENT,
  ats: null,
  policy: { ...RFC5280, profile: 'client' },
  limits: NO_LIMITS,
  ct: null,
  fetchesIssuers: 'doubtful',
}

function newest({ tables }: Stores): string {
  const mozilla = tables.find(({ name }) => name === 'mozilla')
  return mozilla?.versions.at(-1)?.version ?? '0'
}

function judgedAs({ title }: Platform): Text {
  return {
    en: `Trust is judged as by ${title.en}.`,
    'zh-CN': `信任按 ${title['zh-CN']} 判定。`,
  }
}

const NOT_KNOWN: Text = {
  en: "Its rules of trust are not known: it is judged by Mozilla's newest list and RFC 5280 alone.",
  'zh-CN': '其信任规则未知：仅按 Mozilla 最新根证书库与 RFC 5280 判定。',
}
