/** What changed since the last run: the state between runs, its lock, and the notices that follow from it. */
import { UsageError } from '../errors.ts'
import { levelOf } from '../level.ts'
import type { Change, Standing } from '../messenger.ts'
import { type TargetResult, targetName } from '../report.ts'
import type { Invocation } from './invocation.ts'
import { lockFile } from './lock.ts'
import { type Notifier, notifierFrom } from './notify.ts'
import { readState, writeState } from './state.ts'

export interface Watch {
  /** One target is done. */
  add(target: TargetResult): void
  /** Sends the notice and keeps the state; false where a notice was due and nobody took it. */
  close(): Promise<boolean>
  /** In any case, and last. */
  release(): Promise<void>
}

/** Reads `--state` and `--notify`; without them nothing is watched. @throws UsageError, MpcertError ERR_FILE, ERR_LOCKED */
export async function openWatch(invocation: Invocation): Promise<Watch> {
  const file = invocation.flags.text('state')
  const notifier = notifierFrom(invocation)
  if (file === undefined) {
    if (notifier) throw new UsageError(NEEDS_STATE)
    return { add: () => {}, close: async () => true, release: async () => {} }
  }
  const release = await lockFile(file)
  try {
    return watch(file, await readState(file), notifier, release)
  } catch (error) {
    await release()
    throw error
  }
}

function watch(
  file: string,
  before: ReadonlyMap<string, Standing>,
  notifier: Notifier | null,
  release: () => Promise<void>,
): Watch {
  const after = new Map(before)
  const changes: Change[] = []
  return {
    add(target) {
      const name = targetName(target)
      const from = before.get(name) ?? null
      const to = { level: levelOf(target), status: target.status, grade: target.grade }
      after.set(name, to)
      if ((from?.level ?? 'ok') !== to.level)
        changes.push({ target: name, from, to, problems: problemsOf(target) })
    },
    async close() {
      const isHeard = changes.length === 0 || !notifier || (await notifier.send({ changes }))
      // What nobody heard of is told again by the next run.
      if (!isHeard)
        for (const { target, from } of changes)
          if (from) after.set(target, from)
          else after.delete(target)
      await writeState(file, after)
      return isHeard
    },
    release,
  }
}

function problemsOf({ error, findings }: TargetResult): Change['problems'] {
  if (error) return [{ id: error.code, severity: 'error', title: error.text }]
  return findings
    .filter(({ severity, suppressed }) => severity !== 'info' && !suppressed)
    .map(({ rule, severity, title }) => ({ id: rule, severity, title }))
}

const NEEDS_STATE = {
  en: '--notify needs --state FILE: it tells what has changed since the last run',
  'zh-CN': '--notify 需要同时给出 --state FILE：通知的是与上次运行相比的变化',
} as const
