/** An observation and a world to a verdict on every platform. Pure: no clock, no network, no file. */

import { formatAuthority } from '../connect/target.ts'
import { ChainBook } from '../facts/chain-book.ts'
import type { Allowed, NodeSummary, Thresholds } from '../facts/facts.ts'
import { MaterialView } from '../facts/material-view.ts'
import { isAnswer, NodeView } from '../facts/node-view.ts'
import { QuickView } from '../facts/quick-view.ts'
import { DEFAULT_THRESHOLDS } from '../facts/thresholds.ts'
import type { View } from '../facts/view.ts'
import { gradeOf, type Remarks, type Verdict, worstVerdict } from '../grade.ts'
import type { Hello } from '../hello.ts'
import { hellos } from '../hellos/index.ts'
import type { Material, Observation, RecordedError } from '../observation.ts'
import { APIS, type Api, type Family, type Platform, type Stack } from '../platform.ts'
import type { AddressResult, FindingResult, PlatformResult, TargetResult } from '../report.ts'
import type { Rule } from '../rule.ts'
import { rules } from '../rules/index.ts'
import { chosenPlatforms, type World } from '../world.ts'
import { cellResult, handshakeResult, type JudgedCell, judgeCell, Memo } from './cell.ts'
import { describeChain } from './chain.ts'
import { mergeFindings } from './findings.ts'
import { silence, whyUnreachable } from './unreachable.ts'

export interface JudgeOptions {
  /** Ids of the platforms to judge; default all of the world but references. */
  readonly platforms?: readonly string[] | undefined
  /** Ids of platforms that decide the status beside the current tier. */
  readonly named?: readonly string[] | undefined
  readonly apis?: readonly Api[] | undefined
  readonly thresholds?: Thresholds | undefined
  /** How long each API of the Mini Program waits, ms; default 60 s, which is also the most. */
  readonly timeouts?: Readonly<Partial<Record<Api, number>>> | undefined
  /** The Mini Program's domain list: what redirects lead to must be in it. */
  readonly allowed?: Allowed | undefined
  /** Families of clients that verify nothing, each with the rule that says why. */
  readonly unchecked?: Readonly<Partial<Record<Family, string>>> | undefined
  /** By id; default all rules. */
  readonly rules?: Readonly<Record<string, Rule>> | undefined
  /** The chains of this very observation in this very world, where they were read before. */
  readonly chains?: ChainBook | undefined
}

/**
 * Judges what was observed, as of `world.at`. Pure: the same observation and world give the same result.
 *
 * @example
 * ```js
 * import { readFileSync } from 'node:fs'
 * import { createWorld, decodeObservation, judge } from 'mpcert'
 *
 * const observation = decodeObservation(readFileSync('observation.json', 'utf8'), 'observation.json')
 * const { status, findings } = judge(observation, createWorld(observation.observedAt))
 * console.log(status) // fail
 * console.log(findings[0].message.en)
 * ```
 */
export function judge(
  observation: Observation,
  world: World,
  options: JudgeOptions = {},
): TargetResult {
  return judgeWithCells(observation, world, options).result
}

export interface JudgedTarget {
  readonly result: TargetResult
  /** Empty where nobody answered. */
  readonly cells: readonly JudgedCell[]
}

/** The same, with what the rules said of each cell. */
export function judgeWithCells(
  observation: Observation,
  world: World,
  options: JudgeOptions = {},
): JudgedTarget {
  return new Judgement(observation, world, options).judge()
}

type TargetNames = 'input' | 'host' | 'port' | 'servername'

class Judgement {
  private readonly observation: Observation
  private readonly world: World
  private readonly apis: readonly Api[]
  private readonly thresholds: Thresholds
  private readonly timeouts: NonNullable<JudgeOptions['timeouts']>
  private readonly allowed: Allowed | null
  private readonly unchecked: NonNullable<JudgeOptions['unchecked']>
  private readonly rules: ReadonlyMap<string, Rule>
  private readonly platforms: readonly Platform[]
  private readonly named: ReadonlySet<string>
  private readonly chains: ChainBook
  private readonly hellos: ReadonlyMap<string, Hello>
  private readonly views: readonly NodeView[]
  private readonly judgedAlone = new Map<NodeView, readonly JudgedCell[]>()

  constructor(observation: Observation, world: World, options: JudgeOptions) {
    this.observation = observation
    this.world = world
    this.apis = options.apis ?? APIS
    this.thresholds = options.thresholds ?? DEFAULT_THRESHOLDS
    this.timeouts = options.timeouts ?? {}
    this.allowed = options.allowed ?? null
    this.unchecked = options.unchecked ?? {}
    this.rules = new Map(Object.entries(options.rules ?? rules))
    this.named = new Set(options.named)
    this.platforms = chosenPlatforms(world, options.platforms)
    this.chains = options.chains ?? new ChainBook(observation, world)
    this.hellos = knownHellos([...world.platforms, ...world.references])
    this.views = observation.nodes.map(
      node => new NodeView(node, observation.target, this.hellos, this.chains),
    )
  }

  judge(): JudgedTarget {
    const { http, websocket, material, target } = this.observation
    const { input, host, port, servername, verifyName } = target
    if (material) {
      const view = new MaterialView(material, this.chains, this.liveView(material))
      const cells = this.judgeAll(view, [], null)
      const names = { input, host: verifyName, port: null, servername }
      return { result: { ...names, ...this.judged(cells, null) }, cells }
    }
    const common = { input, host, port, servername }
    const answers = this.views.find(({ firstAnswer }) => firstAnswer !== null)
    const primary = answers ?? this.plainHttpView()
    if (!primary) return { result: { ...common, ...this.unreachable() }, cells: [] }
    const summaries = this.views.map(view => this.summarize(view, primary))
    const web = http || websocket ? this.observation : null
    const cells = this.judgeAll(this.sight(primary), summaries, web)
    return { result: { ...common, ...this.judged(cells, primary) }, cells }
  }

  /** How far an address was looked at. */
  private sight(view: NodeView): View {
    return this.observation.quick ? new QuickView(view) : view
  }

  /** What stands there today: the address that answers. */
  private liveView({ live }: Material): NodeView | null {
    if (!live) return null
    const chains = new ChainBook(live, this.world)
    const views = live.nodes.map(node => new NodeView(node, live.target, this.hellos, chains))
    return views.find(({ firstAnswer }) => firstAnswer !== null) ?? null
  }

  /** All that follows from the cells, `primary` being the address that was judged. */
  private judged(
    cells: readonly JudgedCell[],
    primary: NodeView | null,
  ): Omit<TargetResult, TargetNames> {
    const counting = cells.filter(({ platform }) => this.counts(platform))
    const status = this.verdictOf(cells)
    const findings = this.findings(cells)
    const remarks: Remarks = {
      breaksSoon: counting.some(({ findings: own }) => own.some(({ breaksSoon }) => breaksSoon)),
      severities: findings.map(({ severity }) => severity),
    }
    return {
      status: status === 'not-checked' ? 'unknown' : status,
      grade: gradeOf(status, remarks),
      error: null,
      addresses: this.views.map(node =>
        this.address(
          node,
          node === primary ? cells : this.comparable(node, Object.keys(node.node.attempts)),
        ),
      ),
      platforms: this.platforms.map(platform => this.platformResult(platform, cells)),
      server: this.observation.quick ? null : (primary?.server ?? null),
      chains: this.chains.chains.map(booked => describeChain(booked, cells, this.world)),
      findings,
    }
  }

  /** The address that answers by plain HTTP alone: enough to be judged. */
  private plainHttpView(): NodeView | undefined {
    const { http } = this.observation
    if (http?.plain?.result.kind !== 'answered') return undefined
    return this.views.find(({ node }) => node.address.ip === http.ip)
  }

  /** Nobody answered: the record says why, and what was tried. */
  private unreachable(): Omit<TargetResult, TargetNames> {
    return {
      status: 'unreachable',
      grade: null,
      error: whyUnreachable(this.observation),
      addresses: this.views.map(view => this.address(view, [])),
      platforms: [],
      server: null,
      chains: [],
      findings: [],
    }
  }

  private findings(cells: readonly JudgedCell[]): readonly FindingResult[] {
    const { target, http, websocket } = this.observation
    const path = websocket ? new URL(websocket.url).pathname : (http?.path.split('?')[0] ?? '')
    const counts = (platform: Platform) => this.counts(platform)
    return mergeFindings(cells, { target, path, rules: this.rules, counts })
  }

  /** Without `nodes` and what is beyond TLS: as one address among others. */
  private judgeAll(
    view: View,
    nodes: readonly NodeSummary[],
    web: Observation | null,
  ): readonly JudgedCell[] {
    const { observation, world, thresholds, allowed, rules, chains } = this
    const circumstances = { target: observation.target, at: world.at, thresholds, allowed }
    const ground = { circumstances, view, chains, nodes, web, rules, memo: new Memo() }
    const judgeApi = (platform: Platform, stack: Stack, api: Api) => {
      const timeoutMs = this.timeouts[api] ?? MAX_TIMEOUT_MS
      return judgeCell({ platform, stack, api, timeoutMs }, ground)
    }
    return this.platforms.flatMap(platform =>
      platform.stacks.flatMap(stack => {
        const apis = stack.apis.filter(api => this.apis.includes(api))
        const why = this.unchecked[platform.family]
        if (why !== undefined) return apis.map(api => notChecked(platform, stack, api, why))
        const [first, ...others] = apis
        if (first === undefined) return []
        const judged = judgeApi(platform, stack, first)
        // Below HTTP all that a stack serves is served alike.
        const more = others.map(api => (web ? judgeApi(platform, stack, api) : { ...judged, api }))
        return [judged, ...more]
      }),
    )
  }

  /** What can be compared: the cells whose hello this address was asked with. */
  private comparable(view: NodeView, hellos: readonly string[]): readonly JudgedCell[] {
    const cells = this.judgedAlone.get(view) ?? this.judgeAll(this.sight(view), [], null)
    this.judgedAlone.set(view, cells)
    if (this.observation.quick) return cells
    return cells.filter(({ stack }) => hellos.includes(stack.hello.id))
  }

  private summarize(view: NodeView, primary: NodeView): NodeSummary {
    const { address, reach, attempts } = view.node
    const error = this.errorOf(view)
    const state = error === null ? NODE_STATES[reach.state] : stateOf(error)
    if (view === primary || state !== 'answered') return { address, state, error, differs: null }
    const asked = Object.keys(attempts)
    const [own, others] = [this.comparable(view, asked), this.comparable(primary, asked)]
    // What nobody could find out is no difference.
    const sameVerdicts = own.every((cell, index) => {
      const verdicts = [cell.verdict, others[index]?.verdict]
      return verdicts[0] === verdicts[1] || verdicts.includes('unknown')
    })
    const sameChain = own.every((cell, index) => {
      const other = others[index]?.chain ?? null
      return cell.chain === null || other === null || cell.chain === other
    })
    const differs = sameVerdicts ? (sameChain ? null : 'certificate') : 'verdict'
    return { address, state, error, differs }
  }

  /** Why this address gave no answer; null where it did, or was not asked. */
  private errorOf({ node: { address, reach, attempts } }: NodeView): RecordedError | null {
    if (reach.state === 'failed') return reach.error
    const all = Object.values(attempts)
    if (reach.state !== 'connected' || all.length === 0 || all.some(isAnswer)) return null
    const failed = all.find(attempt => attempt.kind === 'failed')
    const where = formatAuthority(address.ip, this.observation.target.port)
    return failed?.kind === 'failed' ? failed.error : silence(where)
  }

  private address(view: NodeView, cells: readonly JudgedCell[]): AddressResult {
    const { address } = view.node
    const error = this.errorOf(view)
    const shown = view.firstAnswer
    const chain = shown && 'server' in shown ? this.chains.find(shown.server.chain) : null
    return {
      ip: address.ip,
      family: address.family,
      status: error === null ? this.verdictOf(cells) : ADDRESS_STATUS[stateOf(error)],
      error,
      chain: chain?.chain.id ?? null,
      handshake: handshakeResult(shown),
    }
  }

  private verdictOf(cells: readonly JudgedCell[]): Verdict {
    const counting = cells.filter(({ platform }) => this.counts(platform))
    return worstVerdict(counting.map(({ verdict }) => verdict))
  }

  private platformResult(platform: Platform, cells: readonly JudgedCell[]): PlatformResult {
    const own = cells.filter(cell => cell.platform === platform)
    const verdict: Verdict = worstVerdict(own.map(cell => cell.verdict))
    const findings = own.flatMap(cell => cell.findings)
    return {
      id: platform.id,
      family: platform.family,
      title: platform.title,
      since: platform.since,
      tier: platform.tier,
      counts: this.counts(platform),
      verdict,
      grade: gradeOf(verdict, {
        breaksSoon: findings.some(({ breaksSoon }) => breaksSoon),
        severities: findings.map(({ severity }) => severity),
      }),
      cells: this.apis.flatMap(api => own.filter(cell => cell.api === api).map(cellResult)),
    }
  }

  private counts({ tier, id }: Platform): boolean {
    return tier === 'current' || this.named.has(id)
  }
}

function notChecked(platform: Platform, stack: Stack, api: Api, why: string): JudgedCell {
  const nothing = { findings: [], chain: null, handshake: null, trust: null }
  // Nothing is judged, with a borrowed hello or without.
  const unborrowed = { ...stack, borrowed: null }
  return { platform, stack: unborrowed, api, verdict: 'not-checked', reasons: [why], ...nothing }
}

/** Default and maximum of the platform (row 13). */
const MAX_TIMEOUT_MS = 60_000

const NODE_STATES = {
  connected: 'answered',
  failed: 'unreachable',
  'no-route': 'no-route',
  'not-probed': 'not-probed',
} as const

/** What a proxy refuses says nothing of the address. */
function stateOf({ code }: RecordedError): 'unreachable' | 'not-probed' {
  return code === 'ERR_PROXY' ? 'not-probed' : 'unreachable'
}

const ADDRESS_STATUS = { unreachable: 'unreachable', 'not-probed': 'unknown' } as const

/** By id: what the platforms send, and our own. */
function knownHellos(platforms: readonly Platform[]): ReadonlyMap<string, Hello> {
  const sent = platforms.flatMap(({ stacks }) => stacks.map(({ hello }) => hello))
  return new Map([...Object.values(hellos), ...sent].map(hello => [hello.id, hello]))
}
