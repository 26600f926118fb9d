/** `mpcert project`: a Mini Program's folder against its domain list and the platform document. */
import path from 'node:path'
import { checkTarget } from '../check.ts'
import { formatAuthority, type Target } from '../connect/target.ts'
import { judgeProject } from '../judge/project.ts'
import { LIST_NAMES } from '../miniprogram/list.ts'
import { type Project, readProject } from '../miniprogram/project.ts'
import { ruleSets } from '../miniprogram/rule-set.ts'
import type { UrlUse } from '../miniprogram/use.ts'
import type { LiveVerdicts } from '../project-rule.ts'
import type { FindingResult, TargetResult } from '../report.ts'
import type { Text } from '../text.ts'
import type { World } from '../world.ts'
import { askUrl } from './ask-url.ts'
import { concurrencyFrom } from './check.ts'
import { clientFrom } from './client-hello.ts'
import { exitCodeOf } from './exit.ts'
import type { Invocation } from './invocation.ts'
import { workOn } from './pipeline.ts'
import { startProgress } from './progress.ts'
import { proxiesFor } from './proxy.ts'
import { ReportWriter } from './report-writer.ts'
import { connectOptionsFrom, judgeOptionsFrom, worldFrom } from './setup.ts'
import { hintAboutAge } from './store-age.ts'
import { speaksTls, toTarget, userConfig } from './user-config.ts'

export async function run(invocation: Invocation): Promise<number> {
  const { flags, host, signal } = invocation
  const [named = '.'] = invocation.arguments
  const folder = path.resolve(host.cwd(), named)
  const user = userConfig(invocation)
  const url = flags.text('url')
  if (url !== undefined) return askUrl(url, user, invocation)
  const read = await readProject(folder, {
    config: user.config,
    ruleSet: ruleSets[user.ruleSet],
    gate: Boolean(host.env['CI']),
    signal,
  })
  const project = { ...read, folder: named }
  hintAboutLooseJson(project, invocation)
  const { world, client } = await clientFrom(invocation, await worldFrom(invocation))
  const writer = await ReportWriter.open(invocation, world, { client, ruleSet: user.ruleSet })
  try {
    const hosts = flags.has('live') ? await checkHosts(project, world, invocation) : []
    const live = flags.has('live') ? verdictsOf(hosts) : null
    const results = [judgeProject(project, live), ...hosts]
    for (const result of results) await writer.add(result)
    return exitCodeOf(await writer.finish(), flags)
  } finally {
    await writer.release()
  }
}

/** Every host and port that the list or the sources name, once; findings stand where it is used first. */
async function checkHosts(
  project: Project,
  world: World,
  invocation: Invocation,
): Promise<readonly TargetResult[]> {
  const { flags, signal } = invocation
  const options = {
    ...connectOptionsFrom(invocation),
    ...judgeOptionsFrom(flags, world),
    signal,
  }
  hintAboutAge(invocation, world, options.platforms)
  const uses = project.urls.filter(isPublicTls)
  const listed = LIST_NAMES.flatMap(name => project.domains[name] ?? []).filter(speaksTls)
  const targets = [...uses.map(({ url }) => toTarget(url)), ...listed.map(toTarget)]
  const once = [...new Map(targets.map(one => [formatAuthority(one.host, one.port), one])).values()]
  const progress = await startProgress(invocation, once.length)
  const limit = concurrencyFrom(flags.text('concurrency'))
  const proxies = proxiesFor(once, invocation)
  const check = async ([index, target]: readonly [number, Target]) => {
    const checked = await checkTarget(target, world, {
      ...options,
      proxy: proxies[index],
      onProgress: progress.update,
    })
    progress.advance()
    return checked
  }
  const results: TargetResult[] = []
  try {
    for await (const { result } of workOn([...once.entries()], { limit }, check, signal))
      results.push({ ...result, findings: result.findings.map(placedAt(uses, result)) })
  } finally {
    progress.stop()
  }
  return results
}

function isPublicTls({ url, use, list }: UrlUse): boolean {
  if (url.kind === 'loopback' || url.kind === 'lan') return false
  // What merely appears in the code may be a link that nothing opens.
  return use !== 'mention' && list !== 'tcp' && list !== 'udp' && /^(?:https|wss)$/.test(url.scheme)
}

function placedAt(
  uses: readonly UrlUse[],
  { host, port }: TargetResult,
): (finding: FindingResult) => FindingResult {
  const first = uses.find(({ url }) => url.host === host && (url.port ?? 443) === port)
  return finding => (first ? { ...finding, location: first.place } : finding)
}

/** What keeps an image of that host from being shown. */
function verdictsOf(hosts: readonly TargetResult[]): LiveVerdicts {
  const problems = new Map<string, { readonly problem: Text; readonly rule: string | null }>()
  for (const { host, port, error, findings } of hosts) {
    const authority = formatAuthority(host ?? '', port ?? 443)
    const worst = findings.find(({ severity }) => severity === 'error')
    if (error) problems.set(authority, { problem: error.text, rule: null })
    else if (worst) problems.set(authority, { problem: worst.title, rule: worst.rule })
  }
  return problems
}

/** Said once a file: it was read, and DevTools may not take it. */
function hintAboutLooseJson({ loose }: Project, { hint }: Invocation): void {
  for (const { file, line, column } of loose)
    hint({
      en: `${file}:${line}:${column}: a comment or a trailing comma is no JSON; it was read, but DevTools may refuse it`,
      'zh-CN': `${file}:${line}:${column}：注释与末尾逗号不是标准 JSON；已读取，但开发者工具可能报错`,
    })
}
