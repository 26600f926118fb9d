/** Where reports go: text target by target as they finish, the rest when all are done; files whole or not at all. */
import { UsageError } from '../errors.ts'
import type { RuleSetId } from '../miniprogram/rule-set.ts'
import type { OwnClientResult, ReportOptions, Result, TargetResult } from '../report.ts'
import { type ReportId, reports } from '../reports/index.ts'
import { toResult } from '../result.ts'
import { VERSION } from '../version.ts'
import type { World } from '../world.ts'
import type { Invocation } from './invocation.ts'
import { requireWritable, writeWhole } from './write-file.ts'

interface FileReport {
  readonly format: ReportId
  readonly path: string
}

export class ReportWriter {
  private readonly invocation: Invocation
  private readonly world: World
  private readonly client: OwnClientResult | null
  private readonly ruleSet: RuleSetId | undefined
  private readonly startedAt = Date.now()
  /** Null where a file takes the only report. */
  private readonly stdout: ReportId | null
  private readonly files: readonly FileReport[]
  private readonly drawing: ReportOptions
  private printed = 0

  /** Reads `--format` and `--output`: `-o FILE` takes the report of `--format`, `-o json=FILE` another one. */
  static async open(
    invocation: Invocation,
    world: World,
    client: OwnClientResult | null,
    ruleSet?: RuleSetId,
  ): Promise<ReportWriter> {
    const writer = new ReportWriter(invocation, world, client, ruleSet)
    for (const { path } of writer.files) await requireWritable(path)
    return writer
  }

  private constructor(
    invocation: Invocation,
    world: World,
    client: OwnClientResult | null,
    ruleSet: RuleSetId | undefined,
  ) {
    const { flags, style, locale } = invocation
    const format = (flags.text('format') ?? 'text') as ReportId
    const outputs = flags.list('output').map(output => readOutput(output, format))
    this.invocation = invocation
    this.world = world
    this.client = client
    this.ruleSet = ruleSet
    this.drawing = { style, locale, expand: flags.has('expand') }
    this.files = outputs
    this.stdout = outputs.some(({ named }) => !named) ? null : format
  }

  /** One target is done; `notes` are lines for people. */
  async add(target: TargetResult, notes: readonly string[] = []): Promise<void> {
    if (this.stdout !== 'text') return
    const blank = this.printed++ > 0 ? '\n' : ''
    const text = await this.render('text', this.resultOf([target]), this.drawing)
    await this.invocation.print(blank + text + notes.map(note => `${note}\n`).join(''))
  }

  async finish(targets: readonly TargetResult[]): Promise<Result> {
    const result = this.resultOf(targets)
    if (this.stdout && this.stdout !== 'text')
      await this.invocation.print(await this.render(this.stdout, result, this.drawing))
    const plain = {
      ...this.drawing,
      style: { ...this.drawing.style, color: false, width: FILE_WIDTH },
    }
    for (const { format, path } of this.files)
      await writeWhole(path, await this.render(format, result, plain))
    return result
  }

  private resultOf(targets: readonly TargetResult[]): Result {
    const { startedAt, client, ruleSet } = this
    const durationMs = Date.now() - startedAt
    return toResult(targets, this.world, {
      toolVersion: VERSION,
      startedAt,
      durationMs,
      client,
      ruleSet,
    })
  }

  private async render(format: ReportId, result: Result, options: ReportOptions): Promise<string> {
    return (await reports[format]()).render(result, options)
  }
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
