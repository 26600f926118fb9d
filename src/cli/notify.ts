/** Tells people: posts a notice to a webhook, or hands it to a command of the user's. */
import { spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { createFetcher } from '../connect/fetch.ts'
import { systemCode, UsageError } from '../errors.ts'
import type { Messenger, Notice } from '../messenger.ts'
import { type MessengerId, messengers } from '../messengers/index.ts'
import type { Text } from '../text.ts'
import type { Invocation } from './invocation.ts'

export interface Notifier {
  /** False where somebody did not take it, which has been said. */
  send(notice: Notice): Promise<boolean>
}

const TIMEOUT_MS = 10_000
/** Before the second try, and before the third. */
const PAUSES_MS = [1_000, 4_000]
const COMMAND_MS = 60_000

/** Reads `--notify`, `--notify-style` and `--notify-command`; null without them. @throws UsageError */
export function notifierFrom(invocation: Invocation): Notifier | null {
  const { flags } = invocation
  const urls = flags.list('notify').map(readUrl)
  const command = flags.text('notifyCommand')
  const style = flags.value<MessengerId>('notifyStyle')
  if (urls.length === 0 && command === undefined) return null
  return {
    async send(notice) {
      const sent = [
        ...urls.map(url => post(url, style, notice, invocation)),
        ...(command === undefined ? [] : [handOver(command, notice, invocation)]),
      ]
      const results = await Promise.all(sent)
      return results.every(Boolean)
    },
  }
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url && /^https?:$/.test(url.protocol)) return url
  throw new UsageError({
    en: '--notify: not an http or https URL',
    'zh-CN': '--notify：不是 http 或 https 网址',
  })
}

/** The path and the query of a webhook are its password: they are never said. */
async function post(
  url: URL,
  style: MessengerId | undefined,
  notice: Notice,
  { locale, host, signal, complain }: Invocation,
): Promise<boolean> {
  const messenger = await messengerFor(url, style)
  const secret = host.env['MPCERT_NOTIFY_SECRET'] || null
  let failure: string
  for (let attempt = 0; ; attempt++) {
    const {
      body,
      query = {},
      headers = {},
    } = messenger.compose(notice, {
      locale,
      secret,
      at: Date.now(),
    })
    const to = new URL(url)
    for (const [name, value] of Object.entries(query)) to.searchParams.set(name, value)
    // A new one each time: a fetcher asks nobody twice.
    const fetcher = createFetcher({ allowPrivate: true, secure: url.protocol === 'https:' })
    const answer = await fetcher(to.href, {
      post: { type: 'application/json', body: Buffer.from(body), headers },
      options: { timeoutMs: TIMEOUT_MS },
    })
    if (answer.state === 'fetched') {
      const said = new TextDecoder().decode(answer.body)
      if (messenger.accepts(said)) return true
      failure = said.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 200)
    } else failure = answer.detail ?? answer.reason
    const pauseMs = PAUSES_MS[attempt]
    if (pauseMs === undefined || signal.aborted || isFinal(answer)) break
    await delay(pauseMs, undefined, { signal }).catch(() => undefined)
  }
  complain(notTaken(url.origin, failure))
  return false
}

/** A service that understood and refuses will not change its mind. */
function isFinal(answer: Awaited<ReturnType<ReturnType<typeof createFetcher>>>): boolean {
  if (answer.state === 'fetched') return true
  return answer.reason === 'status' && /^4(?!08|29)/.test(answer.detail ?? '')
}

async function messengerFor(url: URL, style: MessengerId | undefined): Promise<Messenger> {
  if (style) return messengers[style]()
  for (const load of Object.values(messengers)) {
    const messenger = await load()
    if (messenger.hosts.includes(url.hostname)) return messenger
  }
  return messengers.generic()
}

/** By the system's shell, with the notice as JSON on standard input; what it prints goes to stderr. */
async function handOver(
  command: string,
  notice: Notice,
  { locale, signal, complain, host }: Invocation,
): Promise<boolean> {
  const { body } = (await messengers.generic()).compose(notice, {
    locale,
    secret: null,
    at: Date.now(),
  })
  const failure = await new Promise<string | null>(resolve => {
    const child = spawn(command, {
      shell: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      signal: AbortSignal.any([signal, AbortSignal.timeout(COMMAND_MS)]),
    })
    child.stdout.pipe(host.stderr, { end: false })
    child.stderr.pipe(host.stderr, { end: false })
    child.on('error', error => resolve(systemCode(error) ?? error.message))
    child.on('close', (code, ended) => resolve(code === 0 ? null : String(code ?? ended)))
    // A command that does not read it may be content all the same.
    child.stdin.on('error', () => undefined)
    child.stdin.end(`${body}\n`)
  })
  if (failure === null) return true
  complain(notTaken('--notify-command', failure))
  return false
}

function notTaken(who: string, why: string): Text {
  return {
    en: `the notice was not taken by ${who}: ${why}`,
    'zh-CN': `${who} 未接收通知：${why}`,
  }
}
