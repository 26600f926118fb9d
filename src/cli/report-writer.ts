/** Where reports go: each target as it is done, to stdout and to files, which are there whole or not at all. */
import path from 'node:path'
import { MpcertError, UsageError } from '../errors.ts'
import type { RuleSetId } from '../miniprogram/rule-set.ts'
import type {
  OwnClientResult,
  ReportOptions,
  ReportPieces,
  TargetResult,
  Totals,
} from '../report.ts'
import { type ReportId, reports } from '../reports/index.ts'
import { Tally, toRunInfo } from '../result.ts'
import { visible } from '../text.ts'
import { VERSION } from '../version.ts'
import type { World } from '../world.ts'
import type { Flags, Invocation } from './invocation.ts'
import type { Journal } from './journal.ts'
import { type UserWishes, wishesFrom } from './wishes.ts'
import { openGrowing, openWhole, requireWritable } from './write-file.ts'

/** One report on its way. */
interface Sink {
  readonly format: ReportId
  readonly pieces: ReportPieces
  write(text: string): Promise<void>
  /** All of it is written. */
  close(): Promise<void>
  /** It will not be: what was there before stays. */
  discard(): Promise<void>
}

export interface RunContext {
  readonly client?: OwnClientResult | null
  readonly ruleSet?: RuleSetId
  /** The report of an earlier run, which goes on. */
  readonly journal?: Journal | undefined
}

export class ReportWriter {
  private readonly invocation: Invocation
  private readonly startedAt: number
  private readonly wishes: UserWishes
  private readonly tally = new Tally()
  private sinks: readonly Sink[]
  private failure: unknown
  private isHinted = false

  /** Reads `--format` and `--output`: `-o FILE` takes the report of `--format`, `-o json=FILE` another one. */
  static async open(
    invocation: Invocation,
    world: World,
    { client = null, ruleSet, journal }: RunContext = {},
  ): Promise<ReportWriter> {
    const { flags, style, locale, host } = invocation
    const format = (flags.text('format') ?? 'text') as ReportId
    const named = flags.list('output').map(output => readOutput(output, format))
    const isJournal = (file: string) => journal && path.resolve(file) === path.resolve(journal.file)
    const outputs = named.filter(output => !isJournal(output.path))
    for (const output of outputs) await requireWritable(output.path)
    const startedAt = Date.now()
    const run = toRunInfo(world, { toolVersion: VERSION, startedAt, client, ruleSet })
    const drawing: ReportOptions = {
      style,
      locale,
      expand: flags.has('expand'),
      problemsOnly: flags.has('quiet'),
    }
    const plain = { ...drawing, style: { ...style, color: false, width: FILE_WIDTH } }
    const begin = async (id: ReportId, options: ReportOptions) =>
      (await reports[id]()).begin(run, options)
    const wishes = await wishesFrom(invocation, world)
    const sinks: Sink[] = []
    const writer = new ReportWriter(invocation, sinks, startedAt, wishes)
    const printed = isReportPrinted(flags)
    if (printed) sinks.push(toStdout(format, await begin(format, drawing), invocation))
    if (journal && !(printed && (await journal.isSameAs(host.stdout)))) {
      const { write, close } = journal
      sinks.push({
        format: 'jsonl',
        pieces: await begin('jsonl', plain),
        write,
        close,
        discard: close,
      })
    }
    for (const recorded of journal?.recorded ?? []) writer.tally.add(recorded)
    try {
      for (const output of outputs)
        sinks.push(await toFile(output, await begin(output.format, plain)))
      await writer.each(({ pieces }) => pieces.head)
    } catch (error) {
      await writer.release()
      throw error
    }
    return writer
  }

  private constructor(
    invocation: Invocation,
    sinks: readonly Sink[],
    startedAt: number,
    wishes: UserWishes,
  ) {
    this.invocation = invocation
    this.sinks = sinks
    this.startedAt = startedAt
    this.wishes = wishes
  }

  /** Whether some report wants the targets in their order. */
  get ordered(): boolean {
    return this.sinks.some(({ format }) => format !== 'jsonl')
  }

  /** One target is done; `notes` are lines for people. Gives it back as the user wants to see it. */
  async add(judged: TargetResult, notes: readonly string[] = []): Promise<TargetResult> {
    const target = this.wishes.apply(judged)
    this.tally.add(target)
    this.hintAboutPlaces(target)
    const shown = this.wishes.shorten(target)
    await this.each(({ format, pieces }) => {
      const text = pieces.target(shown)
      const isForPeople = format === 'text' && text !== ''
      return isForPeople ? text + notes.map(note => `${visible(note)}\n`).join('') : text
    })
    return target
  }

  /** @throws MpcertError ERR_FILE where a report could not be written; the others are */
  async finish(): Promise<Totals> {
    const totals = this.tally.totals(Date.now() - this.startedAt)
    await this.each(({ pieces }) => pieces.end(totals))
    await this.attempt(sink => sink.close())
    this.sinks = []
    await this.wishes.close()
    if (this.failure !== undefined) throw this.failure
    return totals
  }

  /** In any case, and last: reports that were not finished are not left behind by halves. */
  async release(): Promise<void> {
    for (const sink of this.sinks) await sink.discard().catch(() => undefined)
    this.sinks = []
  }

  /** Code scanning shows what stands at a line of a file, and drops all else without a word. */
  private hintAboutPlaces({ origin, findings }: TargetResult): void {
    const placeless = !origin && findings.some(({ location }) => !location)
    if (this.isHinted || !placeless || this.sinks.every(({ format }) => format !== 'sarif')) return
    this.isHinted = true
    this.invocation.hint({
      en: 'GitHub shows findings of servers that a file names: use --list or a configuration inside the repository',
      'zh-CN': 'GitHub 只显示由文件给出的服务器的问题：请使用仓库内的 --list 文件或配置文件',
    })
  }

  private each(textFor: (sink: Sink) => string): Promise<void> {
    return this.attempt(async sink => {
      const text = textFor(sink)
      if (text !== '') await sink.write(text)
    })
  }

  /** A report that cannot be written any more is given up, and the others go on; without any there is no use in more. */
  private async attempt(work: (sink: Sink) => Promise<void>): Promise<void> {
    for (const sink of this.sinks)
      try {
        await work(sink)
      } catch (error) {
        if (!(error instanceof MpcertError)) throw error
        this.sinks = this.sinks.filter(other => other !== sink)
        // The first one is what the run ends with.
        if (this.failure === undefined) this.failure = error
        else this.invocation.complain(error.text)
        if (this.sinks.length === 0) throw this.failure
      }
  }
}

/** Whether the report of `--format` goes to stdout. */
export function isReportPrinted(flags: Flags): boolean {
  return flags.list('output').every(output => NAMED.test(output))
}

const NAMED = /^([a-z]+)=(.+)$/

function toStdout(format: ReportId, pieces: ReportPieces, { print }: Invocation): Sink {
  return { format, pieces, write: print, close: async () => {}, discard: async () => {} }
}

async function toFile({ format, path: file }: FileReport, pieces: ReportPieces): Promise<Sink> {
  // What is written there so far is of use, also where its process ends.
  const { write, commit, discard } =
    format === 'jsonl' ? await openGrowing(file) : await openWhole(file)
  return { format, pieces, write, close: commit, discard }
}

const FILE_WIDTH = 100

function readOutput(output: string, format: ReportId): FileReport {
  const [, name, file] = NAMED.exec(output) ?? []
  if (name === undefined || file === undefined) return { format, path: output }
  if (name in reports) return { format: name as ReportId, path: file }
  const choices = Object.keys(reports)
  throw new UsageError({
    en: `-o ${output}: no format ${name}; choose from ${choices.join(', ')}`,
    'zh-CN': `-o ${output}：没有 ${name} 格式；可选 ${choices.join('、')}`,
  })
}

interface FileReport {
  readonly format: ReportId
  readonly path: string
}
