/** `mpcert judge`: a saved observation judged again, offline. */
import { judge } from '../judge/judge.ts'
import { decodeObservation } from '../observation-file.ts'
import { notesOn } from './check.ts'
import { clientFrom } from './client-hello.ts'
import { EXIT, exitCodeOf } from './exit.ts'
import { writeFullChain } from './full-chain.ts'
import type { Invocation } from './invocation.ts'
import { readInput } from './read-input.ts'
import { ReportWriter } from './report-writer.ts'
import { judgeOptionsFrom, worldFrom } from './setup.ts'
import { hintAboutAge } from './store-age.ts'
import { requireWritable } from './write-file.ts'

export async function run(invocation: Invocation): Promise<number> {
  const { flags } = invocation
  const [file = ''] = invocation.arguments
  const observation = decodeObservation(new TextDecoder().decode(await readInput(file)), file)
  const judged = await worldFrom(invocation, observation.observedAt)
  const { world, client } = await clientFrom(invocation, judged)
  const options = judgeOptionsFrom(flags, world)
  hintAboutAge(invocation, world, options.platforms)
  const chainTo = flags.text('writeFullchain')
  if (chainTo !== undefined) await requireWritable(chainTo)
  const writer = await ReportWriter.open(invocation, world, { client })
  const result = judge(observation, world, options)
  const notes = notesOn({ observation, result }, invocation)
  try {
    await writer.add(result, notes)
    const isWritten =
      chainTo === undefined ||
      (await writeFullChain(chainTo, observation, world, options, invocation))
    const code = exitCodeOf(await writer.finish(), flags)
    return code === EXIT.ok && !isWritten ? EXIT.unknown : code
  } finally {
    await writer.release()
  }
}
