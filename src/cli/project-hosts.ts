/** `mpcert project --live`: a check of every host that the list and the sources name, as this Mini Program uses it. */
import { checkTarget } from '../check.ts'
import { formatAuthority, parseTarget, type Target } from '../connect/target.ts'
import type { JudgeOptions } from '../judge/judge.ts'
import { timeoutsInForce } from '../judge/project.ts'
import { MAX_TIMEOUT_MS } from '../miniprogram/app.ts'
import { LIST_NAMES } from '../miniprogram/list.ts'
import { parseNetUrl } from '../miniprogram/net-url.ts'
import type { Project } from '../miniprogram/project.ts'
import type { UrlUse } from '../miniprogram/use.ts'
import type { WebOptions } from '../observe/web.ts'
import { APIS, type Api } from '../platform.ts'
import type { FindingResult, TargetResult } from '../report.ts'
import type { World } from '../world.ts'
import { concurrencyFrom, notesOn } from './check.ts'
import type { Invocation } from './invocation.ts'
import { workOn } from './pipeline.ts'
import { startProgress } from './progress.ts'
import { proxiesFor } from './proxy.ts'
import { connectOptionsFrom, judgeOptionsFrom } from './setup.ts'
import { hintAboutAge } from './store-age.ts'
import { allowedBy, speaksTls, toTarget, type UserConfig } from './user-config.ts'
import { isAppid } from './values.ts'
import { hintAboutCertificate, webOptionsFrom } from './web.ts'

export interface CheckedHost {
  readonly result: TargetResult
  /** Lines below the report. */
  readonly notes: readonly string[]
}

/** Each host and port once; findings stand where it is used first. */
export async function checkHosts(
  project: Project,
  world: World,
  user: UserConfig,
  invocation: Invocation,
): Promise<readonly CheckedHost[]> {
  const { flags, signal } = invocation
  const web = { ...(await webOptionsFrom(invocation, user)), miniProgram: refererOf(project, user) }
  const options = {
    ...connectOptionsFrom(invocation),
    ...judgeOptionsFrom(flags, world),
    ...(project.urlCheck?.value === false ? DEVTOOLS_VERIFIES_NOTHING : {}),
    allowed: allowedBy(user),
    signal,
  }
  hintAboutAge(invocation, world, options.platforms)
  const uses = project.urls.filter(isPublicTls)
  const targets = targetsOf(project, uses, web.http === true)
  hintAboutCertificate(invocation, targets, web)
  const progress = await startProgress(invocation, targets.length)
  const limit = concurrencyFrom(flags.text('concurrency'))
  const proxies = proxiesFor(targets, invocation)
  const check = async ([index, target]: readonly [number, Target]) => {
    const checked = await checkTarget(target, world, {
      ...options,
      timeouts: timeoutsFor(target, project),
      // What speaks WebSocket at a path answers no GET there.
      web: target.scheme === 'wss' ? { ...web, http: false } : web,
      proxy: proxies[index],
      onProgress: progress.update,
    })
    progress.advance()
    return checked
  }
  const hosts: CheckedHost[] = []
  try {
    for await (const checked of workOn([...targets.entries()], { limit }, check, signal)) {
      const { result } = checked
      const findings = result.findings.map(placedAt(uses, result))
      hosts.push({ result: { ...result, findings }, notes: notesOn(checked, invocation) })
    }
  } finally {
    progress.stop()
  }
  return hosts
}

const DEVTOOLS_VERIFIES_NOTHING: Pick<JudgeOptions, 'unchecked'> = {
  unchecked: { devtools: 'urlcheck-disabled' },
}

/** What the Referer names; absent where the project says nothing that could stand there. */
function refererOf(
  { appid: { value } }: Project,
  { config }: UserConfig,
): WebOptions['miniProgram'] {
  if (value === null || !isAppid(value)) return undefined
  return { appid: value, version: config.version ?? '1' }
}

/** By HTTP, a WebSocket is opened where the sources name the whole of its URL: a target of its own. */
function targetsOf(project: Project, uses: readonly UrlUse[], http: boolean): readonly Target[] {
  const sockets = http ? uses.filter(isWholeSocket).map(({ url }) => parseTarget(url.text)) : []
  const hosts = [
    ...uses.filter(use => !http || !isWholeSocket(use)).map(({ url }) => toTarget(url)),
    ...LIST_NAMES.flatMap(name => project.domains[name] ?? [])
      .filter(speaksTls)
      .map(toTarget),
  ]
  const once = new Map([...hosts, ...sockets].map(one => [keyOf(one), one]))
  return [...once.values()]
}

function isWholeSocket({ url, list }: UrlUse): boolean {
  return list === 'socket' && url.scheme === 'wss' && !url.text.includes('…')
}

function keyOf({ scheme, host, port, path }: Target): string {
  return `${scheme} ${formatAuthority(host, port)}${path ?? ''}`
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

const TIMEOUT_KEY_OF: Readonly<Record<Api, string>> = {
  request: 'request',
  download: 'downloadFile',
  upload: 'uploadFile',
  socket: 'connectSocket',
}

/** What the least patient call to this host waits: its own timeout wins over that of app.json. */
function timeoutsFor(
  { host, port }: Target,
  project: Pick<Project, 'calls' | 'timeouts'>,
): Readonly<Record<Api, number>> {
  const inForce = timeoutsInForce(project)
  const calls = project.calls.filter(({ url }) => {
    const parsed = url === null ? null : parseNetUrl(url, false)
    return parsed?.host === host && (parsed.port ?? 443) === port
  })
  const least = (api: Api) => {
    const standard = inForce[TIMEOUT_KEY_OF[api]] ?? MAX_TIMEOUT_MS
    const own = calls.filter(({ list }) => list === api).map(({ timeout }) => timeout?.ms)
    return own.length === 0 ? standard : Math.min(...own.map(ms => ms ?? standard))
  }
  return Object.fromEntries(APIS.map(api => [api, least(api)])) as Record<Api, number>
}
