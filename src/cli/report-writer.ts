/** Where reports go: each target as it is done, to stdout and to files, which are there whole or not at all. */
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
import { VERSION } from '../version.ts'
import type { World } from '../world.ts'
import type { Invocation } from './invocation.ts'
import { openWhole, requireWritable } from './write-file.ts'

/** One report on its way. */
interface Sink {
  readonly format: ReportId
  readonly pieces: ReportPieces
  write(text: string): Promise<void>
  /** All of it is written. */
  close(): Promise<void>
}

export class ReportWriter {
  private readonly invocation: Invocation
  private readonly startedAt: number
  private readonly tally = new Tally()
  private sinks: readonly Sink[]
  private failure: unknown

  /** Reads `--format` and `--output`: `-o FILE` takes the report of `--format`, `-o json=FILE` another one. */
  static async open(
    invocation: Invocation,
    world: World,
    client: OwnClientResult | null,
    ruleSet?: RuleSetId,
  ): Promise<ReportWriter> {
    const { flags, style, locale } = invocation
    const format = (flags.text('format') ?? 'text') as ReportId
    const outputs = flags.list('output').map(output => readOutput(output, format))
    for (const { path } of outputs) await requireWritable(path)
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
    const sinks: Sink[] = []
    if (outputs.every(({ named }) => named))
      sinks.push(toStdout(format, await begin(format, drawing), invocation))
    for (const { format: own, path } of outputs)
      sinks.push(await toFile(own, await begin(own, plain), path))
    const writer = new ReportWriter(invocation, sinks, startedAt)
    await writer.each(({ pieces }) => pieces.head)
    return writer
  }

  private constructor(invocation: Invocation, sinks: readonly Sink[], startedAt: number) {
    this.invocation = invocation
    this.sinks = sinks
    this.startedAt = startedAt
  }

  /** One target is done; `notes` are lines for people. */
  async add(target: TargetResult, notes: readonly string[] = []): Promise<void> {
    this.tally.add(target)
    await this.each(({ format, pieces }) => {
      const text = pieces.target(target)
      const isForPeople = format === 'text' && text !== ''
      return isForPeople ? text + notes.map(note => `${note}\n`).join('') : text
    })
  }

  /** @throws MpcertError ERR_FILE where a report could not be written; the others are */
  async finish(): Promise<Totals> {
    const totals = this.tally.totals(Date.now() - this.startedAt)
    await this.each(({ pieces }) => pieces.end(totals))
    await this.attempt(sink => sink.close())
    if (this.failure !== undefined) throw this.failure
    return totals
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
        this.failure ??= error
        if (this.sinks.length === 0) throw error
        this.invocation.complain(error.text)
      }
  }
}

function toStdout(format: ReportId, pieces: ReportPieces, { print }: Invocation): Sink {
  return { format, pieces, write: print, close: async () => {} }
}

async function toFile(format: ReportId, pieces: ReportPieces, path: string): Promise<Sink> {
  const draft = await openWhole(path)
  return { format, pieces, write: draft.write, close: draft.commit }
}

const FILE_WIDTH = 100

function readOutput(output: string, format: ReportId): FileReport & { readonly named: boolean } {
  const [, name, path] = /^([a-z]+)=(.+)$/.exec(output) ?? []
  if (name === undefined || path === undefined) return { format, path: output, named: false }
  if (name in reports) return { format: name as ReportId, path, named: true }
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
