/** Runs the real program in a process of its own, as a user would, and says what came of it. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
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

export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return startCli(args, options).done
}

/** For tests that send signals, or leave before the end. */
export function startCli(args: readonly string[], options: CliOptions = {}): CliProcess {
  const { input = '', timeoutMs = 25_000, cwd } = options
  const kept = Object.entries(process.env).filter(([name]) => !UNWANTED.test(name))
  const env = { ...Object.fromEntries(kept), ...ALONE, ...options.env }
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
