/** One API of one platform: every rule applied to it, and what comes of that. */
import { cellFacts, clientFacts } from '../facts/cell-facts.ts'
import type { ChainBook } from '../facts/chain-book.ts'
import { knownValues } from '../facts/fact.ts'
import type { Cell, CellFacts, Facts, NodeSummary, Trust } from '../facts/facts.ts'
import { Kinds } from '../facts/kinds.ts'
import { acceptedFlight } from '../facts/node-view.ts'
import { protocolName } from '../facts/protocols.ts'
import type { View } from '../facts/view.ts'
import type { WebObservation } from '../facts/web.ts'
import { cellVerdict, isOpen, type Verdict } from '../grade.ts'
import type { Attempt, Fact } from '../observation.ts'
import type { Api, Platform, Stack } from '../platform.ts'
import type { CellResult, HandshakeResult } from '../report.ts'
import { applyRule, type Finding, type Outcome, type Rule } from '../rule.ts'
import { groupName, schemeName, suiteName, versionName } from '../wire/names.ts'
import type { ServerFlight } from '../wire/outcome.ts'
import type { Certificate } from '../x509/certificate.ts'

/** What all rules make of a cell. */
export interface Judged {
  readonly verdict: Verdict
  readonly findings: readonly Finding[]
  /** Rule ids, the one that matters first. */
  readonly reasons: readonly string[]
  /** Chain id. */
  readonly chain: string | null
  readonly handshake: HandshakeResult | null
}

export interface JudgedCell extends Judged {
  readonly platform: Platform
  readonly stack: Stack
  readonly api: Api
  readonly trust: Trust | null
}

/** Who asks, and for what; `timeoutMs` is how long that API waits. */
export interface Client {
  readonly platform: Platform
  readonly stack: Stack
  readonly api: Api
  readonly timeoutMs: number
}

/** What all cells of one address share. */
export interface Ground {
  readonly circumstances: Pick<Cell, 'target' | 'at' | 'thresholds' | 'allowed'>
  readonly view: View
  readonly chains: ChainBook
  readonly nodes: readonly NodeSummary[]
  /** What was asked of this address beyond TLS. */
  readonly web: WebObservation | null
  readonly rules: ReadonlyMap<string, Rule>
  readonly memo: Memo
}

/** What the rules said of one address so far, by what they saw: most releases of a system see the same. */
export class Memo {
  readonly judged = new Map<string, Judged>()
  readonly trusts = new Kinds<Fact<Trust>>(describeTrust)
}

export function judgeCell(client: Client, ground: Ground): JudgedCell {
  const { platform, stack, api, timeoutMs } = client
  const { view, web, memo } = ground
  const { family, tier } = platform
  const facts = clientFacts(view, platform, stack)
  const { trust, listing, live } = facts
  const who = `${family} ${tier} ${web ? api : ''} ${stacks.of(stack)}`
  const isTrustedNow = live.state === 'known' && live.value.trusted
  const seen = `${who} ${listing.state} ${memo.trusts.of(trust)} ${isTrustedNow}`
  let judged = memo.judged.get(seen)
  if (!judged) {
    const cell = { ...ground.circumstances, family, tier, stack, api, timeoutMs }
    const { chains, nodes, rules } = ground
    judged = judgeFacts(rules, cellFacts(view, facts, cell, chains, nodes, web), cell)
    memo.judged.set(seen, judged)
  }
  const { verdict, findings, reasons, chain, handshake } = judged
  const seenBy = { platform, stack, api, trust: trust.state === 'known' ? trust.value : null }
  return { ...seenBy, verdict, findings, reasons, chain, handshake }
}

function judgeFacts(rules: ReadonlyMap<string, Rule>, facts: CellFacts, cell: Cell): Judged {
  const { chain, attempt } = facts
  const values = knownValues<Facts>(facts)
  const outcomes: Outcome[] = []
  for (const [id, rule] of rules) {
    const outcome = applyRule(id, rule, facts, values, cell)
    // Most rules have nothing to say.
    if (outcome.state !== 'pass' && outcome.state !== 'not-applicable') outcomes.push(outcome)
  }
  return {
    verdict: cellVerdict(outcomes),
    findings: findingsOf(outcomes),
    reasons: reasonsOf(outcomes, rules),
    chain: chain.state === 'known' ? chain.value.id : null,
    handshake: attempt.state === 'known' && !objects(facts) ? handshakeResult(attempt.value) : null,
  }
}

/** The client breaks off, so that nothing comes of the server's choice. */
function objects({ objection }: CellFacts): boolean {
  return objection.state === 'known' && objection.value !== null
}

function findingsOf(outcomes: readonly Outcome[]): readonly Finding[] {
  return outcomes.flatMap(outcome => {
    if (outcome.state === 'found') return outcome.findings
    return outcome.state === 'broken' ? [breakage(outcome.rule, outcome.error)] : []
  })
}

/** A rule that threw is shown: what it would have said is not known. */
function breakage(rule: string, error: string): Finding {
  return {
    rule,
    severity: 'info',
    about: 'broken',
    breaksSoon: false,
    message: {
      en: `this rule broke, which is a bug in mpcert: ${error}`,
      'zh-CN': `该规则执行出错，这是 mpcert 的缺陷：${error}`,
    },
    fix: null,
    evidence: { error },
  }
}

/** Stacks that judge alike: all other facts of a cell follow from its stack and from the address. */
const stacks = new Kinds<Stack>(stack =>
  JSON.stringify({ ...stack, hello: stack.hello.id, borrowed: null }),
)

/** Equal for paths of the same certificates, and for the same reasons against them. */
function describeTrust(fact: Fact<Trust>): string {
  return JSON.stringify(fact, (_, value: unknown) => (isCertificate(value) ? value.sha256 : value))
}

function isCertificate(value: unknown): value is Certificate {
  return typeof value === 'object' && value !== null && 'tbs' in value
}

export function cellResult({
  api,
  verdict,
  handshake,
  chain,
  trust,
  reasons,
  stack,
}: JudgedCell): CellResult {
  const path = trust?.path?.map(({ sha256 }) => sha256) ?? null
  return {
    api,
    verdict,
    handshake,
    chain,
    path,
    anchor: path?.at(-1) ?? null,
    reasons,
    borrowed: stack.borrowed ? stack.hello.id : null,
  }
}

/** What was negotiated, as far as it went; null where the hello was not accepted. */
export function handshakeResult(attempt: Attempt | null): HandshakeResult | null {
  const flight = attempt && acceptedFlight(attempt)
  return flight ? describeFlight(flight) : null
}

function describeFlight({
  version,
  cipher,
  group,
  signatureScheme,
}: ServerFlight): HandshakeResult {
  return {
    protocol: version === null ? '' : (protocolName(version) ?? versionName(version)),
    cipher: cipher === null ? '' : suiteName(cipher),
    group: group === null ? null : groupName(group),
    signatureScheme: signatureScheme === null ? null : schemeName(signatureScheme),
  }
}

/** Errors, then what is open, then warnings; within each by the rules' own rank. */
function reasonsOf(
  outcomes: readonly Outcome[],
  rules: ReadonlyMap<string, Rule>,
): readonly string[] {
  const weight = (outcome: Outcome) => {
    if (isOpen(outcome)) return 1
    if (outcome.state !== 'found') return null
    if (outcome.findings.some(({ severity }) => severity === 'error')) return 0
    return outcome.findings.some(({ severity }) => severity === 'warn') ? 2 : null
  }
  return outcomes
    .flatMap(outcome => {
      const group = weight(outcome)
      return group === null
        ? []
        : [{ id: outcome.rule, group, rank: rules.get(outcome.rule)?.rank ?? 0 }]
    })
    .sort((a, b) => a.group - b.group || a.rank - b.rank)
    .map(({ id }) => id)
}
