/** `mpcert gate`: certificate files by the rules of `check`, before a server shows them. */
import { UsageError } from '../errors.ts'
import { fetchIssuers } from '../facts/fetch-issuers.ts'
import { fetchRevocation } from '../facts/fetch-revocation.ts'
import { judge } from '../judge/judge.ts'
import type { Observation } from '../observation.ts'
import { encodeObservation } from '../observation-file.ts'
import type { Text } from '../text.ts'
import { requireOneFile } from './check.ts'
import { clientFrom } from './client-hello.ts'
import { EXIT, exitCodeOf } from './exit.ts'
import { writeFullChain } from './full-chain.ts'
import { type Bundle, bundlesOf, readSource } from './gate/bundle.ts'
import { readConfigured } from './gate/configured.ts'
import { type Deployment, type Deployments, HTTPS, unreadResult } from './gate/deployment.ts'
import { liveOf } from './gate/live.ts'
import type { Invocation } from './invocation.ts'
import { Password } from './password.ts'
import { ReportWriter } from './report-writer.ts'
import { connectOptionsFrom, judgeOptionsFrom, worldFrom } from './setup.ts'
import { hintAboutAge } from './store-age.ts'
import { placeFrom } from './targets.ts'
import { writeWhole } from './write-file.ts'

export async function run(invocation: Invocation): Promise<number> {
  const { flags } = invocation
  const { deployments, isWhole } = await readDeployments(invocation)
  const saveTo = flags.text('save')
  const chainTo = flags.text('writeFullchain')
  if (saveTo !== undefined) await requireOneFile('--save', saveTo, deployments.length)
  const bundles = new Set(deployments.map(({ bundle }) => bundle)).size
  if (chainTo !== undefined) await requireOneFile('--write-fullchain', chainTo, bundles)
  const isNameless = invocation.arguments.length > 0 && flags.list('host').length === 0
  if (isNameless) invocation.hint(NO_NAME)
  const { world, client } = await clientFrom(invocation, await worldFrom(invocation))
  const options = judgeOptionsFrom(flags, world)
  hintAboutAge(invocation, world, options.platforms)
  const connect = connectOptionsFrom(invocation)
  const live = await liveOf(world, { ...connect, ...options }, invocation)
  const writer = await ReportWriter.open(invocation, world, { client })
  try {
    let isDone = isWhole && live !== 'unreachable'
    let last: Observation | null = null
    for (const deployment of deployments) {
      if (invocation.signal.aborted) break
      const { bundle, host, origin } = deployment
      const place = origin ? { origin } : {}
      if ('error' in bundle) {
        await writer.add({ ...unreadResult(bundle, host), ...place })
        continue
      }
      const today = live === 'unreachable' ? null : live
      const seen = observationOf(bundle, deployment, today, world.at)
      const issuers = await fetchIssuers(seen, world, connect.fetcher)
      const { observation, chains } = connect.revocation
        ? await fetchRevocation(issuers, world, connect.fetcher)
        : issuers
      await writer.add({ ...judge(observation, world, { ...options, chains }), ...place })
      last = observation
    }
    const code = exitCodeOf(await writer.finish(), flags)
    if (last && saveTo !== undefined) await writeWhole(saveTo, encodeObservation(last))
    if (last && chainTo !== undefined)
      isDone = (await writeFullChain(chainTo, last, world, options, invocation)) && isDone
    return code === EXIT.ok && !isDone ? EXIT.unknown : code
  } finally {
    await writer.release()
  }
}

/** @throws UsageError where nothing is named, or nothing is found */
async function readDeployments(invocation: Invocation): Promise<Deployments> {
  const { flags, arguments: files } = invocation
  const hosts = flags.list('host')
  const nginx = flags.text('nginx')
  if (files.length === 0 && nginx === undefined) throw new UsageError(NO_FILE)
  const password = new Password(invocation)
  const named = await readNamed(files, password, invocation)
  const forHosts = named.flatMap(deployment =>
    hosts.length > 0 ? hosts.map(host => ({ ...deployment, host })) : [deployment],
  )
  if (nginx === undefined) return { deployments: forHosts, isWhole: true }
  const { deployments, isWhole } = await readConfigured(nginx, password, invocation)
  return { deployments: [...forHosts, ...deployments], isWhole }
}

async function readNamed(
  files: readonly string[],
  password: Password,
  { flags, host }: Invocation,
): Promise<readonly Deployment[]> {
  if (files.length === 0) return []
  const key = flags.text('key')
  const sources = []
  for (const file of [...files, ...(key === undefined ? [] : [key])])
    sources.push(await readSource(file, password))
  if (key !== undefined && sources.at(-1)?.keys.length === 0)
    throw new UsageError({
      en: `--key ${key}: no private key in it`,
      'zh-CN': `--key ${key}：其中没有私钥`,
    })
  return bundlesOf(sources).map(bundle => {
    const file = placeFrom(bundle.file, host)
    const origin = file === null ? null : { file, line: bundle.line, column: 1 }
    return { bundle, host: null, port: HTTPS, origin }
  })
}

const NO_FILE: Text = {
  en: 'no file: name the certificate, such as mpcert gate fullchain.pem --key privkey.pem',
  'zh-CN': '没有文件：请给出证书，例如 mpcert gate fullchain.pem --key privkey.pem',
}

const NO_NAME: Text = {
  en: 'names are not checked where no host is known: --host api.example.com',
  'zh-CN': '未指定主机名，不检查域名：可用 --host api.example.com 指定',
}

function observationOf(
  { file, chain, leaf, publicKey }: Bundle,
  { host, port }: Deployment,
  live: Observation | null,
  at: number,
): Observation {
  return {
    target: { input: file, host: host ?? '', port, servername: null, verifyName: host },
    observedAt: at,
    resolution: { state: 'resolved' },
    nodes: [],
    issuers: [],
    revocation: [],
    material: { chain, leaf, publicKey, live },
  }
}
