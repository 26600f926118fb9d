/** Runs the built program to its end: here, or in a process of its own, as a user would. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import path from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Host } from '../../src/cli/host.ts'
import type { toJson } from '../../src/reports/json.ts'

/** Another build than the one in dist/ may be put to the test. */
const PROGRAM =
  process.env['MPCERT_TEST_PROGRAM'] ??
  path.join(fileURLToPath(new URL('../..', import.meta.url)), 'bin', 'mpcert.js')

/** What a user's own surroundings would change in the output. */
const UNWANTED =
  /^(?:MPCERT_.*|LC_.*|LANG|LANGUAGE|(?:HTTPS?|ALL|NO)_PROXY|(?:NO|FORCE)_COLOR|CI|COLUMNS|NODE_OPTIONS|NODE_EXTRA_CA_CERTS)$/i

/** English, and nothing of what somebody imported or fetched before. */
const ALONE = { MPCERT_LANG: 'en', MPCERT_DATA_DIR: '', MPCERT_CACHE_DIR: '' }

/** Roots grow old with the source: what is said about that is tested where the day is known. */
const AGE_HINT = /^mpcert: (?:not verified for 180 days|以下根证书库已超过 180 天未核对).*\n/gm

export type JsonReport = ReturnType<typeof toJson>
export type JsonTarget = JsonReport['targets'][number]

export interface CliOptions {
  /** Beside what the process of the test has. */
  readonly env?: Readonly<Record<string, string>>
  /** Standard input; empty where left out. */
  readonly input?: string
  /** After which the program is killed and the test fails. */
  readonly timeoutMs?: number
  readonly cwd?: string
}

export interface CliResult {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface CliProcess {
  readonly child: ChildProcessWithoutNullStreams
  readonly done: Promise<CliResult>
}

/** In this process, which saves the start, unless MPCERT_TEST_PROCESS is set: the program touches what its host gives it. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const { cwd, env = {} } = options
  // Node reads its own variables when a process begins.
  const isForNode = Object.keys(env).some(name => name.startsWith('NODE_'))
  if (isForNode || process.env['MPCERT_TEST_PROCESS']) return spawnCli(args, options)
  // The folder belongs to the process: nothing else may run in it meanwhile.
  const before = cwd === undefined ? alone : Promise.all([alone, ...together])
  const run = before.then(() => runHere(args, options))
  const over = run.then(
    () => undefined,
    () => undefined,
  )
  if (cwd !== undefined) alone = over
  together.add(over)
  over.then(() => together.delete(over))
  return run
}

let alone: Promise<unknown> = Promise.resolve()
const together = new Set<Promise<unknown>>()

async function runHere(args: readonly string[], options: CliOptions): Promise<CliResult> {
  const { run } = await program()
  const [stdout, stderr] = [collect(), collect()]
  const signals = new EventEmitter()
  const home = process.cwd()
  const host: Host = {
    stdin: Readable.from([options.input ?? '']),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: environment(options),
    platform: process.platform,
    cwd: () => process.cwd(),
    on: (signal, listener) => signals.on(signal, listener),
    off: (signal, listener) => signals.off(signal, listener),
    emit: signal => signals.emit(signal),
  }
  try {
    if (options.cwd !== undefined) process.chdir(options.cwd)
    const code = await run(args, host)
    const said = stderr.text().replace(AGE_HINT, '')
    return { code, signal: null, stdout: stdout.text(), stderr: said }
  } finally {
    process.chdir(home)
  }
}

/** In a process of its own: for tests of the process itself, such as its exit code, and of what every user does. */
export function spawnCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return startCli(args, options).done
}

/** What bin/mpcert.js calls. */
function program(): Promise<{
  readonly run: (args: readonly string[], host: Host) => Promise<number>
}> {
  const file = path.join(path.dirname(PROGRAM), '..', 'dist', 'cli', 'program.cjs')
  return import(pathToFileURL(file).href)
}

function collect(): { readonly stream: PassThrough; readonly text: () => string } {
  const stream = new PassThrough()
  const chunks: Buffer[] = []
  stream.on('data', chunk => chunks.push(chunk))
  return { stream, text: () => Buffer.concat(chunks).toString() }
}

function environment(options: CliOptions): Readonly<Record<string, string | undefined>> {
  const kept = Object.entries(process.env).filter(([name]) => !UNWANTED.test(name))
  return { ...Object.fromEntries(kept), ...ALONE, ...options.env }
}

/** For tests that send signals, or leave before the end. */
export function startCli(args: readonly string[], options: CliOptions = {}): CliProcess {
  const { input = '', timeoutMs = 25_000, cwd } = options
  const env = environment(options)
  const child = spawn(process.execPath, [PROGRAM, ...args], { env, ...(cwd ? { cwd } : {}) })
  // A program that ends without reading its input is no fault of the test.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return { child, done: outcome(child, args, timeoutMs) }
}

function outcome(
  child: ChildProcessWithoutNullStreams,
  args: readonly string[],
  timeoutMs: number,
): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', text => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', text => {
      stderr += text
    })
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`mpcert ${args.join(' ')} did not end within ${timeoutMs} ms\n${stderr}`))
    }, timeoutMs)
    child.once('error', error => {
      clearTimeout(timer)
      reject(error)
    })
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ code, signal, stdout, stderr: stderr.replace(AGE_HINT, '') })
    })
  })
}
