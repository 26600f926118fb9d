/** Runs the program at a real terminal: stderr, and stdout too where wanted, are a pseudo-terminal of Python's. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const PROGRAM = path.join(fileURLToPath(new URL('../..', import.meta.url)), 'bin', 'mpcert.js')

/** What the terminal was sent is copied to our stderr; the exit code is the program's. */
const SCRIPT = `
import fcntl, os, pty, struct, subprocess, sys, termios
shared, columns = sys.argv[1] == 'both', int(sys.argv[2])
ours, theirs = pty.openpty()
fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack('HHHH', 40, columns, 0, 0))
child = subprocess.Popen(sys.argv[3:], stdin=subprocess.DEVNULL, stdout=theirs if shared else None, stderr=theirs)
os.close(theirs)
while True:
    try:
        piece = os.read(ours, 65536)
    except OSError:
        break
    if not piece:
        break
    os.write(2, piece)
sys.exit(child.wait())
`

export interface Seen {
  readonly code: number | null
  /** Empty where it went to the terminal. */
  readonly stdout: string
  readonly terminal: string
}

export function runAtTerminal(
  args: readonly string[],
  {
    columns = 120,
    both = false,
    env = {},
  }: {
    readonly columns?: number
    readonly both?: boolean
    readonly env?: Readonly<Record<string, string>>
  } = {},
): Promise<Seen> {
  const program = [process.execPath, PROGRAM, ...args]
  const child = spawn(
    'python3',
    ['-c', SCRIPT, both ? 'both' : 'stderr', String(columns), ...program],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        TERM: 'xterm-256color',
        MPCERT_LANG: 'en',
        MPCERT_CACHE_DIR: '',
        MPCERT_DATA_DIR: '',
        ...env,
      },
    },
  )
  let [stdout, terminal] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    terminal += text
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve({ code, stdout, terminal }))
  })
}
