/** What the user wants to hear of: `--ignore` and the configuration's `ignore`, `--baseline`, `--min-severity`. */
import path from 'node:path'
import { formatAuthority, parseTarget } from '../connect/target.ts'
import { UsageError } from '../errors.ts'
import { type IgnoreEntry, toIgnore } from '../miniprogram/config.ts'
import { nearest } from '../nearest.ts'
import { FAMILIES, platformFor, TIERS } from '../platform.ts'
import type { TargetResult } from '../report.ts'
import { SEVERITIES, type Severity } from '../rule.ts'
import { ruleBook } from '../rule-book.ts'
import { hasEnded, setAside } from '../set-aside.ts'
import type { World } from '../world.ts'
import { Baseline } from './baseline.ts'
import type { Invocation } from './invocation.ts'
import { requireWritable } from './write-file.ts'

export interface UserWishes {
  /** Marks what is to be set aside. */
  apply(target: TargetResult): TargetResult
  /** Leaves out what is not to be listed. */
  shorten(target: TargetResult): TargetResult
  /** After the last target. @throws MpcertError ERR_FILE */
  close(): Promise<void>
}

/** @throws UsageError, MpcertError ERR_FILE */
export async function wishesFrom(invocation: Invocation, world: World): Promise<UserWishes> {
  const { flags, complain } = invocation
  const { at } = world
  const ignores = ignoresFrom(invocation).map(ignore => canonical(ignore, world))
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

function ignoresFrom({ flags, host, configuration }: Invocation): readonly IgnoreEntry[] {
  const { config, file } = configuration
  const shown = file && path.relative(host.cwd(), file).split(path.sep).join('/')
  return [
    ...flags.list('ignore').map(text => toIgnore(text, '--ignore')),
    ...(config.ignore ?? []).map(one => ({ ...one, where: `${shown}: ${one.where}` })),
  ]
}

/** As results name targets and platforms. @throws UsageError where there is no such platform */
function canonical(ignore: IgnoreEntry, world: World): IgnoreEntry {
  const { target, platform } = ignore
  return {
    ...ignore,
    target: target && canonicalTarget(target),
    platform: platform && canonicalPlatform(platform, ignore.where, world),
  }
}

/** What is no host may be a folder, or a URL as it was typed. */
function canonicalTarget(text: string): string {
  const [, wildcard = '', name = ''] = /^(\*\.)?(.*)$/s.exec(text) ?? []
  if (name.includes('://')) return text
  try {
    const { host, port } = parseTarget(name, NO_PORT)
    return wildcard + (port === NO_PORT ? host : formatAuthority(host, port))
  } catch (error) {
    if (error instanceof UsageError) return text
    throw error
  }
}

/** Not to be typed. */
const NO_PORT = 0

function canonicalPlatform(name: string, where: string, world: World): string {
  if ([...FAMILIES, ...TIERS].some(one => one === name)) return name
  const all = [...world.platforms, ...world.references]
  const found = platformFor(all, name)
  if (found) return found.id
  const likely = nearest(name, [...FAMILIES, ...TIERS, ...all.map(({ id }) => id)])
  throw new UsageError({
    en: `${where}: no platform, family or tier ${name}${likely ? ` (did you mean ${likely}?)` : ' (see mpcert platforms)'}`,
    'zh-CN': `${where}：没有平台、系统或层级 ${name}${likely ? `（是不是想输入 ${likely}？）` : '（见 mpcert platforms）'}`,
  })
}

async function baselineFrom({ flags }: Invocation): Promise<Baseline | null> {
  const file = flags.text('baseline')
  const isNew = flags.has('updateBaseline')
  if (isNew && file !== undefined) await requireWritable(file)
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
