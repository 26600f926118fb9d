/** One target from name to verdict: observe, look for missing issuers, judge. */
import { createFetcher, type Fetcher } from './connect/fetch.ts'
import type { Target } from './connect/target.ts'
import { fetchIssuers } from './facts/fetch-issuers.ts'
import { fetchRevocation } from './facts/fetch-revocation.ts'
import type { Hello } from './hello.ts'
import type { Fleet } from './judge/fleet.ts'
import { type JudgedTarget, type JudgeOptions, judgeWithCells } from './judge/judge.ts'
import type { Observation } from './observation.ts'
import { type ObserveOptions, observe } from './observe/observe.ts'
import { APIS } from './platform.ts'
import type { TargetResult } from './report.ts'
import { chosenPlatforms, type World } from './world.ts'
import type { Certificate } from './x509/certificate.ts'

export interface CheckOptions extends Omit<ObserveOptions, 'hellos'>, JudgeOptions {
  /** Fetches missing issuers, and what is asked about revocation; `offline` asks nobody. */
  readonly fetcher?: Fetcher | undefined
  /** Also asks OCSP responders and CRLs; what the server staples is judged in any case. */
  readonly revocation?: boolean | undefined
}

export interface Checked {
  readonly observation: Observation
  readonly result: TargetResult
}

/**
 * Observes a server, looks for issuers that it does not send, and judges what was seen. What the server does wrong
 * is in the result; it throws only for bugs.
 * @throws UsageError where the client certificate or its key cannot be used
 *
 * @example
 * ```js
 * import { check, createWorld, parseTarget } from 'mpcert'
 *
 * const world = createWorld(Date.now())
 * const { result } = await check(parseTarget('127.0.0.1:8443'), world, { timeoutMs: 5000 })
 * console.log(result.status, result.grade) // fail F
 * console.log(result.findings.some(finding => finding.rule === 'cert-self-signed')) // true
 * ```
 */
export async function checkTarget(
  target: Target,
  world: World,
  options: CheckOptions = {},
): Promise<Checked> {
  const { observation, result } = await judgeSeen(await see(target, world, options), world, options)
  return { observation, result }
}

/** The same for one of many: what was made of its kin holds for it. */
export async function checkMember(
  target: Target,
  world: World,
  options: CheckOptions,
  fleet: Fleet,
): Promise<Checked> {
  const seen = await see(target, world, options)
  const known = fleet.recall(seen)
  if (known) return known
  const { observation, result, cells, leaf } = await judgeSeen(seen, world, options)
  fleet.remember(seen, { observation, result }, leaf, cells)
  return { observation, result }
}

function see(target: Target, world: World, options: CheckOptions): Promise<Observation> {
  return observe(target, { ...options, hellos: judgedHellos(world, options) })
}

interface JudgedSight extends Checked, JudgedTarget {
  /** That of the first chain. */
  readonly leaf: Certificate | null
}

async function judgeSeen(
  seen: Observation,
  world: World,
  options: CheckOptions,
): Promise<JudgedSight> {
  const fetcher = options.fetcher ?? createFetcher()
  const completed = await fetchIssuers(seen, world, fetcher)
  const { observation, chains } = options.revocation
    ? await fetchRevocation(completed, world, fetcher)
    : completed
  const leaf = chains.chains[0]?.leaf ?? null
  return { observation, leaf, ...judgeWithCells(observation, world, { ...options, chains }) }
}

/** What the judged stacks send, each once; the one that most of them share comes first. */
export function judgedHellos(
  world: World,
  { platforms: wanted, apis = APIS }: Pick<JudgeOptions, 'platforms' | 'apis'>,
): readonly Hello[] {
  const shares = new Map<string, { readonly hello: Hello; count: number }>()
  for (const { stacks } of chosenPlatforms(world, wanted))
    for (const { hello, apis: served } of stacks) {
      if (!served.some(api => apis.includes(api))) continue
      const share = shares.get(hello.id) ?? { hello, count: 0 }
      share.count++
      shares.set(hello.id, share)
    }
  return [...shares.values()].sort((a, b) => b.count - a.count).map(({ hello }) => hello)
}
