/** Targets judged by the real pipeline, for reports to be made of: what their servers showed is written down here. */
import { fileURLToPath } from 'node:url'
import { toAddress } from '../../src/connect/dns.ts'
import { parseTarget } from '../../src/connect/target.ts'
import { judge } from '../../src/judge/judge.ts'
import { judgeProject } from '../../src/judge/project.ts'
import { loadConfig } from '../../src/miniprogram/config-file.ts'
import { readProject } from '../../src/miniprogram/project.ts'
import type { Observation, RecordedError } from '../../src/observation.ts'
import {
  type Report,
  type ReportOptions,
  type Result,
  render,
  type TargetResult,
} from '../../src/report.ts'
import { toResult } from '../../src/result.ts'
import { setAside } from '../../src/set-aside.ts'
import { withAnchors } from '../../src/stores/derive.ts'
import { createWorld, type World } from '../../src/world.ts'
import { recordAttempts } from './attempts.ts'
import { DAY_MS, makeCa, makeLeaf, NOW } from './certs.ts'

const root = makeCa('Reports Root')
const world = worldWith(root.der)

const REFUSED: RecordedError = {
  code: 'ERR_CONNECT',
  phase: 'connect',
  system: 'ECONNREFUSED',
  text: { en: 'gone.example:443 refused the connection', 'zh-CN': 'gone.example:443 拒绝连接' },
}

/** Where a list of the user's names them. */
const LIST = 'ops/servers of ours.txt'

const issuer = makeCa('Reports CA', { issuer: root })
const lasting = (host: string, days: number) =>
  makeLeaf([host], {
    issuer,
    notBefore: NOW - (60 - Math.min(days, 0)) * DAY_MS,
    notAfter: NOW + days * DAY_MS,
  }).der

/** One of each kind, by name. */
export const targets = {
  sound: judged('sound.example', [lasting('sound.example', 60), issuer.der], { line: 1 }),
  soon: judged('soon.example', [lasting('soon.example', 3), issuer.der], { line: 3 }),
  over: judged('over.example', [lasting('over.example', -1), issuer.der], { line: 4 }),
  partial: judged('partial.example', [lasting('partial.example', 60)]),
  gone: judged('gone.example', null, { line: 7 }),
  aside: ignoring(judged('aside.example', [lasting('aside.example', -1), issuer.der]), {
    rule: 'cert-expired',
    reason: 'moves on Friday',
  }),
} as const

export const result = resultOf(Object.values(targets))

const options: ReportOptions = {
  locale: 'en',
  expand: false,
  style: { color: false, ascii: false, width: 100, paint: (_, text) => text },
}

export function draw(report: Report, of: Result = result, more: Partial<ReportOptions> = {}) {
  return render(report, of, { ...options, ...more })
}

export function resultOf(list: readonly TargetResult[], judgedIn: World = world): Result {
  return toResult(list, judgedIn, {
    toolVersion: '1.2.3',
    startedAt: NOW + 5_000,
    durationMs: 1234,
  })
}

export function worldWith(...anchors: readonly Uint8Array[]): World {
  const usual = createWorld(NOW)
  return { ...usual, stores: withAnchors(usual.stores, anchors) }
}

export interface Judged {
  /** In the list. */
  readonly line?: number
  readonly world?: World
  readonly change?: (observation: Observation) => Observation
}

/** A server that shows this chain to everybody; null where nobody listens. */
export function judged(
  input: string,
  chain: readonly Uint8Array[] | null,
  { line, world: judgedIn = world, change = one => one }: Judged = {},
): TargetResult {
  const { host, port } = parseTarget(input)
  const reach = chain
    ? ({ state: 'connected' } as const)
    : ({ state: 'failed', error: REFUSED } as const)
  const seen: Observation = {
    target: { input, host, port, servername: host, verifyName: host },
    observedAt: NOW,
    resolution: { state: 'resolved' },
    nodes: [
      {
        address: toAddress('203.0.113.7'),
        reach,
        rttMs: chain && 1,
        attempts: chain ? recordAttempts(chain, {}) : {},
      },
    ],
    issuers: [],
    revocation: [],
  }
  const target = judge(change(seen), judgedIn)
  return line === undefined ? target : { ...target, origin: { file: LIST, line, column: 3 } }
}

/** A Mini Program's folder, with the configuration in it. */
export async function judgedFolder(folder: string, name = folder): Promise<TargetResult> {
  const found = await loadConfig({ cwd: folder, placesFor: folder })
  const project = await readProject(folder, { config: found?.config ?? {} })
  return judgeProject({ ...project, folder: name })
}

/** The one with most faults of test/projects. */
export const project = await judgedFolder(
  fileURLToPath(new URL('../projects/plain-js', import.meta.url)),
  'plain-js',
)

export function ignoring(
  target: TargetResult,
  { rule, reason }: { readonly rule: string; readonly reason: string },
): TargetResult {
  const ignore = { rule, reason, target: null, platform: null, until: '2026-12-24', where: 'here' }
  return setAside(target, { ignores: [ignore], baseline: new Map(), at: NOW })
}
