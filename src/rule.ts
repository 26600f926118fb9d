/** The contract of a rule: facts and one client in, findings out. A rule is data and pure functions; its id is its file name. */
import { isNotApplicable } from './facts/fact.ts'
import type { Cell, CellFacts, FactName, Facts } from './facts/facts.ts'
import type { Fact } from './observation.ts'
import type { Text } from './text.ts'

export const SEVERITIES = ['error', 'warn', 'info'] as const
export type Severity = (typeof SEVERITIES)[number]

/** What every rule can say, whatever it looks at. */
export interface RuleWords<Args = unknown> {
  /** What it says at worst; a finding may say less. */
  readonly severity: Severity
  /** The statement it checks: a row of the platform document, or what stands beside it. */
  readonly statement: Text
  readonly sources: readonly string[]
  readonly title: Text
  /** Arguments to show what it would say: for `explain`, and for tests of the words. */
  readonly example: NoInfer<Args>
  message(args: Args): Text
  fix(args: Args): Fix | null
}

/** What one rule says of one cell. */
export interface Rule<
  Args = unknown,
  Name extends FactName = FactName,
  More extends FactName = FactName,
> extends RuleWords<Args> {
  /** Where its reason stands among several, 0 first: what makes the others moot comes before them. */
  readonly rank: number
  /** The facts that `check` must see; where one is unknown the rule answers `unknown`, never `pass`. */
  readonly needs: readonly Name[]
  /** Facts that let it see more: where one is unknown, what was found without it counts, and nothing is no `pass`. */
  readonly uses?: readonly More[]
  check(
    facts: Pick<Facts, Name> & Partial<Pick<Facts, More>>,
    cell: Cell,
  ): readonly Emission<Args>[]
}

export interface Emission<Args> {
  readonly args: Args
  /** The rule's own severity unless said otherwise. */
  readonly severity?: Severity
  /** Tells two findings of one rule apart in fingerprints: never a certificate, a date or an address. */
  readonly about?: string
  /** Something ends within the critical threshold. */
  readonly breaksSoon?: boolean
}

/** What to do about it: one text, lines to paste by server software, and the way through a cloud's console. */
export interface Fix {
  readonly text: Text
  readonly snippets?: Readonly<Partial<Record<ServerSoftware, string>>>
  readonly consoles?: Readonly<Partial<Record<CloudService, Text>>>
}

export type ServerSoftware = 'nginx' | 'apache' | 'caddy' | 'iis' | 'tomcat' | 'openssl'
export type CloudService = 'tencent-clb' | 'tencent-cdn' | 'alibaba-slb'

/** An emission of one rule about one cell, with its words. */
export interface Finding {
  readonly rule: string
  readonly severity: Severity
  readonly about: string
  readonly breaksSoon: boolean
  readonly message: Text
  readonly fix: Fix | null
  readonly evidence: unknown
}

export type Outcome = { readonly rule: string; readonly severity: Severity } & (
  | { readonly state: 'pass' | 'not-applicable' }
  | { readonly state: 'unknown'; readonly missing: readonly FactName[] }
  | { readonly state: 'found'; readonly findings: readonly Finding[] }
  /** The rule threw: shown as such, never taken for a pass. */
  | { readonly state: 'broken'; readonly error: string }
)

/** Types a rule by what it needs and what it says; returns it as it is. */
export function defineRule<const Name extends FactName, Args, const More extends FactName = never>(
  rule: Rule<Args, Name, More>,
): Rule<Args, Name, More> {
  return rule
}

/** Applies one rule to one cell; never throws. `values` are those of the known facts. */
export function applyRule(
  id: string,
  rule: Rule,
  facts: CellFacts,
  values: Partial<Facts>,
  cell: Cell,
): Outcome {
  // No spreads in here: they would take longer than most rules.
  const { severity } = rule
  let missing: FactName[] | null = null
  for (const name of rule.needs) {
    const fact = facts[name]
    if (isNotApplicable(fact)) return { rule: id, severity, state: 'not-applicable' }
    if (fact.state === 'unknown') missing = [...(missing ?? []), name]
  }
  if (missing) return { rule: id, severity, state: 'unknown', missing }
  try {
    const said = rule.check(values as Facts, cell)
    if (said.length > 0)
      return {
        rule: id,
        severity,
        state: 'found',
        findings: said.map(one => toFinding(id, rule, one)),
      }
  } catch (error) {
    return { rule: id, severity, state: 'broken', error: String(error) }
  }
  const open = rule.uses?.filter(name => isOpen(facts[name])) ?? []
  return open.length > 0
    ? { rule: id, severity, state: 'unknown', missing: open }
    : { rule: id, severity, state: 'pass' }
}

function toFinding(id: string, rule: Rule, said: Emission<unknown>): Finding {
  return {
    rule: id,
    severity: said.severity ?? rule.severity,
    about: said.about ?? '',
    breaksSoon: said.breaksSoon ?? false,
    message: rule.message(said.args),
    fix: rule.fix(said.args),
    evidence: said.args,
  }
}

function isOpen(fact: Fact<unknown>): boolean {
  return fact.state === 'unknown' && !isNotApplicable(fact)
}
