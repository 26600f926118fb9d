/** `mpcert check`: live servers, one report. */
import { type Checked, checkTarget } from '../check.ts'
import type { Target } from '../connect/target.ts'
import { UsageError } from '../errors.ts'
import { encodeObservation } from '../observation-file.ts'
import type { TargetResult } from '../report.ts'
import { exitCodeOf } from './exit.ts'
import type { Invocation } from './invocation.ts'
import { opensslCommand } from './openssl.ts'
import { inOrder } from './pipeline.ts'
import { startProgress } from './progress.ts'
import { proxiesFor } from './proxy.ts'
import { ReportWriter } from './report-writer.ts'
import { connectOptionsFrom, failOnFrom, judgeOptionsFrom, worldFrom } from './setup.ts'
import { readTargets } from './targets.ts'
import { requireWritable, writeWhole } from './write-file.ts'

const DEFAULT_CONCURRENCY = 8
const MOST_AT_ONCE = 1000

export async function run(invocation: Invocation): Promise<number> {
  const { flags, signal } = invocation
  const targets = await readTargets(invocation)
  const saveTo = flags.text('save')
  if (saveTo !== undefined && targets.length > 1) throw new UsageError(ONE_TARGET)
  const limit = concurrencyFrom(flags.text('concurrency'))
  const proxies = proxiesFor(targets, invocation)
  const world = await worldFrom(flags)
  const options = { ...connectOptionsFrom(flags), ...judgeOptionsFrom(flags, world), signal }
  const writer = await ReportWriter.open(invocation, world)
  if (saveTo !== undefined) await requireWritable(saveTo)
  const progress = await startProgress(invocation, targets.length)
  const check = ([index, target]: readonly [number, Target]) =>
    checkTarget(target, world, {
      ...options,
      proxy: proxies[index],
      onProgress: progress.update,
    })
  const results: TargetResult[] = []
  try {
    for await (const checked of inOrder([...targets.entries()], limit, check, signal)) {
      progress.pause()
      results.push(checked.result)
      await writer.add(checked.result, notesOn(checked, invocation))
      if (saveTo !== undefined) await writeWhole(saveTo, encodeObservation(checked.observation))
    }
  } finally {
    progress.stop()
  }
  return exitCodeOf(await writer.finish(results), failOnFrom(flags))
}

function notesOn({ observation }: Checked, { flags }: Invocation): readonly string[] {
  return flags.has('showOpenssl')
    ? [opensslCommand(observation.target, flags.text('starttls'))]
    : []
}

const ONE_TARGET = {
  en: '--save takes one target alone',
  'zh-CN': '--save 只能用于单个目标',
}

function concurrencyFrom(text: string | undefined): number {
  if (text === undefined) return DEFAULT_CONCURRENCY
  const count = /^\d+$/.test(text) ? Number(text) : 0
  if (count >= 1 && count <= MOST_AT_ONCE) return count
  throw new UsageError({
    en: `--concurrency ${text}: a number from 1 to ${MOST_AT_ONCE}`,
    'zh-CN': `--concurrency ${text}：应为 1 到 ${MOST_AT_ONCE} 的整数`,
  })
}
