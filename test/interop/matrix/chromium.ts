/** Headless Chromium, driven through a pipe (DevTools protocol): what becomes of one address after another. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { HOST } from '../pki.ts'
import type { Word } from './clients.ts'

const PROGRAM = 'chromium'
const FLAGS = [
  '--headless',
  '--incognito',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--ignore-certificate-errors',
  '--no-first-run',
  '--no-proxy-server',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--remote-debugging-pipe',
  `--host-resolver-rules=MAP ${HOST} 127.0.0.1`,
]

const PATIENCE_MS = 20_000

export async function visitByChromium(ports: readonly number[]): Promise<readonly Word[]> {
  const profile = await mkdtemp(path.join(tmpdir(), 'mpcert-chromium-'))
  const args = [...FLAGS, `--user-data-dir=${profile}`]
  const stdio = ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] as const
  const child = spawn(PROGRAM, args, { stdio: [...stdio] })
  const exited = once(child, 'exit')
  try {
    const browser = talkTo(child)
    const { targetId } = await browser.ask('Target.createTarget', { url: 'about:blank' })
    const session = await browser.ask('Target.attachToTarget', { targetId, flatten: true })
    const page = browser.within(String(session['sessionId']))
    await page.ask('Network.enable')
    await page.ask('Page.enable')
    const words: Word[] = []
    for (const port of ports) words.push(await visit(page, `https://${HOST}:${port}/`))
    await Promise.race([browser.ask('Browser.close'), exited])
    return words
  } finally {
    child.kill('SIGTERM')
    await exited
    // Its helpers may write for a moment longer.
    await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

async function visit(page: Talk, url: string): Promise<Word> {
  const told = page.next(({ method, params }) => {
    const { type, response, errorText } = params as Event
    if (type !== 'Document') return null
    if (method === 'Network.responseReceived' && response?.url === url)
      return { protocol: response.securityDetails?.protocol ?? null, said: 'a response' }
    if (method === 'Network.loadingFailed') return { protocol: null, said: errorText ?? '' }
    return null
  })
  await page.ask('Page.navigate', { url })
  const { protocol, said } = await told
  return { connected: protocol !== null, protocol, said }
}

interface Event {
  readonly type?: string
  readonly errorText?: string
  readonly response?: {
    readonly url: string
    readonly securityDetails?: { readonly protocol: string }
  }
}

type Json = Readonly<Record<string, unknown>>

interface Notice {
  readonly method: string
  readonly params: Json
}

interface Talk {
  ask(method: string, params?: Json): Promise<Json>
  /** The first notice from now on that means something. */
  next<T>(read: (notice: Notice) => T | null): Promise<T>
  within(sessionId: string): Talk
}

/** Messages are JSON, each ended by a zero byte; file descriptor 3 is its ear, 4 its mouth. */
function talkTo(child: ChildProcess): Talk {
  const [, , , ear, mouth] = child.stdio as unknown as readonly [
    null,
    null,
    null,
    Writable,
    Readable,
  ]
  const answers = new Map<number, (message: Json) => void>()
  const hearers = new Set<(notice: Notice) => void>()
  let id = 0
  let rest = ''
  ear.on('error', () => {})
  mouth.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\0')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      const message = JSON.parse(part) as Json
      if (typeof message['id'] === 'number') answers.get(message['id'])?.(message)
      else for (const hear of [...hearers]) hear(message as unknown as Notice)
    }
  })
  const within = (sessionId: string | null): Talk => ({
    within,
    ask: (method, params = {}) =>
      inTime(method, (resolve, reject) => {
        const session = sessionId === null ? {} : { sessionId }
        answers.set(++id, ({ result, error }) =>
          result === undefined ? reject(new Error(JSON.stringify(error))) : resolve(result as Json),
        )
        ear.write(`${JSON.stringify({ id, method, params, ...session })}\0`)
      }),
    next: read =>
      inTime('an event', resolve => {
        const hear = (notice: Notice) => {
          const meaning = read(notice)
          if (meaning === null) return
          hearers.delete(hear)
          resolve(meaning)
        }
        hearers.add(hear)
      }),
  })
  return within(null)
}

function inTime<T>(
  what: string,
  start: (resolve: (value: T) => void, reject: (error: Error) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`chromium did not answer in time: ${what}`)),
      PATIENCE_MS,
    )
    start(
      value => {
        clearTimeout(timer)
        resolve(value)
      },
      error => {
        clearTimeout(timer)
        reject(error)
      },
    )
  })
}
