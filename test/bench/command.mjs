// Runs Node programs to their end: how long they take side by side, how much memory one needs, and what it says.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const PEAK = new URL('./peak.mjs', import.meta.url).href

export const MPCERT = path.join(root, 'bin', 'mpcert.js')
/** The least that Node can do. */
export const EMPTY = path.join(root, 'test', 'bench', 'empty.mjs')

/** Times in ms, lowest first, for each command; they take turns, after a turn that does not count. */
export async function timeInTurns(commands, turns) {
  const times = commands.map(() => [])
  for (let turn = 0; turn <= turns; turn++)
    for (const [index, command] of commands.entries()) {
      const { ms } = await runNode(command)
      if (turn > 0) times[index].push(ms)
    }
  return times.map(list => list.sort((a, b) => a - b))
}

export function median(sorted) {
  return sorted[Math.floor(sorted.length / 2)]
}

/** Greatest size in memory, in MiB. */
export async function measurePeak(args) {
  const { stderr } = await runNode(['--import', PEAK, ...args])
  return Number(/^peak (\d+)$/m.exec(stderr)[1]) / 1024
}

/** Ends well with 0 and, as a check does that finds something, with 1. */
export function runNode(args) {
  return new Promise((resolve, reject) => {
    const begin = performance.now()
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const said = { stdout: '', stderr: '' }
    for (const stream of ['stdout', 'stderr'])
      child[stream].setEncoding('utf8').on('data', text => {
        said[stream] += text
      })
    child.once('error', reject)
    child.once('close', code => {
      if (code === 0 || code === 1) resolve({ ms: performance.now() - begin, ...said })
      else reject(new Error(`node ${args.join(' ')} ended with ${code}\n${said.stderr}`))
    })
  })
}
