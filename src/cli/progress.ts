/** How far a run is: what is being asked of whom, or of many targets how many are done. On stderr, and only where somebody watches. */

import { loadOra } from '../libraries.ts'
import type { Progress } from '../observe/observe.ts'
import { displayWidth } from '../reports/text/layout.ts'
import type { Locale, Text } from '../text.ts'
import type { Invocation } from './invocation.ts'
import { isReportPrinted } from './report-writer.ts'

export interface ProgressDisplay {
  update(progress: Progress): void
  /** One more target is done. */
  advance(): void
  /** Makes room for the report. */
  pause(): void
  stop(): void
}

export async function startProgress(
  invocation: Invocation,
  targets: number,
): Promise<ProgressDisplay> {
  const spinner = await startSpinner(invocation)
  const { locale, style, host } = invocation
  const begun = performance.now()
  let [finished, last] = [0, '']
  const show = () => {
    const width = (host.stderr.columns ?? DEFAULT_WIDTH) - SPINNER_WIDTH
    const counted = { done: finished, wanted: targets, elapsedMs: performance.now() - begun }
    const count = targets > 1 ? describeCount(counted, locale, style.ascii) : ''
    const whole = [count, last].filter(Boolean).join('  ')
    spinner.say(count !== '' && displayWidth(whole) > width ? count : whole)
  }
  show()
  return {
    update({ target, address, hello, done, wanted }) {
      const text: Text = {
        en: `${target.host} (${address.ip}): ${hello.title.en}, ${done} of ${wanted}`,
        'zh-CN': `${target.host}（${address.ip}）：${hello.title['zh-CN']}，${done}/${wanted}`,
      }
      last = text[locale]
      show()
    },
    advance() {
      finished++
      if (targets > 1) show()
    },
    pause: spinner.stop,
    stop: spinner.stop,
  }
}

export interface Count {
  readonly done: number
  readonly wanted: number
  readonly elapsedMs: number
}

/** A bar, the count, and, as soon as something is done, how many a second and the time that the rest will take. */
export function describeCount(
  { done, wanted, elapsedMs }: Count,
  locale: Locale,
  ascii: boolean,
): string {
  const full = Math.floor((done / wanted) * BAR_WIDTH)
  const [on, off] = ascii ? ['#', '-'] : ['█', '░']
  const bar = on.repeat(full) + off.repeat(BAR_WIDTH - full)
  const count = `${bar} ${done}/${wanted}`
  const perSecond = (done / elapsedMs) * 1000
  if (done === 0 || !Number.isFinite(perSecond)) return count
  const left = inWords((wanted - done) / perSecond)
  const isSlow = perSecond < 1
  const rate = (isSlow ? perSecond * 60 : perSecond).toFixed(1)
  const words: Text = {
    en: `${rate}/${isSlow ? 'min' : 's'}, ${left.en} left`,
    'zh-CN': `${isSlow ? '每分钟' : '每秒'} ${rate} 个，剩余约 ${left['zh-CN']}`,
  }
  return `${count}  ${words[locale]}`
}

/** 75 s is `1 min 15 s`. */
function inWords(seconds: number): Text {
  const whole = Math.ceil(seconds)
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  if (h > 0) return { en: `${h} h ${m} min`, 'zh-CN': `${h} 小时 ${m} 分` }
  if (m > 0) return { en: `${m} min ${s} s`, 'zh-CN': `${m} 分 ${s} 秒` }
  return { en: `${s} s`, 'zh-CN': `${s} 秒` }
}

const BAR_WIDTH = 20
/** Where the terminal does not say. */
const DEFAULT_WIDTH = 80
const SPINNER_WIDTH = 3

export interface Spinner {
  say(text: string): void
  /** Until it has more to say. */
  stop(): void
}

export async function startSpinner({ flags, host }: Invocation): Promise<Spinner> {
  const { env, stderr } = host
  // A terminal of no width shows nothing, and a line on it would be cleared for ever.
  const hasRoom = (stderr.columns ?? DEFAULT_WIDTH) > 0
  const isSeen = stderr.isTTY === true && hasRoom && env['TERM'] !== 'dumb'
  const isForMachines = (flags.text('format') ?? 'text') !== 'text' && isReportPrinted(flags)
  if (!isSeen || env['CI'] || flags.has('quiet') || isForMachines)
    return { say: () => {}, stop: () => {} }
  const ora = await loadOra()
  const stream = stderr as NodeJS.WriteStream
  const spinner = ora({ stream, discardStdin: false, isEnabled: true })
  return {
    say(text) {
      spinner.text = text
      if (!spinner.isSpinning) spinner.start()
    },
    stop: () => void spinner.stop(),
  }
}
