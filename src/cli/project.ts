/** `mpcert project`: a Mini Program's folder against its domain list and the platform document. */
import path from 'node:path'
import { formatAuthority } from '../connect/target.ts'
import { judgeProject } from '../judge/project.ts'
import { type Project, readProject } from '../miniprogram/project.ts'
import { ruleSets } from '../miniprogram/rule-set.ts'
import type { LiveVerdicts } from '../project-rule.ts'
import type { TargetResult } from '../report.ts'
import type { Text } from '../text.ts'
import { askUrl } from './ask-url.ts'
import { clientFrom } from './client-hello.ts'
import { exitCodeOf } from './exit.ts'
import type { Invocation } from './invocation.ts'
import { checkHosts } from './project-hosts.ts'
import { ReportWriter } from './report-writer.ts'
import { worldFrom } from './setup.ts'
import { userConfig } from './user-config.ts'
import { hintAboutCertificate } from './web.ts'

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
  if (!flags.has('live')) hintAboutCertificate(invocation, [], {})
  const { world, client } = await clientFrom(invocation, await worldFrom(invocation))
  const writer = await ReportWriter.open(invocation, world, { client, ruleSet: user.ruleSet })
  try {
    const hosts = flags.has('live') ? await checkHosts(project, world, user, invocation) : []
    const live = flags.has('live') ? verdictsOf(hosts.map(({ result }) => result)) : null
    await writer.add(judgeProject(project, live))
    for (const { result, notes } of hosts) await writer.add(result, notes)
    return exitCodeOf(await writer.finish(), flags)
  } finally {
    await writer.release()
  }
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
