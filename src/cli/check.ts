/** `mpcert check`: live servers, one report. */
import { type Checked, checkTarget } from '../check.ts'
import { UsageError } from '../errors.ts'
import { encodeObservation } from '../observation-file.ts'
import type { TargetResult } from '../report.ts'
import { clientFrom } from './client-hello.ts'
import { exitCodeOf } from './exit.ts'
import type { Invocation } from './invocation.ts'
import { opensslCommand } from './openssl.ts'
import { inOrder } from './pipeline.ts'
import { startProgress } from './progress.ts'
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
  hintAboutProxies(invocation)
  const { world, client } = await clientFrom(invocation, await worldFrom(flags))
  const options = { ...connectOptionsFrom(flags), ...judgeOptionsFrom(flags, world), signal }
  const writer = await ReportWriter.open(invocation, world, client)
  if (saveTo !== undefined) await requireWritable(saveTo)
  const progress = await startProgress(invocation, targets.length)
  const check = (target: (typeof targets)[number]) =>
    checkTarget(target, world, { ...options, onProgress: progress.update })
  const results: TargetResult[] = []
  try {
    for await (const checked of inOrder(targets, limit, check, signal)) {
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
  return flags.has('showOpenssl') ? [opensslCommand(observation.target)] : []
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

/** Said rather than silently ignored. */
function hintAboutProxies({ host, hint }: Invocation): void {
  const name = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'].find(key => host.env[key])
  if (name === undefined) return
  hint({
    en: `${name} is set, but proxies are not used: connecting directly`,
    'zh-CN': `已设置 ${name}，但目前不使用代理：将直接连接`,
  })
}
