/** What the user wants to hear of: `--ignore` and the configuration's `ignore`, `--baseline`, `--min-severity`. */
import { UsageError } from '../errors.ts'
import { type IgnoreEntry, toIgnore } from '../miniprogram/config.ts'
import { nearest } from '../nearest.ts'
import type { TargetResult } from '../report.ts'
import { SEVERITIES, type Severity } from '../rule.ts'
import { ruleBook } from '../rule-book.ts'
import { hasEnded, setAside } from '../set-aside.ts'
import { Baseline } from './baseline.ts'
import type { Invocation } from './invocation.ts'

export interface UserWishes {
  /** Marks what is to be set aside. */
  apply(target: TargetResult): TargetResult
  /** Leaves out what is not to be listed. */
  shorten(target: TargetResult): TargetResult
  /** After the last target. @throws MpcertError ERR_FILE */
  close(): Promise<void>
}

/** @throws UsageError, MpcertError ERR_FILE */
export async function wishesFrom(invocation: Invocation, at: number): Promise<UserWishes> {
  const { flags, configuration, complain } = invocation
  const named = flags.list('ignore').map(text => toIgnore(text, '--ignore'))
  const ignores = [...named, ...(configuration.config.ignore ?? [])]
  if (ignores.length > 0) await requireRules(ignores)
  const baseline = await baselineFrom(invocation)
  const wishes = { ignores, baseline: baseline?.severities ?? new Map<string, Severity>(), at }
  const least = SEVERITIES.indexOf(flags.value<Severity>('minSeverity') ?? 'info')
  const ended = new Set(ignores.filter(ignore => hasEnded(ignore, at)))
  return {
    apply(target) {
      for (const ignore of ended)
        if (target.findings.some(({ rule }) => rule === ignore.rule)) ended.delete(ignore)
      const known = flags.has('updateBaseline') ? severitiesOf(target) : wishes.baseline
      const aside = setAside(target, { ...wishes, baseline: known })
      baseline?.learn(aside)
      return aside
    },
    shorten(target) {
      const findings = target.findings.filter(
        ({ severity }) => SEVERITIES.indexOf(severity) <= least,
      )
      return findings.length === target.findings.length ? target : { ...target, findings }
    },
    async close() {
      for (const { where, rule, until } of ended)
        complain({
          en: `${where} (${rule}) has ended on ${until}, and no target of this run has the finding: delete it`,
          'zh-CN': `${where}（${rule}）已于 ${until} 到期，且本次运行的目标均无此问题：请将其删除`,
        })
      if (flags.has('updateBaseline')) await baseline?.write()
    },
  }
}

async function baselineFrom({ flags }: Invocation): Promise<Baseline | null> {
  const file = flags.text('baseline')
  const isNew = flags.has('updateBaseline')
  if (file !== undefined) return Baseline.open(file, isNew)
  if (!isNew) return null
  throw new UsageError({
    en: '--update-baseline needs --baseline FILE',
    'zh-CN': '--update-baseline 需要同时给出 --baseline FILE',
  })
}

/** What is written down now is no news. */
function severitiesOf({ findings }: TargetResult): ReadonlyMap<string, Severity> {
  return new Map(findings.toReversed().map(({ fingerprint, severity }) => [fingerprint, severity]))
}

async function requireRules(ignores: readonly IgnoreEntry[]): Promise<void> {
  const { WEAKNESSES } = await import('../weaknesses.ts')
  const known = [...Object.keys(ruleBook), ...WEAKNESSES.map(({ rule }) => rule)]
  for (const ignore of ignores) if (!known.includes(ignore.rule)) throw noRule(ignore, known)
}

function noRule({ rule, where }: IgnoreEntry, known: readonly string[]): UsageError {
  const likely = nearest(rule, known)
  return new UsageError({
    en: `${where}: no rule ${rule}${likely ? ` (did you mean ${likely}?)` : ' (see mpcert rules)'}`,
    'zh-CN': `${where}：没有规则 ${rule}${likely ? `（是不是想输入 ${likely}？）` : '（见 mpcert rules）'}`,
  })
}
