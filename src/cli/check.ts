/** `mpcert check`: live servers, one report. */
import { type Checked, checkMember, checkTarget } from '../check.ts'
import type { Target } from '../connect/target.ts'
import { UsageError } from '../errors.ts'
import { Fleet } from '../judge/fleet.ts'
import { encodeObservation } from '../observation-file.ts'
import { same } from '../text.ts'
import { clientFrom } from './client-hello.ts'
import { EXIT, exitCodeOf } from './exit.ts'
import { writeFullChain } from './full-chain.ts'
import type { Invocation } from './invocation.ts'
import { openJournal } from './journal.ts'
import { opensslCommand } from './openssl.ts'
import { workOn } from './pipeline.ts'
import { startProgress } from './progress.ts'
import { proxiesFor } from './proxy.ts'
import { ReportWriter } from './report-writer.ts'
import { connectOptionsFrom, judgeOptionsFrom, worldFrom } from './setup.ts'
import { hintAboutAge } from './store-age.ts'
import { readTargets } from './targets.ts'
import { traceOf } from './trace.ts'
import { allowedBy, targetsOf, userConfig } from './user-config.ts'
import { openWatch } from './watch.ts'
import { clockHint, hintAboutCertificate, webNotes, webOptionsFrom } from './web.ts'
import { requireWritable, writeWhole } from './write-file.ts'

const DEFAULT_CONCURRENCY = 8
/** A single connection each. */
const QUICK_CONCURRENCY = 64
const MOST_AT_ONCE = 1000

export async function run(invocation: Invocation): Promise<number> {
  const { flags, configuration, signal } = invocation
  // Of a fleet V8 would let what is over lie about, up to several times what is in use.
  if (flags.has('quick'))
    process.getBuiltinModule('node:v8').setFlagsFromString('--heap-growing-percent=20')
  const user = userConfig(invocation)
  const { ruleSet } = user
  const named = await readTargets(invocation, port => targetsOf(configuration, port))
  const saveTo = flags.text('save')
  const chainTo = flags.text('writeFullchain')
  for (const [flag, file] of [
    ['--save', saveTo],
    ['--write-fullchain', chainTo],
  ] as const)
    if (file !== undefined) await requireOneFile(flag, file, named.length)
  const limit = concurrencyFrom(
    flags.text('concurrency'),
    flags.has('quick') ? QUICK_CONCURRENCY : undefined,
  )
  const resumed = flags.text('resume')
  const journal = resumed === undefined ? undefined : await openJournal(resumed)
  const targets = journal ? named.filter(target => !journal.has(target)) : named
  const proxies = new Map(
    proxiesFor(targets, invocation).flatMap((proxy, index) => {
      const target = targets[index]
      return proxy && target ? [[target, proxy] as const] : []
    }),
  )
  const { world, client } = await clientFrom(invocation, await worldFrom(invocation))
  const web = await webOptionsFrom(invocation, user)
  hintAboutCertificate(invocation, named, web)
  const fleet = flags.has('quick') ? new Fleet() : null
  const options = {
    quick: fleet !== null,
    ...connectOptionsFrom(invocation),
    ...judgeOptionsFrom(flags, world),
    allowed: allowedBy(user),
    web,
    signal,
  }
  hintAboutAge(invocation, world, options.platforms)
  const watch = await openWatch(invocation)
  const progress = await startProgress(invocation, targets.length)
  const check = async (target: Target): Promise<Checked> => {
    const own = { ...options, proxy: proxies.get(target), onProgress: progress.update }
    const checked = await (fleet
      ? checkMember(target, world, own, fleet)
      : checkTarget(target, world, own))
    progress.advance()
    const { place: origin } = target
    return origin ? { ...checked, result: { ...checked.result, origin } } : checked
  }
  let isDone = true
  let writer: ReportWriter | null = null
  try {
    writer = await ReportWriter.open(invocation, world, { client, ruleSet, journal })
    for await (const checked of workOn(
      targets,
      { limit, ordered: writer.ordered },
      check,
      signal,
    )) {
      progress.pause()
      watch.add(checked.result)
      await writer.add(checked.result, notesOn(checked, invocation))
      if (saveTo !== undefined) await writeWhole(saveTo, encodeObservation(checked.observation))
      if (chainTo !== undefined)
        isDone = await writeFullChain(chainTo, checked.observation, world, options, invocation)
    }
    progress.stop()
    const code = exitCodeOf(await writer.finish(), flags)
    isDone = (await watch.close()) && isDone
    return code === EXIT.ok && !isDone ? EXIT.unknown : code
  } finally {
    progress.stop()
    await writer?.release()
    await watch.release()
  }
}

/** @throws UsageError where one file cannot hold what is asked for */
export async function requireOneFile(flag: string, file: string, targets: number): Promise<void> {
  if (targets > 1)
    throw new UsageError({
      en: `${flag} takes one target alone`,
      'zh-CN': `${flag} 只能用于单个目标`,
    })
  await requireWritable(file)
}

/** Lines below its report. */
export function notesOn(
  { observation }: Checked,
  { flags, locale, hint }: Invocation,
): readonly string[] {
  const clock = clockHint(observation)
  if (clock) hint(clock)
  if (flags.has('verbose')) for (const line of traceOf(observation)) hint(same(line))
  const notes = webNotes(observation).map(note => note[locale])
  return flags.has('showOpenssl')
    ? [...notes, opensslCommand(observation.target, flags.text('starttls'))]
    : notes
}

export function concurrencyFrom(
  text: string | undefined,
  standard: number = DEFAULT_CONCURRENCY,
): number {
  if (text === undefined) return standard
  const count = /^\d+$/.test(text) ? Number(text) : 0
  if (count >= 1 && count <= MOST_AT_ONCE) return count
  throw new UsageError({
    en: `--concurrency ${text}: a number from 1 to ${MOST_AT_ONCE}`,
    'zh-CN': `--concurrency ${text}：应为 1 到 ${MOST_AT_ONCE} 的整数`,
  })
}
