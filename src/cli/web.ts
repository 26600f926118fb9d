/** HTTP and WebSocket on the command line: what is asked for, and what is worth a line without being a finding. */

import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import type { Target } from '../connect/target.ts'
import { UsageError } from '../errors.ts'
import type { HttpResult, UpgradeResult } from '../observation/web.ts'
import type { Observation } from '../observation.ts'
import { wantsWeb } from '../observe/wanted.ts'
import type { WebOptions } from '../observe/web.ts'
import type { Text } from '../text.ts'
import type { Invocation } from './invocation.ts'
import { readInput } from './read-input.ts'
import type { UserConfig } from './user-config.ts'

const HOUR_MS = 3_600_000
/** The console's own name for its file holds what stands in it. */
const NAMED_CONTENT = /^MP_verify_(\w+)\.txt$/

/** Reads the flags of WEB; the rest is the configuration's. @throws UsageError, MpcertError ERR_FILE */
export async function webOptionsFrom(
  invocation: Invocation,
  { config, ruleSet }: UserConfig,
): Promise<WebOptions> {
  const { flags } = invocation
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
    clientCertificate: await clientCertificateFrom(invocation),
  }
}

async function clientCertificateFrom(
  invocation: Invocation,
): Promise<WebOptions['clientCertificate']> {
  const [cert, key] = CERTIFICATE_FLAGS.map(name => invocation.flags.text(name))
  if (cert === undefined && key === undefined) return undefined
  const { readClientCertificate } = await import('./client-certificate.ts')
  return readClientCertificate(cert, key, invocation)
}

/** Where it was asked for in vain. */
export function hintAboutCertificate(
  { flags, hint }: Invocation,
  targets: readonly Target[],
  web: WebOptions,
): void {
  const isGiven = CERTIFICATE_FLAGS.some(name => flags.text(name) !== undefined)
  if (isGiven && !targets.some(target => wantsWeb(target, web)))
    hint({
      en: 'the client certificate is shown to nobody: only what goes beyond TLS shows it (--http, a URL with a path, wss://)',
      'zh-CN': '客户端证书未被使用：只有 TLS 之外的请求才会出示（--http、带路径的 URL 或 wss://）',
    })
}

const CERTIFICATE_FLAGS = ['clientCert', 'clientKey']

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
    ...(http?.bare || websocket?.bare ? [CERTIFICATE_AT_HAND] : []),
    ...(hsts ? [hstsNote(hsts)] : []),
    ...(idle ? [idleNote(idle)] : []),
  ]
}

const CERTIFICATE_AT_HAND: Text = {
  en: 'what was asked beyond TLS had a client certificate to show, as no Mini Program has',
  'zh-CN': 'TLS 之外的请求可按要求出示客户端证书，而小程序无法提供',
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
