/** Which of a message's causes a server shows: its check, held against the rules that each cause names. */
import { type CheckOptions, checkTarget } from '../check.ts'
import { formatAuthority, parseTarget, type Target } from '../connect/target.ts'
import type { Cause, Message } from '../dialect.ts'
import type { FactName } from '../facts/facts.ts'
import type { RecordedError } from '../observation.ts'
import type { Family } from '../platform.ts'
import type { FindingResult, PlatformResult, TargetResult } from '../report.ts'
import type { Rule } from '../rule.ts'
import { rules } from '../rules/index.ts'
import { EXIT } from './exit.ts'
import type { Invocation } from './invocation.ts'
import { workOn } from './pipeline.ts'
import { startProgress } from './progress.ts'
import { proxiesFor } from './proxy.ts'
import { connectOptionsFrom, judgeOptionsFrom, worldFrom } from './setup.ts'
import { hintAboutAge } from './store-age.ts'
import { standardPort } from './targets.ts'
import { allowedBy, userConfig } from './user-config.ts'
import { webOptionsFrom } from './web.ts'

/** `elsewhere`: nothing that is asked of a server from here can show it. */
export type CauseState = 'found' | 'ruled-out' | 'open' | 'elsewhere'

export interface Diagnosis {
  /** `host`, with its port where that is not 443. */
  readonly name: string
  /** What the server is, with the findings of the causes alone. */
  readonly target: TargetResult
  readonly states: ReadonlyMap<Cause, CauseState>
  readonly exitCode: number
}

/** Ends 1 where the server shows a cause, 3 where it could not be found out, else 0; null where it was interrupted. */
export async function diagnose(
  message: Message,
  name: string,
  invocation: Invocation,
): Promise<Diagnosis | null> {
  const { flags, signal } = invocation
  const target = parseTarget(name, await standardPort(flags))
  const [proxy] = proxiesFor([target], invocation)
  const world = await worldFrom(invocation)
  const applied = new Set<string>()
  const user = userConfig(invocation)
  const options: CheckOptions = {
    ...connectOptionsFrom(invocation),
    ...judgeOptionsFrom(flags, world),
    allowed: allowedBy(user),
    web: await webOptionsFrom(invocation, user),
    revocation: !flags.negated('fetch') && message.causes.some(asksRevocation),
    rules: watched(message, applied),
    proxy,
    signal,
  }
  hintAboutAge(invocation, world, options.platforms)
  const progress = await startProgress(invocation, 1)
  try {
    const check = () => checkTarget(target, world, { ...options, onProgress: progress.update })
    for await (const { result } of workOn([target], { limit: 1 }, check, signal))
      return conclude(message, target, result, applied)
    return null
  } finally {
    progress.stop()
  }
}

function conclude(
  message: Message,
  { host, port }: Target,
  result: TargetResult,
  applied: ReadonlySet<string>,
): Diagnosis {
  const isMet = meets(message, result.platforms)
  const findings = result.findings.filter(
    finding =>
      isMet(finding) &&
      message.causes.some(({ rules: ids }) => ids.some(id => id === finding.rule)),
  )
  const stateOfRule = ruleStates(message, result, findings, applied)
  const states = new Map(
    message.causes.map(cause => [cause, stateOf(cause, result.error, stateOfRule)]),
  )
  return {
    name: port === 443 ? host : formatAuthority(host, port),
    target: { ...result, findings },
    states,
    exitCode: exitCodeOf(findings, result, [...states.values()]),
  }
}

function exitCodeOf(
  findings: readonly FindingResult[],
  { error }: TargetResult,
  states: readonly CauseState[],
): number {
  if (findings.length > 0) return EXIT.findings
  return error !== null || states.includes('open') ? EXIT.unknown : EXIT.ok
}

function stateOf(
  { rules: ids, unreachable = [] }: Cause,
  error: RecordedError | null,
  stateOfRule: (id: string) => CauseState,
): CauseState {
  if (error && [error.code, error.system ?? ''].some(code => unreachable.includes(code)))
    return 'found'
  const states = ids.filter(id => id in rules).map(stateOfRule)
  return STRONGEST.find(state => states.includes(state)) ?? 'elsewhere'
}

const STRONGEST = ['found', 'open', 'ruled-out'] as const

/** What did not apply to any client is ruled out where a handshake went as far as the chain: it came past it. */
function ruleStates(
  { scope }: Message,
  { platforms }: TargetResult,
  findings: readonly FindingResult[],
  applied: ReadonlySet<string>,
): (id: string) => CauseState {
  const open = new Set(
    platforms
      .filter(({ family }) => isOneOf(family, scope?.families))
      .flatMap(({ cells }) => cells.filter(({ api }) => isOneOf(api, scope?.apis)))
      .flatMap(({ reasons }) => reasons),
  )
  const needsOf = (id: string) => byId[id]?.needs ?? []
  const isChainJudged = [...applied].some(id => needsOf(id).includes('trust'))
  return id => {
    if (findings.some(({ rule }) => rule === id)) return 'found'
    if (open.has(id)) return 'open'
    const isPast = isChainJudged && needsOf(id).every(name => OF_EVERY_HANDSHAKE.has(name))
    return applied.has(id) || isPast ? 'ruled-out' : 'open'
  }
}

const byId: Readonly<Record<string, Rule>> = rules

/** What a handshake tells without being asked; all else may not have been asked for. */
const OF_EVERY_HANDSHAKE: ReadonlySet<FactName> = new Set<FactName>([
  'attempt',
  'refusal',
  'objection',
  'flight',
  'accepted',
  'chain',
  'leaf',
  'faults',
  'listing',
  'trust',
  'scts',
  'protocols',
])

/** Whether a finding concerns somebody who meets the message. */
function meets(
  { scope }: Message,
  platforms: readonly PlatformResult[],
): (finding: FindingResult) => boolean {
  const families = new Map<string, Family>(platforms.map(({ id, family }) => [id, family]))
  return finding =>
    finding.apis.some(api => isOneOf(api, scope?.apis)) &&
    finding.platforms.some(id => isOneOf(families.get(id), scope?.families))
}

/** All rules; those that a client in question was held against are noted. */
function watched({ scope }: Message, applied: Set<string>): Readonly<Record<string, Rule>> {
  const watch = ([id, rule]: readonly [string, Rule]) => {
    const check: Rule['check'] = (facts, cell) => {
      if (isOneOf(cell.family, scope?.families) && isOneOf(cell.api, scope?.apis)) applied.add(id)
      return rule.check(facts, cell)
    }
    return [id, { ...rule, check }] as const
  }
  return Object.fromEntries(Object.entries(rules).map(watch))
}

function isOneOf<Item>(item: Item | undefined, items: readonly Item[] | undefined): boolean {
  return items === undefined || (item !== undefined && items.includes(item))
}

function asksRevocation({ rules: ids }: Cause): boolean {
  return ids.includes('cert-revoked')
}
