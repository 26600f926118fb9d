/** The JSON Lines report of an earlier run, read again: which targets it holds, and where it goes on. */
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { parseTarget, type Target } from '../connect/target.ts'
import { DecodeError, systemCode, UsageError } from '../errors.ts'
import type { Counted } from '../level.ts'
import { cannotRead } from './read-input.ts'
import { identityOf } from './targets.ts'
import { cannotWrite } from './write-file.ts'

export interface Journal {
  /** As the user named it. */
  readonly file: string
  /** What is in it needs no check. */
  has(target: Target): boolean
  readonly recorded: readonly Counted[]
  readonly write: (text: string) => Promise<void>
  readonly close: () => Promise<void>
  /** The stream goes to the same file already. */
  isSameAs(stream: unknown): Promise<boolean>
}

/** A report of one target is far smaller. */
const MAX_LINE_BYTES = 64 << 20

/**
 * A line that was cut off, as by the end of its process, is dropped, and so is the summary: both come again.
 * @throws UsageError where it is something else, MpcertError ERR_FILE
 */
export async function openJournal(file: string): Promise<Journal> {
  const handle = await open(file, 'a+').catch((cause: unknown) => {
    throw systemCode(cause) === 'ENOENT' ? cannotWrite(file, cause) : cannotRead(file, cause)
  })
  try {
    return { file, ...(await readJournal(handle, file)), ...writer(handle, file) }
  } catch (error) {
    await handle.close()
    throw error
  }
}

async function readJournal(
  handle: FileHandle,
  file: string,
): Promise<Pick<Journal, 'has' | 'recorded'>> {
  const seen = new Set<string>()
  const recorded: Counted[] = []
  let end = 0
  let number = 0
  for await (const { line, after } of linesOf(handle, file)) {
    number++
    const entry = readEntry(line, `${file}:${number}`)
    if (!entry) continue
    seen.add(entry.identity)
    recorded.push(entry.recorded)
    end = after
  }
  await handle.truncate(end)
  return { recorded, has: target => seen.has(identityOf(target)) }
}

/** Null for a summary. @throws UsageError */
function readEntry(
  line: string,
  place: string,
): { readonly identity: string; readonly recorded: Counted } | null {
  try {
    const entry = JSON.parse(line) as {
      readonly type: unknown
      readonly input: string
      readonly port: number
    } & Counted
    if (entry.type === 'summary') return null
    const { status, grade, findings } = entry
    const counted = findings.map(({ severity, suppressed }) => ({ severity, suppressed }))
    const target = { ...parseTarget(entry.input), port: entry.port }
    if (entry.type === 'target' && typeof status === 'string')
      return { identity: identityOf(target), recorded: { status, grade, findings: counted } }
  } catch (error) {
    if (
      !(error instanceof SyntaxError || error instanceof TypeError || error instanceof UsageError)
    )
      throw error
  }
  throw new UsageError({
    en: `${place} is no target of a JSON Lines report: --resume takes what -o jsonl=FILE wrote`,
    'zh-CN': `${place} 不是 JSON Lines 报告中的目标：--resume 只接受 -o jsonl=FILE 写出的文件`,
  })
}

/** Whole lines alone; what follows the last line feed was cut off. */
async function* linesOf(
  handle: FileHandle,
  file: string,
): AsyncGenerator<{ readonly line: string; readonly after: number }> {
  let rest: Uint8Array = new Uint8Array()
  let after = 0
  for await (const chunk of handle.createReadStream({ start: 0, autoClose: false })) {
    rest = Buffer.concat([rest, chunk as Uint8Array])
    for (let feed = rest.indexOf(10); feed >= 0; feed = rest.indexOf(10)) {
      after += feed + 1
      yield { line: Buffer.from(rest.subarray(0, feed)).toString(), after }
      rest = rest.subarray(feed + 1)
    }
    if (rest.length > MAX_LINE_BYTES)
      throw new DecodeError(`a line of more than ${MAX_LINE_BYTES >> 20} MiB`, file, after)
  }
}

function writer(handle: FileHandle, file: string): Pick<Journal, 'write' | 'close' | 'isSameAs'> {
  return {
    async write(text) {
      await handle.appendFile(text).catch((cause: unknown) => {
        throw cannotWrite(file, cause)
      })
    },
    close: () => handle.close(),
    async isSameAs(stream) {
      const fd = (stream as { readonly fd?: unknown }).fd
      if (typeof fd !== 'number') return false
      const { fstat } = process.getBuiltinModule('node:fs')
      const [own, other] = await Promise.all([
        handle.stat({ bigint: true }),
        new Promise<{ readonly dev: bigint; readonly ino: bigint } | null>(resolve =>
          fstat(fd, { bigint: true }, (error, stats) => resolve(error ? null : stats)),
        ),
      ])
      return other !== null && own.dev === other.dev && own.ino === other.ino
    },
  }
}
