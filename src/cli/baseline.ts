/** The file that `--baseline` names: findings that were there before, each known by its fingerprint. */
import { readFile } from 'node:fs/promises'
import { systemCode, UsageError } from '../errors.ts'
import { type TargetResult, targetName } from '../report.ts'
import { SEVERITIES, type Severity } from '../rule.ts'
import { cannotRead } from './read-input.ts'
import { writeWhole } from './write-file.ts'

interface Entry {
  readonly target: string
  readonly ruleId: string
  readonly severity: Severity
  readonly fingerprint: string
}

const VERSION = 1

/** What a run knows from before, and what the next one shall know. */
export class Baseline {
  private readonly file: string
  private readonly entries: Map<string, readonly Entry[]>

  /** Where it is to be written, there need not be one yet. @throws UsageError, MpcertError ERR_FILE */
  static async open(file: string, isNew: boolean): Promise<Baseline> {
    try {
      return new Baseline(file, parse(await readFile(file, 'utf8'), file))
    } catch (cause) {
      if (cause instanceof UsageError) throw cause
      if (systemCode(cause) !== 'ENOENT') throw cannotRead(file, cause)
      if (isNew) return new Baseline(file, [])
      throw new UsageError({
        en: `${file}: no such file; --update-baseline writes it`,
        'zh-CN': `${file}：文件不存在；可用 --update-baseline 生成`,
      })
    }
  }

  private constructor(file: string, entries: readonly Entry[]) {
    this.file = file
    this.entries = new Map()
    for (const entry of entries)
      this.entries.set(entry.target, [...(this.entries.get(entry.target) ?? []), entry])
  }

  /** The worst severity by fingerprint. */
  get severities(): ReadonlyMap<string, Severity> {
    const worst = new Map<string, Severity>()
    for (const { fingerprint, severity } of [...this.entries.values()].flat()) {
      const known = worst.get(fingerprint)
      if (!known || SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(known))
        worst.set(fingerprint, severity)
    }
    return worst
  }

  /** What could not be checked may still be as it was; what is ignored needs no baseline. */
  learn(target: TargetResult): void {
    if (target.status === 'unreachable' || target.status === 'unknown') return
    const name = targetName(target)
    const counted = target.findings.filter(
      ({ rule, suppressed }) => suppressed?.by !== 'ignore' && rule !== 'ignore-expired',
    )
    this.entries.set(
      name,
      counted.map(({ rule, severity, fingerprint }) => ({
        target: name,
        ruleId: rule,
        severity,
        fingerprint,
      })),
    )
  }

  /** Sorted, each once, so that two of them can be compared. @throws MpcertError ERR_FILE */
  async write(): Promise<void> {
    const lines = new Set([...this.entries.values()].flat().map(entry => JSON.stringify(entry)))
    const list = [...lines].sort().map(line => `    ${line}`)
    const body = list.length > 0 ? `[\n${list.join(',\n')}\n  ]` : '[]'
    await writeWhole(this.file, `{\n  "version": ${VERSION},\n  "findings": ${body}\n}\n`)
  }
}

function parse(text: string, file: string): readonly Entry[] {
  try {
    const { version, findings } = JSON.parse(text) as {
      readonly version: unknown
      readonly findings: readonly Entry[]
    }
    const isEntry = ({ target, fingerprint, severity }: Entry) =>
      typeof target === 'string' && typeof fingerprint === 'string' && SEVERITIES.includes(severity)
    if (version === VERSION && findings.every(isEntry)) return findings
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error
  }
  throw new UsageError({
    en: `${file} is no baseline: --update-baseline writes one`,
    'zh-CN': `${file} 不是基线文件：可用 --update-baseline 生成`,
  })
}
