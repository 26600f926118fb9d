/** `mpcert scan`: everything a server accepts. */
import { parseTarget } from '../connect/target.ts'
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

export async function run(invocation: Invocation): Promise<number> {
  const { flags, signal, locale } = invocation
  const target = parseTarget(invocation.arguments[0] ?? '', await standardPort(flags))
  const connect = connectOptionsFrom(invocation)
  const [proxy] = proxiesFor([target], invocation)
  const writer = await ReportWriter.open(invocation, createWorld(Date.now()))
  try {
    const spinner = await startSpinner(invocation)
    spinner.say(target.host)
    const scans = await scan(target, {
      ...connect,
      proxy,
      signal,
      onProgress: ({ sent, address }) =>
        spinner.say(
          {
            en: `${target.host} (${address.ip}): connection ${sent}`,
            'zh-CN': `${target.host}（${address.ip}）：第 ${sent} 个连接`,
          }[locale],
        ),
    }).finally(() => spinner.stop())
    for (const one of scans) await writer.add(scannedTarget(target, one))
    return exitCodeOf(await writer.finish(), flags)
  } finally {
    await writer.release()
  }
}
