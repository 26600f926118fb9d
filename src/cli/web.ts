/** HTTP and WebSocket on the command line: what is asked for, and what is worth a line without being a finding. */

import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { UsageError } from '../errors.ts'
import type { HttpResult, UpgradeResult } from '../observation/web.ts'
import type { Observation } from '../observation.ts'
import type { WebOptions } from '../observe/web.ts'
import type { Text } from '../text.ts'
import type { Invocation } from './invocation.ts'
import { readInput } from './read-input.ts'
import type { UserConfig } from './user-config.ts'

const HOUR_MS = 3_600_000
/** The console's own name for its file holds what stands in it. */
const NAMED_CONTENT = /^MP_verify_(\w+)\.txt$/

/** Reads `--http`, `--appid`, `--verify-file`, `--ws-protocol` and `--idle`; the rest is the configuration's. @throws UsageError */
export async function webOptionsFrom(
  { flags }: Pick<Invocation, 'flags'>,
  { config, ruleSet }: UserConfig,
): Promise<WebOptions> {
  const appid = flags.text('appid')
  const file = flags.text('verifyFile')
  if (flags.has('http') && flags.text('starttls') !== undefined)
    throw new UsageError({
      en: '--http and --starttls exclude each other',
      'zh-CN': '--http 与 --starttls 不能同时使用',
    })
  return {
    http: flags.has('http'),
    ruleSet,
    miniProgram: appid === undefined ? undefined : { appid, version: config.version ?? '1' },
    verifyFile: file === undefined ? undefined : await readVerifyFile(file),
    protocols: flags.list('wsProtocol'),
    idleMs: flags.value<number>('idle'),
  }
}

/** The file itself where it is at hand; its name alone is enough to look for it. */
async function readVerifyFile(file: string): Promise<NonNullable<WebOptions['verifyFile']>> {
  const name = basename(file)
  if (existsSync(file)) return { name, content: await readInput(file) }
  const [, content] = NAMED_CONTENT.exec(name) ?? []
  return { name, content: content === undefined ? null : Buffer.from(content) }
}

/** Lines below the report. */
export function webNotes({ http, websocket }: Observation): readonly Text[] {
  const failed = [
    ...(http?.visits.flatMap(({ hops }) => hops) ?? []),
    ...(websocket?.upgrade ? [{ url: websocket.url, result: websocket.upgrade }] : []),
  ].find(({ result }) => result.kind === 'failed')
  const hsts = lastAnswer(http)?.hsts
  const idle = websocket?.upgrade?.kind === 'upgraded' ? websocket.upgrade.idle : null
  return [
    ...(failed ? failureNotes(failed) : []),
    ...(hsts ? [hstsNote(hsts)] : []),
    ...(idle ? [idleNote(idle)] : []),
  ]
}

/** Null where the clocks agree well enough, or nobody asked. */
export function clockHint({ target, http }: Observation): Text | null {
  const date = lastAnswer(http)?.date
  if (!date || Math.abs(date.server - date.own) <= HOUR_MS) return null
  const hours = Math.round(Math.abs(date.server - date.own) / HOUR_MS)
  const [count, en, zh] = hours < 48 ? [hours, 'h', '小时'] : [Math.round(hours / 24), 'days', '天']
  const ahead = date.server > date.own
  return {
    en: `the clock of ${target.host} is about ${count} ${en} ${ahead ? 'ahead of' : 'behind'} this machine's: one of them is wrong, and certificates are judged by ours`,
    'zh-CN': `${target.host} 的时钟比本机${ahead ? '快' : '慢'}约 ${count} ${zh}：其中之一有误，而证书按本机时间判定`,
  }
}

function lastAnswer(http: Observation['http']) {
  const result = http?.visits[0]?.hops.at(-1)?.result
  return result?.kind === 'answered' ? result : null
}

/** Why nobody knows what the server answers. */
function failureNotes({ url, result }: Failed): readonly Text[] {
  if (result.kind !== 'failed') return []
  const { en, 'zh-CN': zh } = result.error.text
  const bare = url.replace(/[?#].*$/, '')
  return [{ en: `${bare} could not be asked: ${en}`, 'zh-CN': `未能请求 ${bare}：${zh}` }]
}

interface Failed {
  readonly url: string
  readonly result: HttpResult | UpgradeResult
}

function hstsNote(hsts: string): Text {
  return {
    en: `HSTS (${hsts}): for browsers; no Mini Program client heeds it`,
    'zh-CN': `HSTS（${hsts}）：只对浏览器有效，小程序不理会`,
  }
}

function idleNote({
  forMs,
  closedAfterMs,
}: {
  readonly forMs: number
  readonly closedAfterMs: number | null
}): Text {
  const [asked, lived] = [forMs / 1000, Math.round((closedAfterMs ?? 0) / 1000)]
  return closedAfterMs === null
    ? {
        en: `the idle WebSocket was left open for ${asked} s`,
        'zh-CN': `空闲的 WebSocket 在 ${asked} 秒内未被断开`,
      }
    : {
        en: `the idle WebSocket was closed after ${lived} s: send a heartbeat more often, or raise the timeout of the proxy (nginx: proxy_read_timeout, 60 s unless set)`,
        'zh-CN': `空闲的 WebSocket 在 ${lived} 秒后被断开：请更频繁地发送心跳，或调大代理的超时（nginx：proxy_read_timeout，默认 60 秒）`,
      }
}
