/** `--against`: what stands there today, where the files are to go. */
import { type CheckOptions, judgedHellos } from '../../check.ts'
import type { Fetcher } from '../../connect/fetch.ts'
import { parseTarget } from '../../connect/target.ts'
import { fetchIssuers } from '../../facts/fetch-issuers.ts'
import { isAnswer } from '../../facts/node-view.ts'
import { whyUnreachable } from '../../judge/unreachable.ts'
import type { Observation } from '../../observation.ts'
import { observe } from '../../observe/observe.ts'
import type { Text } from '../../text.ts'
import type { World } from '../../world.ts'
import type { Invocation } from '../invocation.ts'
import { startProgress } from '../progress.ts'
import { proxiesFor } from '../proxy.ts'
import { standardPort } from '../targets.ts'

/** Null where nobody asked; the complaint about a server that shows no certificate is made here. */
export async function liveOf(
  world: World,
  options: CheckOptions & { readonly fetcher: Fetcher },
  invocation: Invocation,
): Promise<Observation | 'unreachable' | null> {
  const { flags, signal, complain } = invocation
  const name = flags.text('against')
  if (name === undefined) return null
  const target = parseTarget(name, await standardPort(flags))
  const [proxy] = proxiesFor([target], invocation)
  const progress = await startProgress(invocation, 1)
  try {
    const seen = await observe(target, {
      ...options,
      hellos: judgedHellos(world, options),
      proxy,
      signal,
      onProgress: progress.update,
    })
    const { observation, chains } = await fetchIssuers(seen, world, options.fetcher)
    if (chains.chains.length > 0) return observation
    const answers = seen.nodes.some(({ attempts }) => Object.values(attempts).some(isAnswer))
    const { en, 'zh-CN': zh } = answers ? NO_CERTIFICATE : whyUnreachable(seen).text
    complain({ en: `--against ${name}: ${en}`, 'zh-CN': `--against ${name}：${zh}` })
    return 'unreachable'
  } finally {
    progress.stop()
  }
}

const NO_CERTIFICATE: Text = {
  en: 'the server shows no certificate: run mpcert check',
  'zh-CN': '服务器没有出示证书：请运行 mpcert check',
}
