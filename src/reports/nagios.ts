/** One line for Nagios and its kin, with performance data (Monitoring Plugins guidelines); the exit code says the same. */
import { LEVELS, type Level, levelOf } from '../level.ts'
import { type Report, type ReportOptions, type TargetResult, targetName } from '../report.ts'
import { DAY_MS } from '../text.ts'

/** Plugins may say no more, and some readers stop here. */
const MAX_BYTES = 4000
/** Words are worth more than numbers. */
const MAX_DATA_BYTES = 2000
/** The problems named, and the targets whose days are counted. */
const MAX_NAMED = 20

const STATES: Readonly<Record<Level, string>> = {
  ok: 'OK',
  warn: 'WARNING',
  critical: 'CRITICAL',
  fail: 'CRITICAL',
  unknown: 'UNKNOWN',
  unreachable: 'UNKNOWN',
}

interface Problem {
  readonly level: Level
  readonly text: string
}

const report: Report = {
  title: { en: 'Nagios plugin', 'zh-CN': 'Nagios 插件' },
  begin(run, options) {
    const named: Problem[] = []
    const days: string[] = []
    return {
      head: '',
      target(target) {
        const level = levelOf(target)
        if (level !== 'ok') named.push({ level, text: problemOf(target, options) })
        const left = daysLeft(target, run.judgedAt)
        if (left !== null && days.length < MAX_NAMED) {
          const datum = `'${plain(targetName(target))}_days'=${left}`
          if (Buffer.byteLength([...days, datum].join(' ')) <= MAX_DATA_BYTES) days.push(datum)
        }
        return ''
      },
      end({ counts, level, problems }) {
        const targets = Object.values(counts).reduce((sum, count) => sum + count, 0)
        const sorted = named
          .toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))
          .slice(0, MAX_NAMED)
          .map(({ text }) => text)
        const { locale } = options
        const fine = { en: `${targets} fine`, 'zh-CN': `${targets} 个正常` }[locale]
        const some = {
          en: `${problems} of ${targets}`,
          'zh-CN': `${targets} 个中有 ${problems} 个有问题`,
        }[locale]
        const said = problems === 0 ? fine : [some, ...sorted].join('; ')
        const data = [`targets=${targets}`, `problems=${problems}`, ...days].join(' ')
        const room = MAX_BYTES - Buffer.byteLength(data)
        return `${shorten(`MPCERT ${STATES[level]} - ${said}`, room)} | ${data}\n`
      },
    }
  },
}

export default report

function problemOf(target: TargetResult, { locale }: ReportOptions): string {
  const [worst] = target.findings.filter(({ suppressed }) => !suppressed)
  const why = target.error?.text[locale] ?? worst?.title[locale] ?? target.status
  return plain(`${targetName(target)}: ${why}`)
}

/** Of the certificates that are sent, the one that ends first. */
function daysLeft({ chains }: TargetResult, at: number): number | null {
  const ends = chains.flatMap(({ sent }) => sent.flatMap(({ notAfter }) => notAfter ?? []))
  return ends.length > 0 ? Math.floor((Math.min(...ends) - at) / DAY_MS) : null
}

/** A bar begins the performance data, and a quote or an equals sign would end a label in it. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}|'=]+/gu, ' ')
}

function shorten(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  const cut = Buffer.from(text).subarray(0, Math.max(0, bytes - 3))
  return `${new TextDecoder().decode(cut).replace(/\ufffd+$/, '')}...`
}
