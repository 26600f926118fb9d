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

const SILENT: ProgressDisplay = { update: () => {}, pause: () => {}, stop: () => {} }

export async function startProgress(
  { flags, host, locale }: Invocation,
  targets: number,
): Promise<ProgressDisplay> {
  const watched = host.stderr.isTTY === true && !host.env['CI'] && !flags.has('quiet')
  const machine = flags.text('format') === 'json' && host.stdout.isTTY === true
  if (!watched || machine) return SILENT
  const { default: ora } = await import('ora')
  const spinner = ora({ stream: host.stderr as NodeJS.WriteStream, discardStdin: false }).start()
  const seen = new Set<string>()
  return {
    update({ target, address, hello, done, wanted }) {
      seen.add(target.input)
      const count = targets > 1 ? `[${seen.size}/${targets}] ` : ''
      const text: Text = {
        en: `${count}${target.host} (${address.ip}): ${hello.title.en}, ${done} of ${wanted}`,
        'zh-CN': `${count}${target.host}（${address.ip}）：${hello.title['zh-CN']}，${done}/${wanted}`,
      }
      if (!spinner.isSpinning) spinner.start()
      spinner.text = text[locale]
    },
    pause: () => void spinner.stop(),
    stop: () => void spinner.stop(),
  }
}
