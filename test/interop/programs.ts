/** Programs of others: run to their end, or started as servers on loopback and stopped by id. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { onTestFinished } from 'vitest'

const PACKAGES: Readonly<Record<string, string>> = {
  openssl: 'openssl',
  nginx: 'nginx-light',
  'gnutls-serv': 'gnutls-bin',
  'gnutls-cli': 'gnutls-bin',
  curl: 'curl',
  javac: 'default-jdk-headless',
  chromium: 'chromium',
  python3: 'python3',
  sslscan: 'sslscan',
  nmap: 'nmap',
  promtool: 'prometheus',
  xmllint: 'libxml2-utils',
  zsh: 'zsh',
  fish: 'fish',
}

/** Debian keeps servers where a user's own path does not lead. */
const PATH = [process.env['PATH'], '/usr/sbin', '/usr/local/sbin'].join(':')
/** The system's own configuration would forbid old protocol versions. */
const ENV = { ...process.env, PATH, OPENSSL_CONF: '/dev/null', LC_ALL: 'C' }

/** @throws what to install, where the program is not there */
export function requireProgram(name: string): void {
  const { error } = spawnSync(name, ['--version'], { env: ENV })
  if (error)
    throw new Error(
      `${name} is needed for this test and cannot be run: install it, on Debian by apt-get install ${PACKAGES[name]}`,
    )
}

/** Where it is, for those who must be told. @throws what to install, where it is nowhere */
export function findProgram(name: string): string {
  requireProgram(name)
  const folders = PATH.split(':').map(folder => path.join(folder, name))
  const found = folders.find(file => existsSync(file))
  if (!found) throw new Error(`${name} is nowhere in ${PATH}`)
  return found
}

/** What the program says on both streams; its exit code is not looked at. @throws where it does not end in time */
export async function runProgram(
  name: string,
  args: readonly string[],
  timeout = 50_000,
): Promise<string> {
  const child = spawn(name, args, { env: ENV, timeout })
  const said = listen(child)
  child.stdin.end()
  const [, signal] = await once(child, 'close')
  if (signal !== null) throw new Error(`${name} was ended by ${signal}:\n${said.text()}`)
  return said.text()
}

export interface Ready {
  readonly child: ChildProcessWithoutNullStreams
  /** The pattern's groups. */
  readonly match: RegExpExecArray
}

/** Started, and waited for until it says so; it ends with the test. @throws what it said, where it ends first */
export async function startProgram(
  name: string,
  args: readonly string[],
  ready: RegExp,
): Promise<Ready> {
  const child = spawn(name, args, { env: ENV })
  child.stdin.on('error', () => {})
  const exited = once(child, 'exit')
  // Before it is ready: the test may fail meanwhile.
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await exited
  })
  const said = listen(child)
  const match = await Promise.race([
    said.matches(ready),
    exited.then(() => {
      throw new Error(`${name} ended before it was ready:\n${said.text()}`)
    }),
  ])
  return { child, match }
}

/** For servers that cannot choose a port themselves: another one is tried where somebody was faster. */
export async function withFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++)
    try {
      return await start(await freePort())
    } catch (error) {
      if (attempt === 5 || !/address already in use/i.test(String(error))) throw error
    }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

interface Said {
  text(): string
  /** Resolves when what was said so far matches. */
  matches(pattern: RegExp): Promise<RegExpExecArray>
}

function listen(child: ChildProcessWithoutNullStreams): Said {
  let text = ''
  let wake = () => {}
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      wake()
    })
  return {
    text: () => text,
    matches: pattern =>
      new Promise(resolve => {
        wake = () => {
          const match = pattern.exec(text)
          if (match) resolve(match)
        }
        wake()
      }),
  }
}
