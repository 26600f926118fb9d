/** `mpcert judge`: a saved observation judged again, offline. */
import { judge } from '../judge/judge.ts'
import { decodeObservation } from '../observation-file.ts'
import { clientFrom } from './client-hello.ts'
import { exitCodeOf } from './exit.ts'
import type { Invocation } from './invocation.ts'
import { opensslCommand } from './openssl.ts'
import { ReportWriter } from './report-writer.ts'
import { failOnFrom, judgeOptionsFrom, readInput, worldFrom } from './setup.ts'

export async function run(invocation: Invocation): Promise<number> {
  const { flags } = invocation
  const [file = ''] = invocation.arguments
  const observation = decodeObservation(new TextDecoder().decode(await readInput(file)), file)
  const judged = await worldFrom(flags, observation.observedAt)
  const { world, client } = await clientFrom(invocation, judged)
  const writer = await ReportWriter.open(invocation, world, client)
  const result = judge(observation, world, judgeOptionsFrom(flags, world))
  await writer.add(result, flags.has('showOpenssl') ? [opensslCommand(observation.target)] : [])
  return exitCodeOf(await writer.finish([result]), failOnFrom(flags))
}
