/** The spinner: what is being asked of whom. On stderr, and only where somebody watches. */
import type { Progress } from '../observe/observe.ts'
import type { Text } from '../text.ts'
import type { Invocation } from './invocation.ts'

export interface ProgressDisplay {
  update(progress: Progress): void
  /** Makes room for the report. */
  pause(): void
  stop(): void
}

export async function startProgress(
  invocation: Invocation,
  targets: number,
): Promise<ProgressDisplay> {
  const spinner = await startSpinner(invocation)
  const { locale } = invocation
  const seen = new Set<string>()
  return {
    update({ target, address, hello, done, wanted }) {
      seen.add(target.input)
      const count = targets > 1 ? `[${seen.size}/${targets}] ` : ''
      const text: Text = {
        en: `${count}${target.host} (${address.ip}): ${hello.title.en}, ${done} of ${wanted}`,
        'zh-CN': `${count}${target.host}（${address.ip}）：${hello.title['zh-CN']}，${done}/${wanted}`,
      }
      spinner.say(text[locale])
    },
    pause: spinner.stop,
    stop: spinner.stop,
  }
}

export interface Spinner {
  say(text: string): void
  /** Until it has more to say. */
  stop(): void
}

export async function startSpinner({ flags, host }: Invocation): Promise<Spinner> {
  const watched = host.stderr.isTTY === true && !host.env['CI'] && !flags.has('quiet')
  const machine = (flags.text('format') ?? 'text') !== 'text' && host.stdout.isTTY === true
  if (!watched || machine) return { say: () => {}, stop: () => {} }
  const { default: ora } = await import('ora')
  const spinner = ora({ stream: host.stderr as NodeJS.WriteStream, discardStdin: false }).start()
  return {
    say(text) {
      if (!spinner.isSpinning) spinner.start()
      spinner.text = text
    },
    stop: () => void spinner.stop(),
  }
}
