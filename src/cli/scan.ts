/** `mpcert scan`: everything a server accepts. */
import { parseTarget } from '../connect/target.ts'
import { UsageError } from '../errors.ts'
import { scannedTarget } from '../judge/scanned.ts'
import { scan } from '../scan/scan.ts'
import { createWorld } from '../world.ts'
import { exitCodeOf } from './exit.ts'
import type { Invocation } from './invocation.ts'
import { startSpinner } from './progress.ts'
import { proxiesFor } from './proxy.ts'
import { ReportWriter } from './report-writer.ts'
import { connectOptionsFrom } from './setup.ts'
import { standardPort } from './targets.ts'

const MOST_A_SECOND = 10_000

export async function run(invocation: Invocation): Promise<number> {
  const { flags, signal, locale } = invocation
  const target = parseTarget(invocation.arguments[0] ?? '', await standardPort(flags))
  const rate = countFrom('--rate', flags.text('rate'), MOST_A_SECOND)
  const connect = connectOptionsFrom(invocation)
  const [proxy] = proxiesFor([target], invocation)
  const writer = await ReportWriter.open(invocation, createWorld(Date.now()))
  try {
    const spinner = await startSpinner(invocation)
    spinner.say(target.host)
    const seen = await scan(target, {
      ...connect,
      proxy,
      rate,
      signal,
      onProgress: ({ sent, address }) =>
        spinner.say(
          {
            en: `${target.host} (${address.ip}): connection ${sent}`,
            'zh-CN': `${target.host}（${address.ip}）：第 ${sent} 个连接`,
          }[locale],
        ),
    }).finally(() => spinner.stop())
    const result = scannedTarget(target, seen)
    await writer.add(result)
    return exitCodeOf(await writer.finish(), flags)
  } finally {
    await writer.release()
  }
}

function countFrom(name: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined
  const count = /^\d+$/.test(text) ? Number(text) : 0
  if (count >= 1 && count <= most) return count
  throw new UsageError({
    en: `${name} ${text}: a number from 1 to ${most}`,
    'zh-CN': `${name} ${text}：应为 1 到 ${most} 的整数`,
  })
}
