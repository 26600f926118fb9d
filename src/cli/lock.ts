/** One run at a time: a file beside what two runs must not write at once. */
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { MpcertError, systemCode } from '../errors.ts'
import { cannotWrite } from './write-file.ts'

const YOUNG_MS = 10_000

interface Holder {
  readonly pid: number
  readonly host: string
  /** ISO 8601. */
  readonly since: string
}

/** Resolves to what releases the lock. @throws MpcertError ERR_LOCKED where another run holds it, ERR_FILE */
export async function lockFile(file: string): Promise<() => Promise<void>> {
  const lock = `${file}.lock`
  const own: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() }
  for (let attempt = 0; ; attempt++) {
    try {
      await writeFile(lock, JSON.stringify(own), { flag: 'wx' })
      return () => rm(lock, { force: true })
    } catch (cause) {
      if (systemCode(cause) !== 'EEXIST') throw cannotWrite(lock, cause)
      const holder = await readHolder(lock)
      if (attempt > 0 || (await isAlive(lock, holder))) throw locked(lock, holder)
      await discard(lock)
    }
  }
}

/** Its run is dead, as after a power cut. Whoever else finds that out at the same moment must not lose a new lock to us. */
async function discard(lock: string): Promise<void> {
  const aside = `${lock}.${process.pid}`
  try {
    await rename(lock, aside)
    const taken = await readHolder(aside)
    if (await isAlive(aside, taken)) {
      await rename(aside, lock)
      throw locked(lock, taken)
    }
    await rm(aside, { force: true })
  } catch (cause) {
    if (systemCode(cause) !== 'ENOENT') throw cause
  }
}

/** Null where the file is gone, or says nothing: such as one whose writer died over it. */
async function readHolder(lock: string): Promise<Holder | null> {
  try {
    const { pid, host, since } = JSON.parse(await readFile(lock, 'utf8')) as Partial<Holder>
    return typeof pid === 'number' && typeof host === 'string'
      ? { pid, host, since: since ?? '' }
      : null
  } catch {
    return null
  }
}

/** Of another machine nobody can tell: it counts as alive. So does one that is about to say who it is. */
async function isAlive(lock: string, holder: Holder | null): Promise<boolean> {
  if (!holder) {
    const found = await stat(lock).catch(() => null)
    return found !== null && Date.now() - found.mtimeMs < YOUNG_MS
  }
  const { pid, host } = holder
  if (host !== hostname()) return true
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    // Somebody else's process may not be asked, but is there.
    return systemCode(cause) === 'EPERM'
  }
}

function locked(lock: string, holder: Holder | null): MpcertError {
  const who = holder ? `${holder.pid}@${holder.host}` : '?'
  return new MpcertError('ERR_LOCKED', {
    en: `another run (${who}) is at work: ${lock} is there`,
    'zh-CN': `另一个运行（${who}）尚未结束：${lock} 已存在`,
  })
}
